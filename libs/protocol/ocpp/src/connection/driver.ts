import type { Capabilities } from '@chargebus/domain';
import { concluded, none, told } from '@chargebus/protocol-core';
import type { Declaration, MessageDriver } from '@chargebus/protocol-core';
import { viewMessage } from '../rpc/view';
import type { OcppFrame } from './frame';
import { OcppConnection } from './ocpp-connection';
import type { OcppOptions } from './options';
import type { OcppVersion, StationSide } from './version';

const FACTS: Declaration['facts'] = {
  'device.registered': told(),
  'device.heartbeat': told(),
  'port.status': told(),
  'charge.started': concluded('from the steps of the transaction'),
  'charge.replied': told(),
  'charge.progress': concluded('from the registers of the transaction'),
  'charge.settled': concluded('from the end of the transaction'),
  'charge.transaction': told(),
  'device.fault': told(),
  'device.fault_cleared': told('not of security events'),
  'card.swiped': told(),
  'firmware.progress': told(),
  'device.network': none('no radio sockets'),
  'device.inventory': none('settings are read by params.get'),
  'device.notice': told(),
};

/** One version as a driver: everything but what its messages mean. */
export interface VersionDriver {
  readonly name: string; // the subprotocol, too
  readonly version: OcppVersion;
  readonly orders: Capabilities;
  readonly facts?: Partial<Declaration['facts']>; // where it tells otherwise
  readonly options: OcppOptions;
  station(...opening: Parameters<MessageDriver['open']>): StationSide;
}

export const createDriver = (of: VersionDriver): MessageDriver<OcppFrame> => ({
  name: of.name,
  subprotocol: of.name,
  profile: {
    heartbeatIntervalS: of.options.heartbeatIntervalS,
    commandGapMs: 0, // one CALL is open at a time, which is gap enough
    connectionGapMs: 0,
    idleCloseMs: 2 * of.options.heartbeatIntervalS * 1000 + 30_000, // for stations that answer no pings (page §1.6)
    stallMs: 5_000, // messages come whole
  },
  view: viewMessage,
  declaration: { orders: of.orders, facts: { ...FACTS, ...of.facts } },
  open: (...opening) => {
    const [seed, deviceId] = opening;
    return new OcppConnection(of.version, of.station(...opening), deviceId, seed);
  },
});
