import { hash53, isOrderTag } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { Question, QuestionReply } from '@chargebus/protocol-core';
import { factId, notice, stored } from '../../connection/version';
import { readStationTime } from '../../station-time';
import type { StationTime } from '../../station-time';
import type { Incoming, Meaning } from '../connection/incoming';
import type { IdTagInfo, StationRequest } from '../messages';
import { idTagInfoOf } from '../tables/authorisation';
import { endOf } from '../tables/end-reasons';
import { readMeterValues } from './meter-values';
import type { MeterReport } from './meter-values';

type Step = ProtocolEventOf<'charge.transaction'>;
type Start = StationRequest<'StartTransaction'>;
type Stop = StationRequest<'StopTransaction'>;

const FULL_AFTER_MS = 300_000; // page §6.2
const MAX_PORT_NO = 1_000;

type Told = Pick<Step, 'id' | 'transactionRef' | 'step' | 'portNo'> & Partial<Step>;
/** A step of a charge. Written out, because one is made for every message of values. */
const toStep = (time: StationTime, { deviceId, at, atMs, options }: Incoming, told: Told): Step => ({
  type: 'charge.transaction',
  id: told.id,
  deviceId,
  at,
  transactionRef: told.transactionRef,
  step: told.step,
  seqNo: null,
  occurredAt: time.at,
  clockSuspect: time.suspect,
  offline: !time.suspect && atMs - time.ms > options.offlineThresholdMs,
  portNo: told.portNo,
  orderRef: told.orderRef ?? null,
  orderNumber: null,
  source: told.source ?? 'unknown',
  cardId: told.cardId ?? null,
  authorised: told.authorised ?? false,
  ...(told.refused === true && { refused: true }),
  energyFlows: null,
  beginRegisterWh: told.beginRegisterWh ?? null,
  endRegisterWh: told.endRegisterWh ?? null,
  samples: told.samples ?? [],
  end: told.end ?? null,
  attributes: told.attributes ?? {},
});

/** Page §5.1: what makes a start the same start. */
const startKeyOf = ({ connectorId, idTag, meterStart, timestamp }: Start): string =>
  `${connectorId}:${idTag.toUpperCase()}:${meterStart}:${timestamp}`;

/**
 * A start gets the same number whenever it comes, and always gets one, also when the card is refused: the station ends
 * it then. Where the number cannot be made of the start alone, the platform keeps the list.
 */
export const meansStart: Meaning<'StartTransaction'> = (request, incoming) => {
  const { station, atMs, options } = incoming;
  const time = readStationTime(request.timestamp, atMs);
  const startKey = startKeyOf(request);
  const number = transactionNoOf(request, time, startKey, incoming);
  const orderRef = station.orderOfTag(request.idTag);
  if (orderRef !== null && number !== null) {
    const facts = startFacts(request, incoming, { time, startKey, number, accepted: true });
    return { facts, reply: stored({ transactionId: number, idTagInfo: { status: 'Accepted' } }) };
  }
  const noOf = (reply: QuestionReply): number | null => number ?? reply.transactionNo ?? null;
  return {
    facts: [],
    reply: {
      when: 'asked',
      deadlineMs: options.decisionDeadlineMs,
      question: startQuestion(request, startKey, number === null, incoming),
      concludes: (reply) => {
        const known = reply === null ? null : noOf(reply);
        const accepted = orderRef !== null || reply?.decision === 'accepted';
        return known === null ? [] : startFacts(request, incoming, { time, startKey, number: known, accepted });
      },
      payload: (reply) => {
        const known = reply === null ? null : noOf(reply);
        if (known === null) return null; // asked again, the station gets its number
        const idTagInfo: IdTagInfo =
          orderRef === null ? idTagInfoOf(reply, options.undecidedCard) : { status: 'Accepted' };
        return { transactionId: known, idTagInfo };
      },
    },
  };
};

function startQuestion(request: Start, startKey: string, wantsNo: boolean, { deviceId }: Incoming): Question {
  const { idTag, connectorId } = request;
  return {
    kind: 'card.authorise',
    deviceId,
    causeId: `${deviceId}:start:${hash53(startKey).toString(36)}`,
    cardId: idTag,
    cardNumber: idTag,
    portNo: connectorId > 0 ? connectorId : null,
    ...(wantsNo && { transactionKey: startKey.slice(0, 200) }),
  };
}

const CONNECTORS = 64;
const SECONDS = 2 ** 25; // 388 days
/** Page §5.1 (b). Null: the clock or the connector is odd, or another start took this number a moment ago. */
function transactionNoOf(request: Start, time: StationTime, startKey: string, { station }: Incoming): number | null {
  const { connectorId } = request;
  if (time.suspect || connectorId < 1 || connectorId >= CONNECTORS) return null;
  const number = (Math.floor(time.ms / 1000) % SECONDS) * CONNECTORS + connectorId;
  const taken = station.findTransaction(number);
  return taken === undefined || taken.startKey === startKey ? number : null;
}

interface Numbered {
  readonly time: StationTime;
  readonly startKey: string;
  readonly number: number;
  readonly accepted: boolean;
}
function startFacts(request: Start, incoming: Incoming, so: Numbered): readonly ProtocolEvent[] {
  const { connectorId, idTag, meterStart, reservationId } = request;
  const { deviceId, station, dropped } = incoming;
  const { time, startKey, number, accepted } = so;
  if (connectorId < 1 || connectorId > MAX_PORT_NO) return [notice(incoming, 'odd_start', { ...request })];
  const orderRef = station.orderOfTag(idTag);
  station.noteTransaction(number, { portNo: connectorId, startKey, orderRef, stopOrdered: false });
  const started = toStep(time, incoming, {
    id: `${deviceId}:start:${hash53(startKey).toString(36)}`,
    transactionRef: String(number),
    step: 'started',
    portNo: connectorId,
    orderRef,
    source: isOrderTag(idTag) ? 'platform' : 'card',
    cardId: idTag,
    authorised: accepted,
    refused: !accepted,
    beginRegisterWh: Math.round(meterStart),
    attributes: {
      ...(reservationId !== undefined && { reservationId }),
      ...(dropped.length > 0 && { dropped }),
    },
  });
  return [started];
}

