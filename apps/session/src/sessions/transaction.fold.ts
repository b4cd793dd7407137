import {
  addStep,
  energyOf,
  hasGaps,
  isFinal,
  isNewer,
  isOrderTag,
  isTokenOf,
  NO_TRANSACTION,
  orderNumberOf,
  toInstant,
} from '@chargebus/domain';
import type { ChargingSession, MeterSample, Transaction } from '@chargebus/domain';
import { ChargingFailed } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import { eventIdFor } from '../devices/device-work';
import type { DeviceWork } from '../devices/device-work';
import { newOrderRef } from '../devices/session-ids';
import { alarm, announce, noteProgressAfterEnd, settleOnce, watch } from './charge.fold';
import type { FinalAccount } from './charge.fold';
import { correctAccount } from './correction';
import { addFoundSession } from './new-session';
import { waitForRest } from './transaction-gap';
import { confirmRunning, ensurePort, fail, move, releasePort } from './transitions';

type Step = ProtocolEventOf<'charge.transaction'>;

/**
 * One step of a charge that the station names itself. Steps come late, twice and before those that they follow: what is
 * kept is what they add up to, which depends on no order, and the end waits for what is missing.
 */
export function foldTransaction(work: DeviceWork, step: Step): void {
  const found = findCharge(work, step);
  if (found === null) {
    reportOrphan(work, step);
    return;
  }
  if (isFinal(found.state)) {
    foldAfterEnd(work, found, step);
    return;
  }
  const session = takeSamples(work, begin(work, note(work, found, step), step), step);
  if (session.transaction?.end == null) return;
  if (step.moreToCome === true) waitForRest(work, session);
  else if (step.moreToCome === false || !hasGaps(session.transaction)) settleTransaction(work, session);
}

/** The charge that the step belongs to, perhaps one that nobody knew of. Null: it names none that could be found. */
function findCharge(work: DeviceWork, step: Step): ChargingSession | null {
  const { transactionRef } = step;
  if (transactionRef === null) return findUnnamed(work, step);
  const named = work.sessions.find((session) => session.transactionRef === transactionRef);
  const ordered = work.sessions.find((session) => session.transactionRef === null && isOrderOf(session, step));
  if (named !== undefined || ordered !== undefined) return named ?? ordered ?? null;
  const tellsWhere = step.portNo !== null || step.step === 'started' || step.seqNo !== null;
  return tellsWhere ? addCharge(work, step) : null;
}
const isOrderOf = ({ orderRef }: ChargingSession, { orderRef: named, orderNumber, cardId }: Step): boolean =>
  orderRef !== null &&
  (orderRef === named ||
    (orderNumber !== null && orderNumberOf(orderRef) === orderNumber) ||
    (cardId !== null && isTokenOf(orderRef, cardId)));

/** Values without a name belong to what runs on their port; an end without one to the only charge that it can mean. */
function findUnnamed(work: DeviceWork, step: Step): ChargingSession | null {
  if (step.portNo !== null) return work.holderOf(step.portNo) ?? null;
  const possible = work.sessions.filter(
    (session) => !isFinal(session.state) && session.transaction?.end === null && isUserOf(session, step),
  );
  return possible.length === 1 ? (possible[0] ?? null) : null;
}
const isUserOf = (session: ChargingSession, step: Step): boolean =>
  step.cardId === null ||
  session.cardId?.toUpperCase() === step.cardId.toUpperCase() ||
  isOrderOf(session, { ...step, orderRef: null, orderNumber: null });

function addCharge(work: DeviceWork, step: Step): ChargingSession {
  const { portNo, offline, source, cardId } = step;
  const holdsPort = portNo !== null && !(offline && work.holderOf(portNo) !== undefined);
  if (holdsPort) takeOver(work, portNo, step);
  if (portNo !== null) ensurePort(work, portNo);
  return addFoundSession(work, { portNo, orderRef: newOrderRef(), source, cardId: userOf(cardId), holdsPort });
}
const userOf = (cardId: string | null): string | null => (cardId !== null && isOrderTag(cardId) ? null : cardId);

