import type { ProtocolEvent } from '@chargebus/events';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes, arrivalId, NEVER, only } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { deviceNoOf, typeCodeOf } from '../physical-id';
import { versionText } from '../tables/firmware-version';
import { heartbeatWith } from './presence';

const HOST_TYPE_CODES: ReadonlySet<number> = new Set([0x09, 0x0a]);
const BREAKER_TYPE_CODE = 0x0a;
const BREAKER_HOST_TYPE = 0x51;

/** A new host, or one whose version, ICCID or IMEI changed, describes itself; otherwise it is only alive (page §12). */
export const meansHostStatus: Meaning<'11'> = (fields, incoming) => {
  const { device } = incoming;
  const identity = [fields.firmwareVersion, fields.iccid, fields.imei, fields.hostType].join('|');
  const isNew = device.hostIdentity !== identity;
  device.hostIdentity = identity;
  device.host = { hostType: fields.hostType ?? null };
  return only(isNew ? hostRegistered(fields, incoming) : heartbeatWith(incoming, null, hostAttributes(fields)));
};

/**
 * A combined host shares its id with a socket, whose model and firmware come in 0x20 and must not be overwritten: what
 * is the host's own stands in `attributes.host`, and at the top only for ids that are nothing but a host.
 */
function hostRegistered(fields: FieldsOf<'up', '11'>, incoming: Incoming): ProtocolEvent {
  const { deviceId, at } = incoming;
  const isOnlyHost = HOST_TYPE_CODES.has(typeCodeOf(deviceId));
  return {
    type: 'device.registered',
    id: arrivalId(incoming),
    deviceId,
    at,
    protocol: 'ap3000',
    deviceNo: deviceNoOf(deviceId),
    model: isOnlyHost ? 'host' : null,
    firmwareVersion: isOnlyHost ? versionText(fields.firmwareVersion) : null,
    portCount: null,
    iccid: said(fields.iccid) ?? incoming.iccid,
    imei: said(fields.imei),
    attributes: hostAttributes(fields),
  };
}

/** Zeros in place of a text say nothing. */
const said = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

function hostAttributes(fields: FieldsOf<'up', '11'>): Readonly<Record<string, unknown>> {
  const { firmwareVersion, rtcModule, signal, moduleType, hostType, frequencyMHz, moduleVersion } = fields;
  const host = {
    firmwareVersion: versionText(firmwareVersion),
    rtcModule,
    signal: signal === 99 ? null : signal > 100 ? signal - 100 : signal, // 99: abnormal; some modules add 100
    moduleType,
    hostType: hostType ?? null,
    frequencyMHz: frequencyMHz ?? null,
    moduleVersion: said(moduleVersion),
  };
  return { host };
}

/** Only an earth-leakage host has a breaker; of an ordinary host the breaker's fields mean nothing (page §11). */
export const meansBreakerStatus: Meaning<'17'> = (fields, incoming) => {
  const { device, deviceId } = incoming;
  const { breakerState, smokeAlarm, temperatureRaw, currentA, energyKwh, meterCurrentA, meterEnergyKwh } = fields;
  const { alarmRelay, leakageMa, liveWireTempRaw, neutralWireTempRaw, lockState, breakerModel } = fields;
  const meter = { smokeAlarm, temperatureRaw, currentA, energyKwh, meterCurrentA, meterEnergyKwh };
  const breaker = { breakerState, alarmRelay, leakageMa, liveWireTempRaw, neutralWireTempRaw, lockState, breakerModel };
  const hasBreaker = typeCodeOf(deviceId) === BREAKER_TYPE_CODE || device.host?.hostType === BREAKER_HOST_TYPE;
  const alive = heartbeatWith(incoming, fields.voltageV, hasBreaker ? { ...meter, ...breaker } : meter);
  const change = smokeChange(incoming, smokeAlarm !== 0);
  return change === null ? only(alive) : only(alive, change);
};

/** The first report of a connection counts as a change: the other one may have been told to a gateway that is gone. */
function smokeChange(incoming: Incoming, smoke: boolean): ProtocolEvent | null {
  const { device, deviceId, at } = incoming;
  if (device.smoke === smoke) return null;
  device.smoke = smoke;
  const fact = { id: `${arrivalId(incoming)}:smoke`, deviceId, at, token: 'smoke', portNo: null };
  return smoke
    ? { type: 'device.fault', ...fact, severity: 'critical', latched: false, details: {} }
    : { type: 'device.fault_cleared', ...fact };
}

export const meansSlaveList: Meaning<'35'> = (fields, incoming) => {
  const { deviceId, at } = incoming;
  const entries = fields.entries.map(({ deviceType, lowestFirmwareVersion, physicalId }) => ({
    deviceType,
    lowestFirmwareVersion: versionText(lowestFirmwareVersion),
    deviceId: physicalId,
  }));
  return only({ type: 'device.inventory', id: arrivalId(incoming), deviceId, at, entries });
};

/** Answered with a 0x3A of the same message id, and only if this connection knows what the host was given. */
export const meansFskRequest: Meaning<'3B'> = (_fields, incoming) => {
  const { fsk } = incoming.device;
  if (fsk === null) return { facts: [], answer: NEVER };
  const { frequencyMHz, slaves } = fsk;
  const bytes = answerBytes(incoming, '3A', { frequencyMHz, reservedHex: '000000', slaveCount: slaves.length, slaves });
  return { facts: [], answer: { when: 'now', bytes } };
};
