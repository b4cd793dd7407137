import { ANY_DEVICE } from '@chargebus/domain';
import type { SessionId } from '@chargebus/domain';
import { GetDeviceStatuses, SummariseDevices } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { TENANT } from './harness';
import { aRef, tellStories } from './story';

describe('how devices do', () => {
  const story = tellStories();
  const status = async () => {
    const include = { ports: true, samples: true, sessions: true };
    const request = { tenantId: TENANT, deviceIds: [story.deviceId], include };
    return (await story.world.bus.ask(GetDeviceStatuses, request)).devices[0]!;
  };
  const summary = () =>
    story.world.bus.ask(SummariseDevices, {
      tenantId: TENANT,
      filter: { ...ANY_DEVICE, deviceIds: [story.deviceId] },
    });
  const health = async () => (await story.device()).health;

  it('G08 follows presence, faults and answers to orders', async () => {
    expect(await health()).toMatchObject({ level: 'warning', score: 60, presence: 0 });
    await story.world.say(story.facts.connected(), story.facts.heartbeat());
    await story.tells('device.online');
    expect(await health()).toEqual({ level: 'healthy', score: 100, presence: 1, faults: 1, answers: 1 });
    const none = 'SES0000000000' as SessionId;
    await story.finished(none, 'start', 'no_reply');
    await story.finished(none, 'stop', 'expired'); // never left us: says nothing
    await eventually(async () => {
      expect(await health()).toMatchObject({ level: 'warning', score: 80, answers: 0 });
    });
    story.world.clock.advance(1_000);
    await story.finished(none, 'stop', 'rejected');
    await eventually(async () => {
      expect(await health()).toMatchObject({ level: 'healthy', answers: 0.5 });
    });
    await story.world.say(story.facts.heartbeat({ ports: [{ portNo: 1, state: 'fault', fault: 'relay_stuck' }] }));
    await story.tells('device.fault');
    const faulted = await health();
    expect(faulted.faults).toBeLessThan(1);
    expect((await summary()).byHealth[faulted.level]).toBe(1);
    expect((await status()).status).toBe('fault');
  });

  it('H08 counts a running charge on a port that charges, whatever its last report said', async () => {
    await story.world.say(story.facts.connected(), story.facts.heartbeat(), story.facts.progress(aRef()));
    await story.reaches('charging');
    expect(await summary()).toMatchObject({
      total: 1,
      online: 1,
      byStatus: { charging: 1, idle: 0 },
      ports: { total: 2, byState: { charging: 1, idle: 1 } },
      runningSessions: 1,
    });
    expect(await status()).toMatchObject({
      status: 'charging',
      online: true,
      ports: [{ portNo: 1 }, { portNo: 2 }],
      samples: [
        { portNo: 1, newest: { energyWh: 10 } },
        { portNo: 2, newest: null },
      ],
      sessions: [{ portNo: 1, energyWh: 10 }],
    });
  });

  it('H07 reads what Redis has lost from Postgres, all at once', async () => {
    const other = await story.world.registerDevice();
    await story.world.redis.flushall();
    const include = { ports: false, samples: false, sessions: false };
    const request = { tenantId: TENANT, deviceIds: [story.deviceId, other, 'NONE'], include };
    const { devices } = await story.world.bus.ask(GetDeviceStatuses, request);
    expect(devices.map((device) => device?.deviceId)).toEqual([story.deviceId, other, undefined]);
    expect(Object.keys(devices[0] ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(ports|samples|sessions)$/)]),
    );
    const within = { regions: [], stations: [], groups: [], devices: [other] };
    const limited = await story.world.bus.ask(GetDeviceStatuses, { ...request, within });
    expect(limited.devices.map((device) => device?.deviceId)).toEqual([undefined, other, undefined]);
  });
});
