import type { DeviceCommand } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { heartbeat } from '@chargebus/protocol-core';
import { answerBytes, arrivalId } from '../connection/incoming';
import type { Meaning } from '../connection/incoming';
import { changeFaults } from './faults';

const NO_ICCID = /^(0*|f*)$/;
const SETTLE_MS = 2_000;
const DAY_MS = 86_400_000;
/** §4.5: what a pile is told and asked first. */
const GREETING: readonly DeviceCommand[] = [{ kind: 'time.sync' }, { kind: 'status.query' }];

/** §4.1. A refused pile is answered and not heard. */
export const meansLogin: Meaning<'01'> = (fields, incoming) => {
  const { deviceId, at, atMs, pile } = incoming;
  const { pileCode, pileType, gunCount, protocolVersion, programVersion, networkType, simIccid, operator } = fields;
  const { accepted } = pile.dialect;
  const answer = { when: 'now', bytes: answerBytes(incoming, '02', { pileCode, result: accepted ? 0 : 1 }) } as const;
  pile.loggedIn = accepted;
  if (!accepted) return { facts: [], answer };
  pile.isAc = pileType === 1;
  pile.gunCount = Math.min(gunCount, 99);
  pile.protocolVersion = protocolVersion;
  pile.settlesAtMs = atMs + SETTLE_MS;
  pile.clockSetMs = atMs;
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
  return { facts: [registered], answer, errands: GREETING };
};

/** One per gun; 0x13 tells what the gun is doing, only its fault flag counts here. Once a day the clock is set (§5.5). */
export const meansHeartbeat: Meaning<'03'> = (fields, incoming) => {
  const { deviceId, at, atMs, pile } = incoming;
  const { pileCode, gun: portNo, gunStatus } = fields;
  const bytes = answerBytes(incoming, '04', { pileCode, gun: portNo, reply: 0 });
  const beat = heartbeat({ id: arrivalId(incoming, portNo), deviceId, at });
  const faults = portNo === 0 ? [] : changeFaults(incoming, portNo, 'heartbeat', gunStatus === 1 ? ['gun_fault'] : []);
  const reception = { facts: [beat, ...faults], answer: { when: 'now', bytes } } as const;
  if (atMs - pile.clockSetMs < DAY_MS) return reception;
  pile.clockSetMs = atMs;
  return { ...reception, errands: [{ kind: 'time.sync' }] };
};
