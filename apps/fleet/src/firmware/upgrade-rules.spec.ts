import type { DeviceFirmwareReported } from '@chargebus/events';
import type { UpgradeRecord } from '@chargebus/persistence/fleet';
import { mustRollBack, onOrderEnd, onReport, onVersion, sameVersion, versionOf } from './upgrade-rules';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const TIMES = { waitMs: 3_600_000, verifyMs: 600_000 };
const upgrade = (change: Partial<UpgradeRecord> = {}): UpgradeRecord =>
  ({
    upgradeId: 'upg_1',
    state: 'ordered',
    phase: 'waiting',
    protocol: 'ap3000',
    target: 'device',
    version: 'v2.1.0',
    previousVersion: '2.0.3',
    previousFirmwareId: 'fw_0',
    rollbackEnabled: true,
    rollsBack: null,
    progressPct: null,
    attempts: 1,
    reportedVersion: null,
    startedAt: new Date(NOW - 5_000),
    deadlineAt: new Date(NOW + 1_000),
    ...change,
  }) as UpgradeRecord;
const report = (
  data: Partial<DeviceFirmwareReported['data']>,
  atMs = NOW,
): Pick<DeviceFirmwareReported, 'data' | 'occurredAt'> => ({
  occurredAt: new Date(atMs).toISOString(),
  data: { phase: 'sending', stage: null, percent: null, packet: null, totalPackets: null, reason: null, ...data },
});

describe('rules of an upgrade', () => {
  it('F18 takes v2.1.0 and 2.1.0 for one version, and reads it where the target has it', () => {
    expect([sameVersion('v2.1.0', '2.1.0'), sameVersion('V2.1', 'v2.1 '), sameVersion('2.1', '2.10')]).toEqual([
      true,
      true,
      false,
    ]);
    const device = {
      firmwareVersion: '6.40',
      attributes: { powerBoardVersion: 12, host: { firmwareVersion: '1.20' } },
    };
    expect((['device', 'power_board', 'host', 'slaves'] as const).map((target) => versionOf(device, target))).toEqual([
      '6.40',
      '12',
      '1.20',
      null,
    ]);
  });

  it.each([
    ['queued', null],
    ['acked', { state: 'verifying', phase: 'verifying', deadlineAt: new Date(NOW + TIMES.verifyMs) }],
    ['rejected', { state: 'failed', reason: 'wrong_type' }],
    ['cancelled', { state: 'cancelled' }],
    ['no_reply', { state: 'waiting', dueAt: new Date(NOW + 15_000) }],
    ['expired', { state: 'waiting' }],
  ] as const)('F17 goes on from an order that ended %s', (status, expected) => {
    const change = onOrderEnd(upgrade(), { status, reason: status === 'rejected' ? 'wrong_type' : null }, TIMES, NOW);
    if (expected === null) expect(change).toBeNull();
    else expect(change).toMatchObject(expected);
  });

  it('F17 gives up after three attempts', () => {
    const change = onOrderEnd(upgrade({ attempts: 3 }), { status: 'dead', reason: null }, TIMES, NOW);
    expect(change).toMatchObject({ state: 'failed', reason: 'dead' });
  });

  it('F21 tells packets in steps of five percent, and never goes back', () => {
    expect(onReport(upgrade(), report({ packet: 1, totalPackets: 100 }), NOW)).toEqual({
      phase: 'transferring',
      progressPct: 1,
      packetsSent: 1,
      packetsTotal: 100,
    });
    const running = upgrade({ phase: 'transferring', progressPct: 40 });
    expect(onReport(running, report({ packet: 44, totalPackets: 100 }), NOW)).toBeNull();
    expect(onReport(running, report({ packet: 45, totalPackets: 100 }), NOW)).toMatchObject({ progressPct: 45 });
    expect(onReport(upgrade({ phase: 'verifying' }), report({ packet: 99, totalPackets: 100 }), NOW)).toBeNull();
  });

  it('F21 follows what an OCPP station tells, and not what it told of an earlier job', () => {
    const station = upgrade({ protocol: 'ocpp2.0.1', state: 'verifying', phase: 'downloading', progressPct: 10 });
    expect(onReport(station, report({ phase: 'verifying', stage: 'downloaded', percent: 50 }), NOW)?.phase).toBe(
      'verifying',
    );
    expect(onReport(station, report({ phase: 'verifying', stage: 'installing', percent: 75 }), NOW)?.phase).toBe(
      'installing',
    );
    expect(onReport(station, report({ phase: 'failed', reason: 'InvalidSignature' }), NOW)).toMatchObject({
      state: 'failed',
      reason: 'InvalidSignature',
    });
    expect(onReport(station, report({ phase: 'failed' }, NOW - 60_000), NOW)).toBeNull();
  });

  it('F18 is completed by the version that the device shows, and by nothing else', () => {
    const verifying = upgrade({ state: 'verifying' });
    expect(onVersion(verifying, '2.1.0', NOW)).toMatchObject({ state: 'completed', reportedVersion: '2.1.0' });
    expect(onVersion(verifying, '2.0.3', NOW)).toBeNull();
    expect(onVersion(verifying, '9.9', NOW)).toMatchObject({ state: 'failed', reason: 'version_mismatch' });
    expect(onVersion(verifying, '2.0.3', NOW + 2_000)).toMatchObject({ state: 'failed', reason: 'version_not_seen' });
    expect(onVersion(upgrade(), '2.1.0', NOW)).toBeNull();
  });

  it('F20 rolls back what runs another version than before, if that was wanted and is possible', () => {
    const broken = upgrade({ state: 'failed', reportedVersion: '9.9' });
    expect(mustRollBack(broken)).toBe(true);
    for (const change of [
      { rollbackEnabled: false },
      { previousFirmwareId: null },
      { reportedVersion: '2.0.3' },
      { reportedVersion: null },
      { rollsBack: 'upg_0' },
    ])
      expect(mustRollBack({ ...broken, ...change })).toBe(false);
  });
});
