import { brokenDeviceLimit, decideAutoStop, endReasonOf, isFinal, isNewer, reachedLimit } from '@chargebus/domain';
import type { ChargingSession, MeterSample, OrderRef } from '@chargebus/domain';
import { SystemAlarm } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import type { DeviceWork } from '../devices/device-work';
import { openFault } from '../devices/fault.fold';
import { newOrderRef } from '../devices/session-ids';
import { reportPort } from '../devices/port.fold';
import { addFoundSession } from './new-session';
import { emitCompleted, emitProgress } from './session-events';
import {
  confirmRunning,
  confirmStop,
  ensurePort,
  fail,
  move,
  orderStop,
  releasePort,
  stopFailed,
  stopOrder,
  takePort,
} from './transitions';

const byRef = (work: DeviceWork, orderRef: OrderRef): ChargingSession | undefined =>
  work.sessions.find((session) => session.orderRef === orderRef);

/** An old device's confirmation of a start, or a start at the device that nobody ordered. */
export function foldStarted(work: DeviceWork, fact: ProtocolEventOf<'charge.started'>): void {
  const atMs = Date.parse(fact.at);
  const session = byRef(work, fact.orderRef) ?? findOnPort(work, fact);
  confirmRunning(work, session, 'evidence', {
    causeId: fact.id,
    startedAtMs: atMs - fact.durationS * 1000,
    portNo: fact.portNo,
  });
}

/** One sample. A repeat or an overtaken one changes no total and makes no event. */
export function foldProgress(work: DeviceWork, fact: ProtocolEventOf<'charge.progress'>): void {
  const sample = toSample(fact);
  const known = fact.orderRef === null ? work.holderOf(fact.portNo) : byRef(work, fact.orderRef);
  if (known !== undefined && isFinal(known.state)) {
    noteProgressAfterEnd(work, known);
    return;
  }
  const before = known ?? findOnPort(work, { ...fact, orderRef: fact.orderRef ?? newOrderRef(), cardId: null });
  const newer = isNewer(work.meterOf(before.sessionId), sample);
  const session = confirmRunning(work, before, 'evidence', {
    causeId: fact.id,
    startedAtMs: sample.sampledAtMs - fact.durationS * 1000,
    portNo: fact.portNo,
  });
  work.addSample(session.sessionId, sample, fact.id);
  if (fact.portState !== null && session.holdsPort)
    reportPort(work, { portNo: fact.portNo, state: fact.portState, fault: null }, sample.sampledAtMs, fact.id);
  if (newer) watch(work, announce(work, session, fact.id, fact.phase, sample), sample);
}

/** Pushes at most one sample per `notify_interval` (decision 18); the event carries a real sample, never a made-up one. */
export function announce(
  work: DeviceWork,
  session: ChargingSession,
  causeId: string,
  phase: ProtocolEventOf<'charge.progress'>['phase'],
  sample: MeterSample,
): ChargingSession {
  const last = session.lastProgressEventAtMs;
  if (last !== null && sample.sampledAtMs - last < session.notifyIntervalS * 1000) return session;
  emitProgress(work, session, causeId, sample, phase);
  return work.setSession(session, { lastProgressEventAtMs: sample.sampledAtMs });
}

/** Limits and conditions are looked at with every new sample; what they demand is a stop order. */
export function watch(work: DeviceWork, session: ChargingSession, sample: MeterSample): void {
  const { rules } = work.context;
  let current = session;
  let reason: string | null = current.limits === null ? null : reachedLimit(current.limits, sample);
  if (current.autoStop !== null) {
    const decision = decideAutoStop(current.autoStop, sample, current.lowPowerSinceS, rules.lowPowerHoldS);
    if (decision.lowPowerSinceS !== current.lowPowerSinceS)
      current = work.setSession(current, { lowPowerSinceS: decision.lowPowerSinceS });
    reason ??= decision.stop;
  }
  if (work.device.limits !== null) reason ??= brokenDeviceLimit(work.device.limits, sample);
  if (reason !== null) stopBecause(work, current, reason);
}

/** Orders a stop unless one is under way or was tried a moment ago. */
export function stopBecause(work: DeviceWork, session: ChargingSession, reason: string): void {
  const { nowMs, rules } = work.context;
  if (session.state !== 'charging') return;
  if (session.stopAskedAtMs !== null && nowMs - session.stopAskedAtMs < rules.stopRetryMs) return;
  giveStop(work, orderStop(work, session, reason));
}

export function giveStop(work: DeviceWork, session: ChargingSession): void {
  const order = stopOrder(session, work.context.rules.stopExpiryMs);
  if (order !== null) work.orders.push(order);
}

