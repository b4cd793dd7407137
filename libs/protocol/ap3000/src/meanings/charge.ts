import { toInstant } from '@chargebus/domain';
import type { OrderRef } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import { chargeReplied, toHex } from '@chargebus/protocol-core';
import type { FieldsOf } from '../commands/command-table';
import { SETTLEMENT_KEY_BYTES } from '../commands/settlement';
import { answerBytes, arrivalId, only } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { PAYLOAD_START } from '../frame';
import { judgeChargeResult } from '../tables/charge-results';
import { portsOfMask, reportedPortState, toPortNo, toPortNoOrAny } from '../tables/port-status';
import { startCardOf, startCodeOf, startSourceOf } from '../tables/start-modes';
import { stopReasonOf } from '../tables/stop-reasons';

const ZERO_ORDER = '0'.repeat(32);
const wattHours = (energyKwh: number): number => Math.round(energyKwh * 1000);

/** Repeated by the device while the charge runs, so the order makes the fact. */
export const meansOrderConfirmation: Meaning<'04'> = (fields, incoming) => {
  const { deviceId, at, device } = incoming;
  const { port, startMode, cardOrCodeHex, durationS, orderHex } = fields;
  const portNo = toPortNo(port);
  device.charges.notePort(orderHex, portNo);
  return {
    facts: [
      {
        type: 'charge.started',
        id: `${deviceId}:04:${orderHex}:${port}`,
        deviceId,
        at,
        portNo,
        orderRef: orderHex as OrderRef,
        source: startSourceOf(startMode),
        cardId: startCardOf(startMode, cardOrCodeHex),
        durationS,
      },
    ],
    answer: { when: 'stored', bytes: answerBytes(incoming, '04', { port, result: 0 }) },
  };
};

export const meansPowerReport: Meaning<'06'> = (fields, incoming) => {
  const { deviceId, at, device, messageId } = incoming;
  const { orderHex, durationS } = fields;
  const portNo = toPortNo(fields.port);
  device.charges.notePort(orderHex, portNo);
  return only({
    type: 'charge.progress',
    id: `${deviceId}:06:${messageId}:${orderHex}:${durationS}`,
    deviceId,
    at,
    portNo,
    orderRef: orderHex as OrderRef,
    source: startSourceOf(fields.startMode),
    portState: reportedPortState(fields.portStatus),
    phase: 'charging',
    durationS,
    energyWh: wattHours(fields.energyKwh),
    powerW: fields.powerW,
    maxPowerW: fields.peakPowerW ?? fields.maxPowerW,
    minPowerW: fields.minPowerW,
    avgPowerW: fields.avgPowerW,
    voltageV: fields.voltageV ?? null,
    currentA: fields.currentA ?? null,
    frequencyHz: null,
    temperatureC: fields.portTemperatureC ?? null,
    envTemperatureC: fields.envTemperatureC ?? null,
    socPct: null,
  });
};

export const meansCabinetFinished: Meaning<'43'> = (fields, incoming) => {
  const { deviceId, at, messageId } = incoming;
  const { orderHex, durationS } = fields;
  return only({
    type: 'charge.progress',
    id: `${deviceId}:43:${messageId}:${orderHex}:${durationS}`,
    deviceId,
    at,
    portNo: toPortNo(fields.port),
    orderRef: orderHex as OrderRef,
    source: startSourceOf(fields.startMode),
    portState: null, // the slot stays occupied; what the port looks like comes with the next 0x21
    phase: 'finished_waiting_pickup',
    durationS,
    energyWh: wattHours(fields.energyKwh),
    powerW: null,
    maxPowerW: fields.maxPowerW,
    minPowerW: null,
    avgPowerW: null,
    voltageV: null,
    currentA: null,
    frequencyHz: null,
    temperatureC: null,
    envTemperatureC: null,
    socPct: null,
  });
};

/**
 * Answered once stored, every copy, also for orders that nobody knows: an unanswered record blocks the device's queue.
 * Message id and timestamp differ between copies, so neither is part of the fact's id (page §9).
 */
export const meansSettlement: Meaning<'03'> = (fields, incoming) => ({
  facts: [settled(fields, incoming)],
  answer: { when: 'stored', bytes: answerBytes(incoming, '03', { result: 0 }) },
});