/** Values with the name of a charge, or of the connector on which it runs; 0 is the main meter. */
export const meansMeterValues: Meaning<'MeterValues'> = (request, incoming) => {
  const { connectorId, transactionId, meterValue } = request;
  const { atMs } = incoming;
  const report = readMeterValues(meterValue, atMs);
  const { last, samples } = report;
  const isNamed = transactionId !== undefined && transactionId > 0;
  if (last === null) return { facts: [], reply: stored({}) };
  if ((connectorId < 1 && !isNamed) || connectorId > MAX_PORT_NO || connectorId < 0)
    return { facts: [notice(incoming, 'main_meter', { connectorId, ...samples.at(-1) })], reply: stored({}) };
  return { facts: [readingStep(request, report, last, incoming)], reply: stored({}) };
};

function readingStep(
  { connectorId, transactionId }: StationRequest<'MeterValues'>,
  report: MeterReport,
  last: StationTime,
  incoming: Incoming,
): Step {
  const isNamed = transactionId !== undefined && transactionId > 0;
  const runsThere = connectorId > 0 ? incoming.station.connector(connectorId).transactionId : null;
  const known = isNamed ? transactionId : runsThere;
  return toStep(last, incoming, {
    // Of its content, because the message id is another one when the station repeats it.
    id: `${incoming.deviceId}:values:${last.at}:${incoming.hash.toString(36)}`,
    transactionRef: known === null ? null : String(known),
    step: 'updated',
    portNo: connectorId > 0 ? connectorId : null,
    samples: report.samples,
    beginRegisterWh: report.beginRegisterWh,
    attributes: detailsOf(report, incoming),
  });
}
const NO_DETAILS: Readonly<Record<string, unknown>> = {};
function detailsOf({ signed, dropped: odd }: MeterReport, { dropped }: Incoming): Readonly<Record<string, unknown>> {
  if (signed.length === 0 && odd === 0 && dropped.length === 0) return NO_DETAILS;
  return {
    ...(signed.length > 0 && { signed }),
    ...(odd > 0 && { droppedValues: odd }),
    ...(dropped.length > 0 && { dropped }),
  };
}

/** Never refused: an unknown charge, an odd meter or a blocked card are for the platform to look at. */
export const meansStop: Meaning<'StopTransaction'> = (request, incoming) => {
  const { transactionId, transactionData = [], idTag } = request;
  const { station, atMs } = incoming;
  const time = readStationTime(request.timestamp, atMs);
  const report = readMeterValues(transactionData, atMs);
  const transaction = station.findTransaction(transactionId);
  const connector = transaction === undefined ? null : station.connector(transaction.portNo);
  if (connector?.transactionId === transactionId) connector.transactionId = null;
  const suspendedMs = time.ms - (connector?.suspendedByVehicleSinceMs ?? Infinity);
  const end = endOf(request.reason, {
    byCard: idTag !== undefined,
    stopOrdered: transaction?.stopOrdered === true,
    wasFull: suspendedMs >= FULL_AFTER_MS,
  });
  const isNamed = transactionId > 0; // -1: the station never got its number
  const ended = toStep(time, incoming, {
    id: stopId(request, incoming),
    transactionRef: isNamed ? String(transactionId) : null,
    step: 'ended',
    portNo: null, // the message names none
    orderRef: transaction?.orderRef ?? null,
    cardId: isNamed ? null : (idTag ?? null),
    beginRegisterWh: report.beginRegisterWh,
    endRegisterWh: Math.round(request.meterStop),
    samples: report.samples,
    end,
    attributes: {
      transactionId,
      stopReason: request.reason ?? 'Local',
      ...(idTag !== undefined && { stoppedBy: idTag }),
      ...detailsOf(report, incoming),
    },
  });
  return { facts: [ended], reply: stored({}) };
};
/** The same account is the same fact; another one about the same charge is another, so that it is seen. */
const stopId = (
  { transactionId, meterStop, timestamp, reason = 'Local', idTag = '' }: Stop,
  { deviceId }: Incoming,
): string =>
  `${deviceId}:stop:${transactionId}:${hash53(`${meterStop}:${timestamp}:${reason}:${idTag.toUpperCase()}`).toString(36)}`;

/** May this card charge? The same question, sent again, has the same message id and gets the same answer. */
export const meansAuthorize: Meaning<'Authorize'> = ({ idTag }, incoming) => {
  const { deviceId, at, station, options } = incoming;
  if (station.orderOfTag(idTag) !== null)
    return { facts: [], reply: { when: 'now', payload: { idTagInfo: { status: 'Accepted' } } } };
  const causeId = factId(incoming);
  const swiped: ProtocolEvent = {
    type: 'card.swiped',
    id: causeId,
    deviceId,
    at,
    cardId: idTag,
    cardNumber: idTag,
    portNo: null,
    attributes: {},
  };
  return {
    facts: isOrderTag(idTag) ? [] : [swiped],
    reply: {
      when: 'asked',
      deadlineMs: options.decisionDeadlineMs,
      question: { kind: 'card.authorise', deviceId, causeId, cardId: idTag, cardNumber: idTag, portNo: null },
      payload: (reply) => ({ idTagInfo: idTagInfoOf(reply, options.undecidedCard) }),
    },
  };
};