/** Of the charge that was there the stop is lost, unless its station counts its steps and may still send it. */
function takeOver(work: DeviceWork, portNo: number, step: Step): void {
  const holder = work.holderOf(portNo);
  if (holder?.transaction?.begun === true && holder.transaction.steps.length === 0)
    closeLost(work, holder, { id: step.id, atMs: Date.parse(step.occurredAt) });
  releasePort(work, portNo, null);
}

/** Its end will not come: the last known register counts, and is said to be an estimate. */
export function closeLost(
  work: DeviceWork,
  session: ChargingSession,
  cause: { readonly id: string; readonly atMs: number },
): void {
  const released = work.setSession(session, { holdsPort: false });
  const lost = move(work, released, 'lost', { interruptedAtMs: cause.atMs }) ?? released;
  const accountEventId = eventIdFor(cause.id, ChargingFailed.type, session.sessionId);
  const known = work.setSession(lost, { transaction: { ...(lost.transaction ?? NO_TRANSACTION), accountEventId } });
  fail(work, known, 'not_settled', 'stop_lost', cause);
}

/** What the step adds to what is known; absent never overwrites. */
function note(work: DeviceWork, session: ChargingSession, step: Step): ChargingSession {
  const before = session.transaction ?? NO_TRANSACTION;
  const transaction = merge(before, step);
  const patch: Partial<ChargingSession> = {
    ...(session.transactionRef === null && step.transactionRef !== null && { transactionRef: step.transactionRef }),
    ...(!isSame(before, transaction) && { transaction }),
    ...(session.transaction === null && { transaction }),
    ...(session.cardId === null && userOf(step.cardId) !== null && { cardId: userOf(step.cardId) }),
    ...(session.source === 'unknown' && step.source !== 'unknown' && { source: step.source }),
  };
  const noted = Object.keys(patch).length === 0 ? session : work.setSession(session, patch);
  if (noted.portNo !== null || step.portNo === null) return noted;
  takeOver(work, step.portNo, step);
  ensurePort(work, step.portNo);
  return work.setSession(noted, { portNo: step.portNo, holdsPort: true });
}

function merge(before: Transaction, step: Step): Transaction {
  const registers = step.samples.flatMap(({ registerWh }) => (registerWh === null ? [] : [registerWh]));
  const start = startOf(before, step, registers);
  const wentDown = start.startWh !== null && registers.some((register) => register < (start.startWh ?? 0));
  return {
    authorised: before.authorised || step.authorised,
    refusedAtMs: before.refusedAtMs ?? (step.refused === true && !step.offline ? Date.parse(step.at) : null),
    begun: before.begun || step.step === 'started',
    ...start,
    steps: step.seqNo === null ? before.steps : addStep(before.steps, step.seqNo),
    offline: before.offline || step.offline,
    suspect: before.suspect || step.clockSuspect || wentDown,
    end: before.end ?? endOf(step, registers),
    gap: before.gap,
    accountEventId: before.accountEventId,
  };
}
/** The register at the beginning, as told; until then the earliest that was seen. */
function startOf(
  { startWh, startGuessed }: Transaction,
  step: Step,
  registers: readonly number[],
): Pick<Transaction, 'startWh' | 'startGuessed'> {
  const told = step.beginRegisterWh ?? (step.step === 'started' ? (registers[0] ?? null) : null);
  if (told !== null && (startWh === null || startGuessed)) return { startWh: told, startGuessed: false };
  if (startWh !== null && !startGuessed) return { startWh, startGuessed };
  const lowest = Math.min(startWh ?? Infinity, ...registers);
  return Number.isFinite(lowest) ? { startWh: lowest, startGuessed: true } : { startWh, startGuessed };
}
function endOf(step: Step, registers: readonly number[]): Transaction['end'] {
  if (step.end === null) return null;
  return {
    ...step.end,
    causeId: step.id,
    endedAt: step.occurredAt,
    registerWh: step.endRegisterWh ?? registers.at(-1) ?? null,
    receivedAtMs: Date.parse(step.at),
    attributes: step.attributes,
  };
}
const isSame = (a: Transaction, b: Transaction): boolean =>
  a.authorised === b.authorised &&
  a.refusedAtMs === b.refusedAtMs &&
  a.begun === b.begun &&
  a.startWh === b.startWh &&
  a.startGuessed === b.startGuessed &&
  a.steps === b.steps &&
  a.offline === b.offline &&
  a.suspect === b.suspect &&
  a.end === b.end &&
  a.gap === b.gap;

