import { isFinal, nextState } from '@chargebus/domain';
import type { ChargingSession, CommandId, CommandOf, SessionId, SessionTrigger } from '@chargebus/domain';
import { commandIdFor } from '../devices/device-work';
import type { DeviceWork, Order } from '../devices/device-work';
import { emitFailed, emitStarted, emitStopped } from './session-events';

/** Moves the session by the table; null when the table does not move it, and then nothing has changed. */
export function move(
  work: DeviceWork,
  session: ChargingSession,
  trigger: SessionTrigger,
  patch: Partial<ChargingSession> = {},
): ChargingSession | null {
  const state = nextState(session.state, trigger);
  return state === null ? null : work.setSession(session, { ...patch, state });
}

/**
 * Energy flows, or the device said that it will. Repeats change nothing. `portNo`: where, as the device says.
 * An interrupted charge comes back to life, unless another one has taken its port since.
 */
export function confirmRunning(
  work: DeviceWork,
  session: ChargingSession,
  trigger: 'accepted' | 'evidence',
  seen: { readonly causeId: string; readonly startedAtMs: number; readonly portNo: number | null },
): ChargingSession {
  if (isFinal(session.state)) return session;
  let current = session;
  if (current.portNo === null && seen.portNo !== null) current = takePort(work, current, seen.portNo);
  if (current.state === 'interrupted' && !current.holdsPort) {
    if (work.holderOf(current.portNo) !== undefined) return current;
    current = work.setSession(current, { holdsPort: true });
  }
  const doubtful = current.evidenceUntilMs !== null || current.notChargingSinceMs !== null;
  const resumed = current.state === 'interrupted';
  current =
    move(work, current, trigger, {
      detail: null,
      evidenceUntilMs: null,
      notChargingSinceMs: null,
      interruptedAtMs: null,
    }) ?? (doubtful ? work.setSession(current, { evidenceUntilMs: null, notChargingSinceMs: null }) : current);
  if (current.startedAtMs === null) {
    current = work.setSession(current, { startedAtMs: seen.startedAtMs });
    emitStarted(work, current, seen.causeId, seen.startedAtMs);
  }
  const stopOpen = current.stopAskedAtMs !== null && current.stopConfirmedAtMs === null;
  return resumed && stopOpen ? (move(work, current, 'stop_ordered') ?? current) : current;
}

/** The session is on this port now; whoever held it before no longer does. */
export function takePort(work: DeviceWork, session: ChargingSession, portNo: number): ChargingSession {
  releasePort(work, portNo, session);
  ensurePort(work, portNo);
  return work.setSession(session, { portNo });
}

/**
 * Another charge shows up on a port: the one that was there is over, whether its settlement has come or not. One that
 * has not started keeps waiting for its answer, which will be a no.
 */
export function releasePort(work: DeviceWork, portNo: number, newcomer: ChargingSession | null): void {
  const holder = work.holderOf(portNo);
  if (holder === undefined || holder.sessionId === newcomer?.sessionId) return;
  const released = work.setSession(holder, { holdsPort: false });
  move(work, released, 'lost', { detail: 'superseded', interruptedAtMs: work.context.nowMs });
}

/** Charges refer to ports, so a port that only a charge has told of exists too. */
export function ensurePort(work: DeviceWork, portNo: number): void {
  if (work.findPort(portNo) !== undefined) return;
  const { tenantId, deviceId } = work.device;
  work.putPort({ tenantId, deviceId, portNo, state: 'unknown', fault: null, changedAtMs: null });
}

/** Ends a session without energy. False: it had ended, or has run, and the trigger does not count. */
export function fail(
  work: DeviceWork,
  session: ChargingSession,
  trigger: SessionTrigger,
  reason: string,
  cause: { readonly id: string; readonly atMs: number },
  waitingPorts: readonly number[] = [],
): boolean {
  const failed = move(work, session, trigger, {
    endReason: reason,
    detail: reason,
    endedAtMs: cause.atMs,
    evidenceUntilMs: null,
    ...lastTotals(work, session),
  });
  if (failed === null) return false;
  emitFailed(work, failed, cause.id, cause.atMs, waitingPorts);
  return true;
}

/**
 * Closes a session whose order was refused before anything was promised. No event tells of it, and its number is free
 * again: the same order may be given once more.
 */
export function refuse(work: DeviceWork, session: ChargingSession, reason: string): void {
  const ended = { endReason: reason, detail: reason, endedAtMs: work.context.nowMs };
  move(work, session, 'never_sent', { ...ended, orderNo: null, idempotencyKey: null });
}

function lastTotals(work: DeviceWork, session: ChargingSession): Partial<ChargingSession> {
  const { last, peakPowerW, minPowerW } = work.meterOf(session.sessionId);
  return last === null ? {} : { durationS: last.durationS, energyWh: last.energyWh, peakPowerW, minPowerW };
}

/** The device confirms that it stopped because we asked. Once. */
export function confirmStop(
  work: DeviceWork,
  session: ChargingSession,
  causeId: string,
  atMs: number,
): ChargingSession {
  if (session.stopAskedAtMs === null || session.stopConfirmedAtMs !== null) return session;
  const stopped = work.setSession(session, { stopConfirmedAtMs: atMs });
  emitStopped(work, stopped, causeId, atMs);
  return stopped;
}

/** The stop was not carried out: the charge goes on, and says so. */
export function stopFailed(work: DeviceWork, session: ChargingSession, reason: string): void {
  if (session.stopConfirmedAtMs !== null) return;
  move(work, session, session.startedAtMs === null ? 'stop_failed_unstarted' : 'stop_failed', {
    detail: `stop_failed: ${reason}`,
  });
}

/** Decides that a charge must end. The order is in the row before it is given, so that no crash forgets it. */
export function orderStop(work: DeviceWork, session: ChargingSession, reason: string): ChargingSession {
  const stopAttempts = session.stopAttempts + 1;
  const patch: Partial<ChargingSession> = {
    stopReason: reason,
    stopAskedAtMs: work.context.nowMs,
    stopAttempts,
    stopCommandId: commandIdFor(session.sessionId, 'stop', stopAttempts),
    stopSubmitted: false,
  };
  return move(work, session, 'stop_ordered', { ...patch, detail: reason }) ?? work.setSession(session, patch);
}

/** The stop order as it stands in the row; null where the wire has no name for the charge. */
export function stopOrder(session: ChargingSession, expiryMs: number): Order | null {
  if (session.stopCommandId === null || session.stopAskedAtMs === null || session.orderRef === null) return null;
  const command: CommandOf<'charge.stop'> = {
    kind: 'charge.stop',
    portNo: session.portNo,
    orderRef: session.orderRef,
    keepLocked: false,
    transactionRef: session.transactionRef,
  };
  return {
    sessionId: session.sessionId,
    commandId: session.stopCommandId,
    command,
    expiresAtMs: session.stopAskedAtMs + expiryMs,
  };
}

/** `command` has taken this order; a session whose start it is has left `pending`. */
export function markSubmitted(work: DeviceWork, sessionId: SessionId, commandId: CommandId): void {
  const session = work.sessions.find((s) => s.sessionId === sessionId);
  if (session === undefined) return;
  if (session.startCommandId === commandId && !session.startSubmitted) {
    const patch = { startSubmitted: true };
    if (move(work, session, 'submitted', patch) === null) work.setSession(session, patch);
  } else if (session.stopCommandId === commandId && !session.stopSubmitted) {
    work.setSession(session, { stopSubmitted: true });
  }
}
