import type { ProtocolEvent } from '@chargebus/events';
import { answerBytes, arrivalId } from '../connection/incoming';
import type { Meaning } from '../connection/incoming';
import { changeFaults } from './faults';

const NO_ICCID = /^(0*|f*)$/;

/** §4.1. A refused pile is answered and not heard. */
export const meansLogin: Meaning<'01'> = (fields, incoming) => {
  const { deviceId, at, pile } = incoming;
  const { pileCode, pileType, gunCount, protocolVersion, programVersion, networkType, simIccid, operator } = fields;
  const { accepted } = pile.dialect;
  const answer = { when: 'now', bytes: answerBytes(incoming, '02', { pileCode, result: accepted ? 0 : 1 }) } as const;
  pile.loggedIn = accepted;
  if (!accepted) return { facts: [], answer };
  pile.isAc = pileType === 1;
  pile.gunCount = Math.min(gunCount, 99);
  const registered: ProtocolEvent = {
    type: 'device.registered',
    id: arrivalId(incoming),
    deviceId,
    at,
    protocol: 'ykc',
    deviceNo: pileCode,
    model: pileType === 1 ? 'ac_pile' : 'dc_pile',
    firmwareVersion: programVersion === '' ? null : programVersion,
    portCount: gunCount === 0 ? null : gunCount,
    iccid: NO_ICCID.test(simIccid) ? null : simIccid.toUpperCase(),
    imei: null,
    attributes: { pileType, protocolVersion, networkType, operator },
  };
  return { facts: [registered], answer };
};

/** One per gun; 0x13 tells what the gun is doing, only its fault flag counts here. */
export const meansHeartbeat: Meaning<'03'> = (fields, incoming) => {
  const { deviceId, at } = incoming;
  const { pileCode, gun: portNo, gunStatus } = fields;
  const bytes = answerBytes(incoming, '04', { pileCode, gun: portNo, reply: 0 });
  const beat: ProtocolEvent = {
    type: 'device.heartbeat',
    id: arrivalId(incoming, portNo),
    deviceId,
    at,
    voltageV: null,
    temperatureC: null,
    signal: null,
    ports: [],
    attributes: {},
  };
  const faults = portNo === 0 ? [] : changeFaults(incoming, portNo, 'heartbeat', gunStatus === 1 ? ['gun_fault'] : []);
  return { facts: [beat, ...faults], answer: { when: 'now', bytes }, errands: incoming.pile.greeting() };
};