function settled(fields: FieldsOf<'up', '03'>, incoming: Incoming): ProtocolEventOf<'charge.settled'> {
  const { deviceId, at, atMs, bytes } = incoming;
  const { durationS, startMode, cardOrCodeHex, orderHex, stopReason } = fields;
  const { token, endClass } = stopReasonOf(stopReason);
  const endedAtMs = plausibleEnd(fields.timestamp, atMs);
  return {
    type: 'charge.settled',
    id: `${deviceId}:03:${toHex(bytes, PAYLOAD_START, PAYLOAD_START + SETTLEMENT_KEY_BYTES)}`,
    deviceId,
    at,
    portNo: toPortNo(fields.port),
    orderRef: orderHex === ZERO_ORDER ? null : (orderHex as OrderRef),
    source: startSourceOf(startMode),
    cardId: startCardOf(startMode, cardOrCodeHex),
    startedAt: toInstant(endedAtMs - durationS * 1000),
    endedAt: toInstant(endedAtMs),
    durationS,
    energyWh: wattHours(fields.energyKwh),
    maxPowerW: fields.maxPowerW,
    endReason: token,
    endClass,
    fault: endClass === 'fault' ? token : null,
    attributes: settlementDetails(fields),
  };
}

function settlementDetails(fields: FieldsOf<'up', '03'>): Readonly<Record<string, unknown>> {
  const { stopReason, startMode, secondMaxPowerW, occupancyMin, timestamp, cardOrCodeHex } = fields;
  const codeHex = startCodeOf(startMode, cardOrCodeHex);
  return {
    stopReason,
    startMode,
    ...(secondMaxPowerW !== undefined && { secondMaxPowerW }),
    ...(occupancyMin !== undefined && { occupancyMin }),
    ...(timestamp !== undefined && { deviceTimestamp: timestamp }),
    ...(codeHex !== null && { codeHex }),
  };
}

const EARLIEST_CLOCK_S = 1_577_836_800; // 2020-01-01T00:00:00Z
const CLOCK_AHEAD_MS = 5 * 60_000;
/** The device's clock is believed between 2020 and five minutes from now; otherwise the charge ended on arrival. */
function plausibleEnd(timestampS: number | undefined, atMs: number): number {
  if (timestampS === undefined || timestampS < EARLIEST_CLOCK_S) return atMs;
  return timestampS * 1000 <= atMs + CLOCK_AHEAD_MS ? timestampS * 1000 : atMs;
}

/** The answer to a start or stop, never answered in turn: the device would take that for a new command. */
export const meansChargeReply: Meaning<'82'> = (fields, incoming) => {
  const { deviceId, at, device, messageId } = incoming;
  const sent = device.charges.find(messageId);
  const said = fields.orderHex === undefined || fields.orderHex === ZERO_ORDER ? null : fields.orderHex;
  const orderRef = said ?? sent?.orderRef ?? null;
  const portNo = (fields.port === undefined ? null : toPortNoOrAny(fields.port)) ?? sent?.portNo ?? null;
  const verdict = judgeChargeResult(fields.result, sent?.action ?? null, sent?.repeated ?? false);
  if (orderRef !== null && portNo !== null) device.charges.notePort(orderRef, portNo);
  return only({
    type: 'charge.replied',
    id:
      orderRef === null
        ? arrivalId(incoming)
        : `${deviceId}:82:${messageId}:${orderRef}:${sent?.action ?? 'late'}:${fields.result}`,
    deviceId,
    at,
    portNo,
    orderRef: orderRef as OrderRef | null,
    action: sent?.action ?? null,
    ...verdict,
    waitingPorts: portsOfMask(fields.waitingPortsMask ?? 0),
  });
};

/** Cabinets answer a stop that keeps the door shut with 0 or a failure that is not explained further. */
export const meansCabinetStopReply: Meaning<'72'> = (fields, incoming) => {
  const { deviceId, at, device, messageId } = incoming;
  const executed = fields.result === 0;
  return only(
    chargeReplied({
      id: `${deviceId}:72:${messageId}:${fields.orderHex}:${fields.result}`,
      deviceId,
      at,
      portNo: device.charges.findPort(fields.orderHex),
      orderRef: fields.orderHex as OrderRef,
      action: 'stop',
      executed,
      reason: executed ? 'ok' : 'not_stopped',
    }),
  );
};