/** Energy flows once somebody may charge and the station says that it has begun. */
function begin(work: DeviceWork, session: ChargingSession, step: Step): ChargingSession {
  const startedAtMs = Date.parse(step.occurredAt);
  const isStart = step.step === 'started';
  if (isStart && session.startedAtMs !== null && startedAtMs < session.startedAtMs)
    return work.setSession(session, { startedAtMs }); // a later step came first
  const begins =
    session.transaction?.authorised === true && (step.energyFlows === true || (isStart && step.authorised));
  const goesOn = session.startedAtMs !== null && !step.offline && step.samples.length > 0 && step.end === null;
  if (!begins && !goesOn) return session;
  return confirmRunning(work, session, 'evidence', { causeId: step.id, startedAtMs, portNo: step.portNo });
}

function takeSamples(work: DeviceWork, session: ChargingSession, step: Step): ChargingSession {
  let current = session;
  for (const [index, told] of step.samples.entries()) {
    const meter = work.meterOf(current.sessionId);
    const sample = toMeterSample(current, told, meter.last);
    const newer = isNewer(meter, sample);
    work.addSample(current.sessionId, sample, `${step.id}:${index}`);
    if (!newer || current.startedAtMs === null) continue;
    current = announce(work, current, step.id, 'charging', sample);
    if (!step.offline && step.end === null) watch(work, current, sample);
    current = work.sessions.find(({ sessionId }) => sessionId === session.sessionId) ?? current;
  }
  return current;
}

/** Totals since the start. A register below it is a meter's slip: the total stays what it was. */
function toMeterSample(
  { startedAtMs, transaction }: ChargingSession,
  told: Step['samples'][number],
  last: MeterSample | null,
): MeterSample {
  const sampledAtMs = Date.parse(told.at);
  const startWh = transaction?.startWh ?? null;
  const known = last?.energyWh ?? 0;
  const total = told.registerWh === null || startWh === null ? known : told.registerWh - startWh;
  return {
    sampledAtMs,
    durationS: startedAtMs === null ? 0 : Math.max(0, (sampledAtMs - startedAtMs) / 1000),
    energyWh: total < 0 ? known : total,
    powerW: told.powerW,
    maxPowerW: null,
    minPowerW: null,
    voltageV: told.voltageV,
    currentA: told.currentA,
    frequencyHz: told.frequencyHz,
    temperatureC: told.temperatureC,
    socPct: told.socPct,
  };
}

/** The account of a charge whose end has come, complete or as far as it goes. */
export function settleTransaction(work: DeviceWork, session: ChargingSession): void {
  const account = accountOf(work, session);
  if (account !== null) settleOnce(work, session, account);
}

