import { isFinal } from '@chargebus/domain';
import type { ChargingSession } from '@chargebus/domain';
import type { DeviceWork, Order } from '../devices/device-work';
import type { FoldContext } from '../devices/fold-context';
import { giveStop, stopBecause } from './charge.fold';
import { startOrder } from './start-order';
import { askForRest, gapDeadlineMs } from './transaction-gap';
import { closeLost, settleTransaction } from './transaction.fold';
import { fail, move, orderStop, stopFailed } from './transitions';

/** A lost `command.finished` is not waited for longer than this after the order's own expiry. */
const FINISH_SLACK_MS = 60_000;

/** The first `anchor + k × step` after now: repeats keep their rhythm however often the row is written. */
const nextRepeat = (anchorMs: number, stepMs: number, nowMs: number): number =>
  nowMs < anchorMs + stepMs ? anchorMs + stepMs : anchorMs + stepMs * (Math.floor((nowMs - anchorMs) / stepMs) + 1);

interface Deadline {
  readonly atMs: number;
  readonly run: (work: DeviceWork, causeId: string) => void;
}

/** Everything that can fall due for a session, said once: when, and what happens then. `maxDurationS`: the device's. */
function deadlinesOf(session: ChargingSession, context: FoldContext, maxDurationS: number | null): readonly Deadline[] {
  const { nowMs, rules } = context;
  const due: Deadline[] = [];
  const add = (atMs: number | null, run: Deadline['run']): void => {
    if (atMs !== null) due.push({ atMs, run });
  };
  const open = !isFinal(session.state);
  if (open && session.startCommandId !== null && !session.startSubmitted)
    add(nextRepeat(session.createdAtMs, rules.submitRetryMs, nowMs), (work) => {
      give(work, startOrder(session));
    });
  if (session.stopAskedAtMs !== null && !session.stopSubmitted && session.state !== 'settled')
    add(nextRepeat(session.stopAskedAtMs, rules.submitRetryMs, nowMs), (work) => {
      giveStop(work, session);
    });
  if (!open) return due;
  if (session.startedAtMs === null) {
    const untilMs =
      session.evidenceUntilMs ??
      (session.startExpiresAtMs === null ? null : session.startExpiresAtMs + FINISH_SLACK_MS);
    add(untilMs, (work, causeId) => {
      failUnproven(work, session, causeId);
    });
  }
  add(stopDeadline(session, rules.stopExpiryMs), (work) => {
    stopFailed(work, session, 'no_response');
  });
  add(namedStopDeadline(session, rules.stopRepeatMs), (work) => {
    giveStop(work, orderStop(work, session, session.stopReason ?? 'unauthorised'));
  });
  const timeLimitMin = session.limits?.timeLimitMin ?? null;
  add(timeDeadline(session, timeLimitMin === null ? null : timeLimitMin * 60, context), (work) => {
    stopBecause(work, session, 'time_limit_reached');
  });
  add(timeDeadline(session, maxDurationS, context), (work) => {
    stopBecause(work, session, 'max_time_reached');
  });
  if (session.transaction !== null)
    add(gapDeadlineMs(session.transaction, rules), (work) => {
      if (!askForRest(work, session)) settleTransaction(work, session);
    });
  const named = session.transaction !== null;
  add(settlementDeadline(session, named ? rules.transactionStopGraceMs : rules.settlementGraceMs), (work, causeId) => {
    if (named) {
      closeLost(work, session, { id: causeId, atMs: work.context.nowMs });
      return;
    }
    const released = work.setSession(session, { holdsPort: false });
    move(work, released, 'lost', { detail: 'settlement_missing', interruptedAtMs: work.context.nowMs });
  });
  if (session.state === 'interrupted' && session.interruptedAtMs !== null)
    add(session.interruptedAtMs + rules.orphanAfterMs, (work, causeId) => {
      fail(work, session, 'not_settled', named ? 'stop_lost' : 'not_settled', {
        id: causeId,
        atMs: work.context.nowMs,
      });
    });
  return due;
}

