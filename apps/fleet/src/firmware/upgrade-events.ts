import { createHash } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import { DeviceUpgradeProgress } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { UpgradeRecord } from '@chargebus/persistence/fleet';
import type { UpgradeView } from '@chargebus/requests';

/** What the world hears of this step: nothing, unless whoever ordered the upgrade wanted to. */
export function progressEvents(upgrade: UpgradeRecord, nowMs: number): readonly EventEnvelope[] {
  if (!upgrade.notifyProgress) return [];
  const { upgradeId, phase, progressPct, attempts } = upgrade;
  const about = [upgradeId, attempts, phase, progressPct ?? ''].join('\n');
  return [
    {
      id: `evt_${createHash('sha256').update(`${about}\n${DeviceUpgradeProgress.type}`).digest('base64url').slice(0, 26)}`,
      type: DeviceUpgradeProgress.type,
      version: DeviceUpgradeProgress.version,
      tenantId: upgrade.tenantId,
      deviceId: upgrade.deviceId,
      occurredAt: toInstant(nowMs),
      sequence: 0, // `session` gives it the device's own
      causeId: upgradeId,
      data: {
        upgradeId,
        jobId: upgrade.jobId,
        phase,
        version: upgrade.version,
        previousVersion: upgrade.previousVersion,
        progressPct,
        packetsSent: upgrade.packetsSent,
        packetsTotal: upgrade.packetsTotal,
        reason: upgrade.reason,
        message: upgrade.message,
      },
    },
  ];
}

const instant = (at: Date | null) => (at === null ? null : toInstant(at.getTime()));

export const upgradeView = (upgrade: UpgradeRecord): UpgradeView => ({
  upgradeId: upgrade.upgradeId,
  deviceId: upgrade.deviceId,
  firmwareId: upgrade.firmwareId,
  rolloutId: upgrade.jobId,
  rollsBack: upgrade.rollsBack,
  version: upgrade.version,
  target: upgrade.target,
  previousVersion: upgrade.previousVersion,
  previousFirmwareId: upgrade.previousFirmwareId,
  reportedVersion: upgrade.reportedVersion,
  mode: upgrade.mode,
  scheduledAt: instant(upgrade.scheduledAt),
  rollbackEnabled: upgrade.rollbackEnabled,
  notifyProgress: upgrade.notifyProgress,
  phase: upgrade.phase,
  progressPct: upgrade.progressPct,
  packetsSent: upgrade.packetsSent,
  packetsTotal: upgrade.packetsTotal,
  reason: upgrade.reason,
  message: upgrade.message,
  attempts: upgrade.attempts,
  commandId: upgrade.commandId,
  createdAt: toInstant(upgrade.createdAt.getTime()),
  startedAt: instant(upgrade.startedAt),
  finishedAt: instant(upgrade.finishedAt),
});