function accountOf(work: DeviceWork, session: ChargingSession): FinalAccount | null {
  const { transaction, startedAtMs } = session;
  if (transaction?.end == null) return null;
  const { end, startWh } = transaction;
  const endedAtMs = Date.parse(end.endedAt);
  const beganAtMs = startedAtMs ?? endedAtMs;
  const durationS = Math.max(0, (endedAtMs - beganAtMs) / 1000);
  const last = work.meterOf(session.sessionId).last?.energyWh ?? null;
  const energy = energyOf(startWh, end.registerWh, last, durationS);
  const told = energy.energyWh === 0 && end.whenEmpty !== null ? end.whenEmpty : end;
  const isOurs = session.stopAskedAtMs !== null && told.endClass === 'stopped';
  return {
    id: end.causeId,
    at: toInstant(end.receivedAtMs),
    portNo: session.portNo,
    cardId: session.cardId,
    startedAt: toInstant(Math.min(beganAtMs, endedAtMs)),
    endedAt: end.endedAt,
    durationS,
    energyWh: energy.energyWh,
    maxPowerW: null,
    endReason: isOurs ? 'remote' : told.reason,
    endClass: told.endClass,
    fault: null,
    attributes: {
      ...end.attributes,
      transactionRef: session.transactionRef,
      meterStartWh: startWh,
      meterStopWh: end.registerWh,
      reason: end.reason,
      suspect: energy.suspect || transaction.suspect || endedAtMs < beganAtMs,
      estimated: energy.estimated || transaction.startGuessed,
      offline: transaction.offline,
      incomplete: hasGaps(transaction),
    },
  };
}

/**
 * The charge is over here. A second end is kept, and compared; anything else was overtaken by the end, unless the charge
 * had been given up before it began: then nobody would pay for it, and it is stopped.
 */
function foldAfterEnd(work: DeviceWork, session: ChargingSession, step: Step): void {
  if (step.end === null && session.settlementKey !== null) {
    completeLate(work, session, step);
    return;
  }
  if (step.end === null) {
    const named =
      session.transactionRef === null && step.transactionRef !== null
        ? work.setSession(session, { transactionRef: step.transactionRef })
        : session;
    if (!step.offline) noteProgressAfterEnd(work, named);
    return;
  }
  const known = session.transaction ?? NO_TRANSACTION;
  const transaction = { ...merge({ ...known, end: null }, step), startWh: known.startWh ?? step.beginRegisterWh };
  const account = accountOf(work, { ...session, transaction });
  if (account === null) return;
  settleOnce(work, session, account);
  // The true end of a charge whose stop was thought lost.
  if (session.settlementKey === null && session.endReason === 'stop_lost')
    correctAccount(work, work.setSession(current(work, session), { transaction }), account);
}
const current = (work: DeviceWork, { sessionId }: ChargingSession): ChargingSession => {
  const found = work.sessions.find((session) => session.sessionId === sessionId);
  if (found === undefined) throw new Error(`session ${sessionId} is gone`);
  return found;
};

/** A step that was missing when the charge was settled. It matters if it changes what was settled. */
function completeLate(work: DeviceWork, session: ChargingSession, step: Step): void {
  const known = session.transaction ?? NO_TRANSACTION;
  const transaction = merge(known, step);
  if (isSame(known, transaction)) {
    if (!step.offline) noteProgressAfterEnd(work, session);
    return;
  }
  const occurredAtMs = Date.parse(step.occurredAt);
  const isEarlier = step.step === 'started' && occurredAtMs < (session.startedAtMs ?? Infinity);
  const merged = work.setSession(session, { transaction, ...(isEarlier && { startedAtMs: occurredAtMs }) });
  const account = accountOf(work, merged);
  if (account !== null) correctAccount(work, merged, account);
}

/** Acknowledged, for a refusal would only block the station's queue; a person must look. */
function reportOrphan(work: DeviceWork, step: Step): void {
  work.context.note('transaction_without_session');
  if (step.step !== 'ended') return;
  alarm(work, step.id, 'orphan_transaction', `a charge ended that nobody knows: ${step.transactionRef ?? 'no name'}`, {
    transaction_ref: step.transactionRef,
    card_id: step.cardId,
    ended_at: step.occurredAt,
    meter_stop_wh: step.endRegisterWh,
    reason: step.end?.reason ?? null,
  });
}
