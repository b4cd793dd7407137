import type { Answer, Reception } from '@chargebus/protocol-core';
import { answerBytes, arrivalId, NEVER } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { deviceNoOf, TYPE_NAMES, typeCodeOf } from '../physical-id';
import { versionText } from '../tables/firmware-version';
import { portReports, portsOfMask } from '../tables/port-status';

const now = (bytes: Uint8Array): Answer => ({ when: 'now', bytes });
const success = (incoming: Incoming, command: '01' | '15' | '20' | '21'): Answer =>
  now(answerBytes(incoming, command, { result: 0 }));

/** Answered with 0 even for unknown ids: anything else only makes the device repeat it (page §9). */
export const meansRegistration: Meaning<'20'> = (fields, incoming) => {
  const { firmwareVersion, portCount, virtualId, deviceType, workMode, powerBoardVersion } = fields;
  const { deviceId, at, iccid, device } = incoming;
  device.model = { deviceType, firmwareVersion };
  return {
    facts: [
      {
        type: 'device.registered',
        id: arrivalId(incoming),
        deviceId,
        at,
        protocol: 'ap3000',
        deviceNo: deviceNoOf(deviceId),
        model: TYPE_NAMES[typeCodeOf(deviceId)] ?? null,
        firmwareVersion: versionText(firmwareVersion),
        portCount: portCount === 0 ? null : portCount,
        iccid,
        imei: null,
        attributes: { virtualId, deviceType, workMode, ...(powerBoardVersion !== undefined && { powerBoardVersion }) },
      },
    ],
    answer: success(incoming, '20'),
  };
};

const NO_ATTRIBUTES: Readonly<Record<string, never>> = Object.freeze({});

export const meansHeartbeat: Meaning<'21'> = (fields, incoming) => ({
  facts: [
    {
      type: 'device.heartbeat',
      id: arrivalId(incoming),
      deviceId: incoming.deviceId,
      at: incoming.at,
      voltageV: fields.voltageV,
      temperatureC: fields.temperatureC ?? null,
      signal: fields.signal ?? null,
      ports: portReports(fields.portStatuses),
      attributes: NO_ATTRIBUTES,
    },
  ],
  answer: success(incoming, '21'),
});

export const meansOldHeartbeat: Meaning<'01'> = (fields, incoming) => {
  const { deviceId, at, device } = incoming;
  const { firmwareVersion, portPowersW, portPeakPowersW, virtualId } = fields;
  device.model = { deviceType: fields.deviceType ?? device.model.deviceType, firmwareVersion };
  return {
    facts: [
      {
        type: 'device.heartbeat',
        id: arrivalId(incoming),
        deviceId,
        at,
        voltageV: fields.voltageV,
        temperatureC: fields.temperatureC ?? null,
        signal: fields.signal,
        ports: portReports(fields.portStatuses),
        attributes: { firmwareVersion: versionText(firmwareVersion), portPowersW, portPeakPowersW, virtualId },
      },
    ],
    answer: answerToOldHeartbeat(incoming),
  };
};

/**
 * A device that gets 0x21 answered stops using 0x01, one that gets 0x01 answered keeps to it. So the first 0x01 stays
 * unanswered, and all of them once the device has shown that it knows 0x20 or 0x21 (page §9).
 */
export function answerToOldHeartbeat(incoming: Incoming): Answer {
  const { saysHeartbeat, saysRegistration, oldHeartbeats } = incoming.device;
  return saysHeartbeat || saysRegistration || oldHeartbeats < 2 ? NEVER : success(incoming, '01');
}

export const meansCabinetHeartbeat: Meaning<'41'> = (fields, incoming) => ({
  facts: [
    heartbeatWith(incoming, null, {
      portCount: fields.portCount,
      openDoors: portsOfMask(fields.doorMask),
      runningFans: portsOfMask(fields.fanMask),
    }),
  ],
  answer: NEVER,
});

export const meansTimeQuestion: Meaning<'12' | '22'> = (_fields, incoming) => ({
  facts: [],
  answer: now(
    answerBytes(incoming, incoming.command === '12' ? '12' : '22', { timestamp: Math.floor(incoming.atMs / 1000) }),
  ),
});

/** Old host that wants firmware: acknowledged, then 0xF9 begins at packet 1. */
export const meansHostUpgradeRequest: Meaning<'15'> = (_fields, incoming) => ({
  facts: [upgradeRequested(incoming, {})],
  answer: success(incoming, '15'),
});

export const meansUpgradeRequest: Meaning<'05'> = (fields, incoming) => ({
  facts: [upgradeRequested(incoming, fields)],
  answer: NEVER,
});

/** A packet reply nobody waits for, with packet 0, is the device asking for an upgrade; other late ones say nothing. */
export const meansPacketReply: Meaning<'E0' | 'FA'> = (fields, incoming) =>
  fields.packet !== 0 || incoming.device.isInFlight(incoming.messageId)
    ? { facts: [], answer: NEVER }
    : { facts: [upgradeRequested(incoming, { result: fields.result })], answer: NEVER };

function upgradeRequested(
  incoming: Incoming,
  attributes: Readonly<Record<string, unknown>>,
): Reception['facts'][number] {
  return {
    type: 'firmware.progress',
    id: arrivalId(incoming),
    deviceId: incoming.deviceId,
    at: incoming.at,
    phase: 'requested',
    packet: null,
    totalPackets: null,
    reason: null,
    attributes: { ...attributes, command: incoming.command },
  };
}

export function heartbeatWith(
  incoming: Incoming,
  voltageV: number | null,
  attributes: Readonly<Record<string, unknown>>,
): Reception['facts'][number] {
  return {
    type: 'device.heartbeat',
    id: arrivalId(incoming),
    deviceId: incoming.deviceId,
    at: incoming.at,
    voltageV,
    temperatureC: null,
    signal: null,
    ports: [],
    attributes,
  };
}