/**
 * Energy flows for a session that is over here. After a settlement it is an overtaken sample and means nothing. After a
 * failure nobody would pay for it: one stop is ordered.
 */
export function noteProgressAfterEnd(work: DeviceWork, session: ChargingSession): void {
  work.context.note('progress_after_end');
  if (session.state === 'failed' && session.settlementKey === null && session.stopAttempts === 0)
    giveStop(work, orderStop(work, session, 'unwanted'));
}

/** The device's answer to a start or a stop, in time or late. */
export function foldReplied(work: DeviceWork, fact: ProtocolEventOf<'charge.replied'>): void {
  const session =
    fact.orderRef === null ? (work.holderOf(fact.portNo) ?? work.holderOf(null)) : byRef(work, fact.orderRef);
  if (session === undefined) {
    work.context.note('reply_without_session');
    return;
  }
  if (isFinal(session.state)) return;
  const action = fact.action ?? (session.state === 'stopping' ? 'stop' : 'start');
  if (action === 'start') foldStartReply(work, session, fact);
  else foldStopReply(work, session, fact);
  if (fact.fault !== null)
    openFault(
      work,
      { token: fact.fault, portNo: fact.portNo ?? session.portNo, ofPort: true },
      Date.parse(fact.at),
      fact.id,
    );
}

function foldStartReply(work: DeviceWork, session: ChargingSession, fact: ProtocolEventOf<'charge.replied'>): void {
  const atMs = Date.parse(fact.at);
  if (fact.alreadyDone || (fact.executed && !fact.unproven)) {
    confirmRunning(work, session, 'accepted', { causeId: fact.id, startedAtMs: atMs, portNo: fact.portNo });
  } else if (fact.executed) {
    const placed = fact.portNo !== null && session.portNo === null ? takePort(work, session, fact.portNo) : session;
    const { evidenceWindowMs } = work.context.rules;
    const windowMs = Math.max(evidenceWindowMs, (fact.proofWithinS ?? 0) * 1000);
    awaitEvidence(work, placed, fact.reason, windowMs);
  } else {
    fail(work, session, 'refused', fact.reason, { id: fact.id, atMs }, fact.waitingPorts);
  }
}

function foldStopReply(work: DeviceWork, session: ChargingSession, fact: ProtocolEventOf<'charge.replied'>): void {
  const atMs = Date.parse(fact.at);
  const nothingRan = fact.alreadyDone || (!fact.executed && fact.reason === 'same_state');
  if (!fact.executed && !nothingRan) {
    stopFailed(work, session, fact.reason);
    return;
  }
  const stopped = confirmStop(work, session, fact.id, atMs);
  if (nothingRan && stopped.startedAtMs === null)
    fail(work, stopped, 'stopped_unstarted', 'stopped_before_start', { id: fact.id, atMs });
}

/** No clear answer: until the window closes, any sign of the charge starts it (AP3000 §13). */
export function awaitEvidence(work: DeviceWork, session: ChargingSession, detail: string, windowMs: number): void {
  if (session.startedAtMs !== null || session.evidenceUntilMs !== null) return;
  const current = move(work, session, 'submitted') ?? session;
  work.setSession(current, { detail, startSubmitted: true, evidenceUntilMs: work.context.nowMs + windowMs });
}

/**
 * The final account. It ends an open session, makes and ends one for an order that nobody knows, and is kept, with an
 * alarm, where the session was given up before: never a second terminal event.
 */
export function foldSettled(work: DeviceWork, fact: ProtocolEventOf<'charge.settled'>): void {
  const known =
    work.sessions.find((session) => session.settlementKey === fact.id) ??
    (fact.orderRef === null ? work.holderOf(fact.portNo) : byRef(work, fact.orderRef));
  if (known !== undefined) {
    settleOnce(work, known, fact);
    return;
  }
  ensurePort(work, fact.portNo);
  settleOnce(work, addFoundSession(work, { ...pick(fact), holdsPort: false }), fact);
}

/** What a settlement says, whatever it is made of. `id` names it: the same again is the same settlement. */
export type FinalAccount = Omit<
  ProtocolEventOf<'charge.settled'>,
  'type' | 'deviceId' | 'orderRef' | 'source' | 'portNo'
> & {
  readonly portNo: number | null; // null: never told
};

/** Ends the session, unless it has been: a repeat means nothing, another account is kept, with an alarm. */
export function settleOnce(work: DeviceWork, session: ChargingSession, fact: FinalAccount): void {
  if (session.settlementKey === fact.id) {
    work.context.note('settlement_repeated');
    return;
  }
  if (fact.fault !== null)
    openFault(work, { token: fact.fault, portNo: fact.portNo, ofPort: true }, Date.parse(fact.at), fact.id);
  if (session.settlementKey !== null) noteConflict(work, session, fact);
  else if (session.state === 'failed') keepLateSettlement(work, session, fact);
  else settle(work, session, fact);
}