const stopDeadline = (session: ChargingSession, expiryMs: number): number | null =>
  session.state === 'stopping' && session.stopAskedAtMs !== null && session.stopConfirmedAtMs === null
    ? session.stopAskedAtMs + expiryMs + FINISH_SLACK_MS
    : null;

/**
 * A station that names its charges answers a stop before it stops (ocpp.md §5.1, §6.3): what was accepted and brings no
 * end is ordered once more, and a charge that was refused is ordered to end where the station does not end it by itself.
 */
function namedStopDeadline(
  { transaction, stopAttempts, stopConfirmedAtMs }: ChargingSession,
  repeatMs: number,
): number | null {
  if (transaction?.end !== null) return null;
  const { authorised, refusedAtMs } = transaction;
  if (stopAttempts === 0) return authorised || refusedAtMs == null ? null : refusedAtMs + repeatMs;
  return stopAttempts === 1 && stopConfirmedAtMs !== null ? stopConfirmedAtMs + repeatMs : null;
}

/** Samples may be minutes apart, so a time limit is also watched by the clock, a little later. */
function timeDeadline(session: ChargingSession, limitS: number | null, { rules }: FoldContext): number | null {
  if (limitS === null || session.state !== 'charging' || session.startedAtMs === null) return null;
  const overrunMs = session.startedAtMs + limitS * 1000 + rules.limitOverrunMs;
  return session.stopAskedAtMs === null ? overrunMs : Math.max(overrunMs, session.stopAskedAtMs + rules.stopRetryMs);
}

/** The port says that nothing charges, or the device confirmed our stop: the settlement should follow. */
function settlementDeadline(session: ChargingSession, graceMs: number): number | null {
  if (session.state !== 'charging' && session.state !== 'stopping') {
    return session.state === 'interrupted' && session.holdsPort && session.notChargingSinceMs !== null
      ? session.notChargingSinceMs + graceMs
      : null;
  }
  const sinceMs = session.notChargingSinceMs ?? session.stopConfirmedAtMs;
  return sinceMs === null ? null : sinceMs + graceMs;
}

export function sessionDeadlineMs(
  session: ChargingSession,
  context: FoldContext,
  maxDurationS: number | null,
): number | null {
  const all = deadlinesOf(session, context, maxDurationS);
  return all.length === 0 ? null : Math.min(...all.map(({ atMs }) => atMs));
}

/** Runs what is due. The first thing that moves the session makes the rest moot until the next look. */
export function expireSession(work: DeviceWork, session: ChargingSession, causeId: string): void {
  // Seen from just before the appointed time, so that a repeat whose time has come is due, and not the one after it.
  const appointedMs = Math.min(work.context.nowMs, work.before.device.nextCheckAtMs ?? Infinity);
  const justBefore = { ...work.context, nowMs: appointedMs - 1 };
  const due = deadlinesOf(session, justBefore, work.device.limits?.maxDurationS ?? null)
    .filter(({ atMs }) => atMs <= work.context.nowMs)
    .sort((a, b) => a.atMs - b.atMs);
  due[0]?.run(work, causeId);
}

/** Nothing showed that the charge began. It may have begun all the same, so one stop makes sure that it does not run unbilled. */
function failUnproven(work: DeviceWork, session: ChargingSession, causeId: string): void {
  const reason = session.evidenceUntilMs === null ? 'no_response' : (session.detail ?? 'no_response');
  const ended = fail(work, session, 'unproven', reason, { id: causeId, atMs: work.context.nowMs });
  const failed = work.sessions.find(({ sessionId }) => sessionId === session.sessionId);
  if (ended && failed?.stopAttempts === 0) giveStop(work, orderStop(work, failed, 'unwanted'));
}

function give(work: DeviceWork, order: Order | null): void {
  if (order !== null) work.orders.push(order);
}
