import { heartbeat } from '@chargebus/protocol-core';
import type { Reception } from '@chargebus/protocol-core';
import { answerBytes, arrivalId } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import type { FieldsOf } from '../commands/command-table';
import { toLocal } from '../local-time';

/** The heartbeat is the login, too: its first one, and one with another SIM or firmware, describes the gateway. */
export const meansHeartbeat: Meaning<'0000'> = (fields, incoming) => {
  const { deviceId, at, atMs, device, options } = incoming;
  const { iccid, firmware, rssi } = fields;
  const identity = `${iccid}|${firmware}`;
  const isNew = device.identity !== identity;
  device.identity = identity;
  const signal = rssi === UNKNOWN_SIGNAL ? null : rssi;
  const beat = heartbeat({ id: arrivalId(incoming), deviceId, at }, { signal, attributes: { iccid, firmware } });
  return {
    facts: isNew ? [registered(fields, incoming), beat] : [beat],
    answer: { when: 'now', bytes: answerBytes(incoming, '0000', { time: toLocal(atMs, options.utcOffsetMin) }) },
  };
};
const UNKNOWN_SIGNAL = 99;

function registered({ iccid, firmware }: FieldsOf<'0000'>, incoming: Incoming): Reception['facts'][number] {
  const { deviceId, at } = incoming;
  return {
    type: 'device.registered',
    id: `${arrivalId(incoming)}:registered`,
    deviceId,
    at,
    protocol: 'bkv',
    deviceNo: deviceId, // printed on the gateway as it is
    model: null,
    firmwareVersion: firmware === '' ? null : firmware,
    portCount: null, // sockets come and go; each one is known by its first report
    iccid,
    imei: null,
    attributes: {},
  };
}