function settle(work: DeviceWork, session: ChargingSession, fact: FinalAccount): void {
  const endedAtMs = Date.parse(fact.endedAt);
  const cause = { id: fact.id, atMs: endedAtMs };
  const delivered = fact.energyWh > 0 || fact.durationS > 0;
  let current = session.portNo === null && fact.portNo !== null ? takePort(work, session, fact.portNo) : session;
  if (delivered)
    current = confirmRunning(work, current, 'evidence', {
      causeId: fact.id,
      startedAtMs: Date.parse(fact.startedAt),
      portNo: fact.portNo,
    });
  const reason = endReasonOf(fact.endReason, {
    stopReason: session.stopReason,
    hasTimeLimit: session.limits?.timeLimitMin != null,
    hasPowerLimit: session.limits?.powerLimitW != null,
  });
  current = work.setSession(confirmStop(work, current, fact.id, endedAtMs), account(work, current, fact, reason));
  if (!delivered && current.startedAtMs === null) {
    fail(work, current, 'settled_empty', reason, cause);
    return;
  }
  const settled = move(work, current, 'settled', { detail: reason });
  if (settled !== null) emitCompleted(work, settled, fact.id, Date.parse(fact.at));
}

/** What the settlement says, as the session keeps it. */
export function account(
  work: DeviceWork,
  session: ChargingSession,
  fact: FinalAccount,
  reason: string,
): Partial<ChargingSession> {
  const meter = work.meterOf(session.sessionId);
  const peaks = [fact.maxPowerW, meter.peakPowerW].filter((value) => value !== null);
  return {
    endedAtMs: Date.parse(fact.endedAt),
    durationS: fact.durationS,
    energyWh: fact.energyWh,
    peakPowerW: peaks.length === 0 ? null : Math.max(...peaks),
    minPowerW: meter.minPowerW,
    endReason: reason,
    abnormal: fact.endClass === 'fault' && reason === fact.endReason,
    settlementKey: fact.id,
    settlement: fact,
    cardId: session.cardId ?? fact.cardId,
    evidenceUntilMs: null,
  };
}

function keepLateSettlement(work: DeviceWork, session: ChargingSession, fact: FinalAccount): void {
  work.context.note('settlement_late');
  work.setSession(session, { ...account(work, session, fact, fact.endReason), endReason: session.endReason });
  alarm(work, fact.id, 'late_settlement', `order of session ${session.sessionId} was settled after it had failed`, {
    session_id: session.sessionId,
    order_no: session.orderNo,
    energy_wh: fact.energyWh,
    duration_s: fact.durationS,
    end_reason: fact.endReason,
  });
}

function noteConflict(work: DeviceWork, session: ChargingSession, fact: FinalAccount): void {
  work.context.note('settlement_conflict');
  alarm(work, fact.id, 'settlement_conflict', `session ${session.sessionId} was settled twice, differently`, {
    session_id: session.sessionId,
    kept_energy_wh: session.energyWh,
    other_energy_wh: fact.energyWh,
  });
}

export function alarm(
  work: DeviceWork,
  causeId: string,
  alarmType: string,
  message: string,
  details: Record<string, unknown>,
): void {
  work.emit(SystemAlarm, causeId, work.context.nowMs, { alarmType, severity: 'warning', message, details });
}

interface Found {
  readonly portNo: number;
  readonly orderRef: OrderRef;
  readonly source: ChargingSession['source'];
  readonly cardId: string | null;
}
const pick = (fact: ProtocolEventOf<'charge.settled'>) => ({
  portNo: fact.portNo,
  orderRef: fact.orderRef,
  source: fact.source,
  cardId: fact.cardId,
});

/** A running charge of which nobody knew: it takes its port over from whoever was thought to be there. */
function findOnPort(work: DeviceWork, { portNo, orderRef, source, cardId }: Found): ChargingSession {
  releasePort(work, portNo, null);
  ensurePort(work, portNo);
  return addFoundSession(work, { portNo, orderRef, source, cardId, holdsPort: true });
}

function toSample(fact: ProtocolEventOf<'charge.progress'>): MeterSample {
  return {
    sampledAtMs: Date.parse(fact.at),
    durationS: fact.durationS,
    energyWh: fact.energyWh,
    powerW: fact.powerW,
    maxPowerW: fact.maxPowerW,
    minPowerW: fact.minPowerW,
    voltageV: fact.voltageV,
    currentA: fact.currentA,
    frequencyHz: fact.frequencyHz,
    temperatureC: fact.temperatureC,
    socPct: fact.socPct,
  };
}
