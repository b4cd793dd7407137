import { hash53 } from '@chargebus/domain';
import type { OrderRef } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import { readStationTime } from '../../station-time';
import type { StationTime } from '../../station-time';
import { factId, stored } from '../../connection/version';
import type { Incoming, Meaning } from '../connection/incoming';
import type { Reply } from '../../connection/version';
import type { TransactionMemory } from '../connection/station-memory';
import type { IdToken, StationResponse, TransactionEvent } from '../messages';
import { idTokenInfoOf } from '../tables/authorisation';
import { tokenTypeOf } from '../tables/token-types';
import { endReasonOf } from '../tables/stop-reasons';
import { readMeterValues } from './meter-values';
import type { MeterMoment, MeterReport } from './meter-values';
import { isPort, portReport } from './ports';
import { repairEvent } from './repair';
import { isOrderToken, isFree } from './tokens';

type Step = ProtocolEventOf<'charge.transaction'>;

/**
 * One step of a transaction, page §5.2. It is told as it came: late, twice, without an EVSE or a token, before the steps
 * that it follows. It is never refused, for the station would lose it; who pays may be refused, and then it stops.
 */
export const meansTransactionEvent: Meaning<'TransactionEvent'> = (request, incoming) => {
  const event = incoming.dropped.length === 0 ? request : repairEvent(request);
  const { deviceId, at, station, atMs, options } = incoming;
  const time = readStationTime(event.timestamp, atMs);
  const offline = event.offline === true || (!time.suspect && atMs - time.ms > options.offlineThresholdMs);
  const transaction = remember(event, incoming, offline);
  const meter = readMeterValues(event.meterValue ?? [], atMs);
  const facts: ProtocolEvent[] = [toStep(event, incoming, { time, offline, meter, transaction })];
  const { idToken } = event;
  if (idToken !== undefined && SWIPED.has(event.triggerReason) && !isOrderToken(idToken) && !isFree(idToken))
    facts.push(swiped(event, idToken, transaction, incoming));
  const report = offline || transaction.portNo === null ? null : portReport(station, transaction.portNo);
  if (report !== null && event.transactionInfo.chargingState !== undefined)
    facts.push({ type: 'port.status', id: factId(incoming, 'port'), deviceId, at, ports: [report] });
  return { facts, reply: answer(event, transaction, incoming) };
};
const SWIPED: ReadonlySet<string> = new Set(['Authorized', 'StopAuthorized', 'Deauthorized']);

/** What comes once in a transaction is kept for those of its events that leave it out. */
function remember(event: TransactionEvent, { station }: Incoming, offline: boolean): TransactionMemory {
  const { transactionInfo, evse, idToken } = event;
  const { transactionId, chargingState } = transactionInfo;
  const transaction = station.transaction(transactionId);
  if (isPort(evse?.id)) transaction.portNo = evse.id;
  transaction.connectorNo = evse?.connectorId ?? transaction.connectorNo;
  if (idToken !== undefined && isOrderToken(idToken)) transaction.orderRef = idToken.idToken as OrderRef;
  transaction.chargingState = chargingState ?? transaction.chargingState;
  transaction.hasCharged ||= chargingState === 'Charging';
  transaction.ended ||= event.eventType === 'Ended';
  if (transaction.portNo !== null && !offline) station.evse(transaction.portNo).transactionId = transactionId;
  return transaction;
}

interface Read {
  readonly time: StationTime;
  readonly offline: boolean;
  readonly meter: MeterReport;
  readonly transaction: TransactionMemory;
}

function toStep(event: TransactionEvent, incoming: Incoming, read: Read): Step {
  const { time, offline, meter, transaction } = read;
  const { transactionInfo, eventType, seqNo, idToken } = event;
  const { transactionId, chargingState, remoteStartId } = transactionInfo;
  const { deviceId, at } = incoming;
  const ordered = transaction.orderRef !== null || remoteStartId !== undefined;
  const user = idToken === undefined || isOrderToken(idToken) || isFree(idToken) ? null : idToken;
  return {
    type: 'charge.transaction',
    id: stepId(event, incoming),
    deviceId,
    at,
    transactionRef: transactionId === '' ? null : transactionId,
    step: STEPS[eventType],
    seqNo: natural(seqNo),
    occurredAt: time.at,
    clockSuspect: time.suspect,
    offline,
    portNo: transaction.portNo,
    orderRef: transaction.orderRef,
    orderNumber: natural(remoteStartId),
    source: ordered ? 'platform' : user !== null ? 'card' : idToken !== undefined ? 'plug' : 'unknown',
    cardId: user?.idToken ?? null,
    authorised: (idToken !== undefined && event.triggerReason !== 'Deauthorized') || remoteStartId !== undefined,
    energyFlows: chargingState === undefined ? null : chargingState === 'Charging',
    beginRegisterWh: firstOf(meter.moments, ({ beginRegisterWh }) => beginRegisterWh),
    endRegisterWh: firstOf(meter.moments, ({ endRegisterWh }) => endRegisterWh),
    samples: meter.moments.map(toSample),
    end: eventType === 'Ended' ? endOf(event) : null,
    attributes: detailsOf(event, transaction, meter, incoming),
  };
}
/** Null: not said, or no number that anybody counts to. */
const natural = (value: number | undefined): number | null =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null;
/** A step in which nothing is said. */
export const A_STEP = {
  type: 'charge.transaction',
  step: 'updated',
  seqNo: null,
  clockSuspect: false,
  offline: false,
  portNo: null,
  orderRef: null,
  orderNumber: null,
  source: 'unknown',
  cardId: null,
  authorised: false,
  energyFlows: null,
  beginRegisterWh: null,
  endRegisterWh: null,
  samples: [],
  end: null,
  attributes: {},
} as const satisfies Partial<Step>;
const STEPS = { Started: 'started', Updated: 'updated', Ended: 'ended' } as const;

