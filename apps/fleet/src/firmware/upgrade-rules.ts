import type { DeviceFirmwareReported } from '@chargebus/events';
import type { UpgradeChange, UpgradePhase, UpgradeRecord } from '@chargebus/persistence/fleet';
import type { CommandStatus } from '@chargebus/requests';
import { wayOf } from './compatibility';
import type { DeviceInFull } from '../devices/device-desk';

/** How long each state may last, and when it is looked at again without a reason. */
export interface UpgradeTimes {
  readonly waitMs: number; // for the device to be online and idle, from the time that was wanted
  readonly verifyMs: number; // from "the device took the order" to its new version
}
export const MAX_ATTEMPTS = 3;
export const LOOK_MS = { fetching: 2_000, offline: 60_000, busy: 15_000, ordered: 30_000, verifying: 60_000 } as const;
const RETRY_MS = 15_000;
/** A command that is neither over nor known to be alive after so long has been lost. */
export const ORDER_LIFE_MS = 7_200_000;
/** A device that says it is done shows its version within this. */
const SETTLING_MS = 120_000;
/** Smaller steps are not told. */
const STEP_PCT = 5;

export type Change = Partial<UpgradeChange>;

const failed = (reason: string, message: string | null = null): Change => ({
  state: 'failed',
  phase: 'failed',
  reason,
  message,
});
export const failedUpgrade = failed;

/** "v2.1.0" and "2.1.0" are one version. */
export const sameVersion = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && plain(one) === plain(other);
const plain = (version: string): string => version.trim().toLowerCase().replace(/^v/, '');

/** The version that runs in that part of the device, as it told last; null: it does not tell. */
export function versionOf(
  { firmwareVersion, attributes }: Pick<DeviceInFull, 'firmwareVersion' | 'attributes'>,
  target: UpgradeRecord['target'],
): string | null {
  if (target === 'device') return firmwareVersion;
  if (target === 'slaves') return null; // behind a host, each for itself
  const told =
    target === 'power_board'
      ? attributes.powerBoardVersion
      : ((attributes.host as { firmwareVersion?: unknown } | undefined)?.firmwareVersion ?? firmwareVersion);
  return typeof told === 'string' || typeof told === 'number' ? String(told) : null;
}

/** What follows from how the order ended. Null: nothing, it goes on. */
export function onOrderEnd(
  upgrade: UpgradeRecord,
  end: { readonly status: CommandStatus; readonly reason: string | null },
  times: UpgradeTimes,
  nowMs: number,
): Change | null {
  if (upgrade.state !== 'ordered') return null;
  switch (end.status) {
    case 'queued':
    case 'sent':
      return null;
    case 'acked':
      return {
        state: 'verifying',
        phase: wayOf(upgrade.protocol) === 'packets' ? 'verifying' : laterOf(upgrade.phase, 'downloading'),
        dueAt: new Date(nowMs),
        deadlineAt: new Date(nowMs + times.verifyMs),
      };
    case 'rejected':
      return failed(end.reason ?? 'rejected', 'the device refused it');
    case 'cancelled':
      return { state: 'cancelled', phase: 'cancelled', reason: 'command_cancelled' };
    default: // it may have been cut off in the middle, and begins anew
      return upgrade.attempts >= MAX_ATTEMPTS
        ? failed(end.reason ?? end.status, `${upgrade.attempts.toString()} attempts ended with ${end.status}`)
        : {
            state: 'waiting',
            phase: 'waiting',
            reason: end.reason ?? end.status,
            progressPct: null,
            packetsSent: null,
            dueAt: new Date(nowMs + RETRY_MS * upgrade.attempts),
            deadlineAt: new Date(nowMs + times.waitMs),
          };
  }
}

/** What follows from what the device, or its driver, tells. Null: nothing worth a row. */
export function onReport(
  upgrade: UpgradeRecord,
  { data, occurredAt }: Pick<DeviceFirmwareReported, 'data' | 'occurredAt'>,
  nowMs: number,
): Change | null {
  if (upgrade.state !== 'ordered' && upgrade.state !== 'verifying') return null;
  if (upgrade.startedAt === null || Date.parse(occurredAt) < upgrade.startedAt.getTime() - 1_000) return null; // of an earlier one
  if (data.phase === 'failed') return failed(data.reason ?? 'failed', 'the device told of a failure');
  if (data.phase === 'done')
    return {
      dueAt: new Date(nowMs),
      deadlineAt: new Date(Math.min(upgrade.deadlineAt.getTime(), nowMs + SETTLING_MS)),
    };
  const phase = phaseOf(upgrade, data);
  const packets = data.totalPackets !== null && data.packet !== null ? (data.packet / data.totalPackets) * 100 : null;
  const pct = packets ?? data.percent;
  const isLater = ORDER.indexOf(phase) > ORDER.indexOf(upgrade.phase);
  const isStep = phase === upgrade.phase && pct !== null && pct >= (upgrade.progressPct ?? -STEP_PCT) + STEP_PCT;
  if (!isLater && !isStep) return null;
  return {
    phase,
    progressPct: pct === null ? null : Math.round(pct * 10) / 10,
    packetsSent: data.totalPackets === null ? null : data.packet,
    packetsTotal: data.totalPackets,
  };
}

/** The way forward; what lies behind is not told again. */
const ORDER: readonly UpgradePhase[] = [
  'scheduled',
  'waiting',
  'downloading',
  'transferring',
  'verifying',
  'installing',
  'rebooting',
];
export const laterOf = (one: UpgradePhase, other: UpgradePhase): UpgradePhase =>
  ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;

function phaseOf(upgrade: UpgradeRecord, data: DeviceFirmwareReported['data']): UpgradePhase {
  const byPackets = wayOf(upgrade.protocol) === 'packets';
  if (data.phase === 'verifying') return data.stage === 'installing' ? 'installing' : 'verifying';
  return byPackets ? 'transferring' : 'downloading';
}

/** What follows from the version that the device shows. Null: it is to be awaited further. */
export function onVersion(upgrade: UpgradeRecord, told: string | null, nowMs: number): Change | null {
  if (upgrade.state !== 'verifying') return null;
  if (sameVersion(told, upgrade.version)) return completed(told);
  const isOver = upgrade.deadlineAt.getTime() <= nowMs;
  if (told === null && upgrade.target === 'slaves')
    return { ...completed(null), message: 'the version of slaves cannot be read back' };
  if (told !== null && upgrade.previousVersion !== null && !sameVersion(told, upgrade.previousVersion))
    return { ...failed('version_mismatch', `the device runs ${told}`), reportedVersion: told };
  return isOver
    ? { ...failed('version_not_seen', `the device still tells ${told ?? 'no version'}`), reportedVersion: told }
    : null;
}
const completed = (reportedVersion: string | null): Change => ({
  state: 'completed',
  phase: 'completed',
  progressPct: 100,
  reason: null,
  message: null,
  reportedVersion,
});

/** Whether what was there before is to be brought back: the device took the image and runs something else now. */
export const mustRollBack = (upgrade: UpgradeRecord): boolean =>
  upgrade.state === 'failed' &&
  upgrade.rollbackEnabled &&
  upgrade.rollsBack === null &&
  upgrade.previousFirmwareId !== null &&
  upgrade.reportedVersion !== null &&
  !sameVersion(upgrade.reportedVersion, upgrade.previousVersion);
