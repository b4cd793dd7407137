import { presenceDeadlineMs } from '@chargebus/domain';
import type { ChargingSession } from '@chargebus/domain';
import { expireSession, sessionDeadlineMs } from '../sessions/session-deadlines';
import type { DeviceWork } from './device-work';
import { closeAgedFaults } from './fault.fold';
import { effectiveSigns } from './presence.fold';

/** A deadline that a look could not settle is looked at again after this, never in a loop. */
const MIN_WAIT_MS = 500;

/** Time passed: whatever fell due about the device without being heard. Done twice, nothing is due any more. */
export function foldTick(work: DeviceWork): void {
  work.ticked = true;
  const causeId = `tick:${work.device.deviceId}:${work.context.nowMs.toString()}`;
  for (const { sessionId } of work.sessions) {
    const session = work.sessions.find((s) => s.sessionId === sessionId);
    if (session !== undefined) expireSession(work, session, causeId);
  }
  closeAgedFaults(work, causeId);
}

/** When the device must be looked at again; null: only when something is heard. */
export function nextCheckMs(work: DeviceWork): number | null {
  const { nowMs, rules } = work.context;
  const maxDurationS = work.device.limits?.maxDurationS ?? null;
  const presence = work.device.online ? presenceDeadlineMs(effectiveSigns(work), nowMs, rules.connectionGraceMs) : null;
  const due = [
    presence,
    ...work.sessions.map((session: ChargingSession) => sessionDeadlineMs(session, work.context, maxDurationS)),
    ...work.faults.map((fault) => (fault.latched ? fault.lastSeenAtMs + rules.latchedFaultMs : null)),
  ].filter((at) => at !== null);
  if (due.length === 0) return null;
  return Math.max(work.ticked ? nowMs + MIN_WAIT_MS : 0, Math.min(...due));
}