/**
 * `seqNo` alone tells no two events apart: some stations always send 0. Of the transaction's own words, because the
 * message id is another one when the station repeats it.
 */
const stepId = ({ eventType, seqNo, timestamp, transactionInfo }: TransactionEvent, { deviceId }: Incoming): string =>
  `${deviceId}:tx:${hash53(transactionInfo.transactionId).toString(36)}:${eventType}:${seqNo}:${timestamp.slice(0, 40)}`;

const firstOf = (moments: readonly MeterMoment[], pick: (moment: MeterMoment) => number | null): number | null => {
  for (const moment of moments) {
    const value = pick(moment);
    if (value !== null) return value;
  }
  return null;
};
export const toSample = ({ time, values }: MeterMoment): Step['samples'][number] => ({
  at: time.at,
  registerWh: values.energyRegisterWh,
  powerW: values.powerW,
  voltageV: values.voltageV,
  currentA: values.currentA,
  frequencyHz: values.frequencyHz,
  temperatureC: values.temperatureC,
  socPct: values.socPct,
});

function endOf({ transactionInfo, idToken }: TransactionEvent): Step['end'] {
  const reason = endReasonOf(transactionInfo.stoppedReason, idToken !== undefined, null);
  const whenEmpty = endReasonOf(transactionInfo.stoppedReason, idToken !== undefined, false);
  return {
    reason: reason.token,
    endClass: reason.endClass,
    whenEmpty:
      whenEmpty.token === reason.token && whenEmpty.endClass === reason.endClass
        ? null
        : { reason: whenEmpty.token, endClass: whenEmpty.endClass },
  };
}

/** The protocol's own words, for people to read and for billing evidence. */
function detailsOf(
  event: TransactionEvent,
  transaction: TransactionMemory,
  meter: MeterReport,
  incoming: Incoming,
): Step['attributes'] {
  const { transactionInfo, triggerReason, idToken, reservationId, numberOfPhasesUsed, cableMaxCurrent } = event;
  const { stoppedReason, timeSpentCharging, chargingState } = transactionInfo;
  const { connectorNo } = transaction;
  return withoutAbsent({
    triggerReason,
    chargingState,
    connectorNo: connectorNo ?? undefined,
    tokenType: idToken === undefined ? undefined : tokenTypeOf(idToken),
    stoppedReason: event.eventType === 'Ended' ? (stoppedReason ?? 'Local') : stoppedReason,
    timeSpentChargingS: timeSpentCharging,
    reservationId,
    phases: numberOfPhasesUsed,
    cableMaxCurrentA: cableMaxCurrent,
    signed: meter.signed.length === 0 ? undefined : meter.signed,
    droppedParts: partsLost(meter, incoming),
  });
}
/** How much of the message nobody could read; undefined: all was well. */
export const partsLost = ({ dropped }: MeterReport, incoming: Incoming): number | undefined =>
  dropped + incoming.dropped.length === 0 ? undefined : dropped + incoming.dropped.length;
const withoutAbsent = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const swiped = (
  { triggerReason, transactionInfo }: TransactionEvent,
  idToken: IdToken,
  { portNo }: TransactionMemory,
  incoming: Incoming,
): ProtocolEvent => ({
  type: 'card.swiped',
  id: factId(incoming, 'card'),
  deviceId: incoming.deviceId,
  at: incoming.at,
  cardId: idToken.idToken,
  cardNumber: idToken.idToken,
  portNo,
  attributes: { tokenType: tokenTypeOf(idToken), triggerReason, transactionId: transactionInfo.transactionId },
});

/** With a token the answer must say what it is worth; without one there is nothing to say. */
function answer(
  event: TransactionEvent,
  { portNo }: TransactionMemory,
  incoming: Incoming,
): Reply<StationResponse<'TransactionEvent'>> {
  const { idToken } = event;
  if (idToken === undefined) return stored({});
  if (isFree(idToken)) return stored({ idTokenInfo: { status: 'Accepted' } });
  const { deviceId, options } = incoming;
  return {
    when: 'asked',
    mustBeStored: true,
    deadlineMs: options.decisionDeadlineMs,
    question: {
      kind: 'card.authorise',
      deviceId,
      causeId: `${stepId(event, incoming)}:${hash53(idToken.idToken.toLowerCase()).toString(36)}`,
      cardId: idToken.idToken,
      cardNumber: idToken.idToken,
      tokenType: tokenTypeOf(idToken),
      portNo,
    },
    payload: (reply) => ({ idTokenInfo: idTokenInfoOf(reply, options.undecidedToken) }),
  };
}
