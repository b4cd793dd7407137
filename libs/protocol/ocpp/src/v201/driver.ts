import { concluded, none, told } from '@chargebus/protocol-core';
import type { Declaration, MessageDriver } from '@chargebus/protocol-core';
import type { OcppFrame } from '../connection/frame';
import { OcppConnection } from '../connection/ocpp-connection';
import { StationSide201 } from './connection/station-side';
import { capabilities } from './exchanges/begin';
import { DEFAULT_OPTIONS_201 } from './options';
import type { Options201 } from './options';
import { OCPP_201 } from './version';

const declaration: Declaration = {
  orders: capabilities,
  facts: {
    'device.registered': told(),
    'device.heartbeat': told(),
    'port.status': told('refined by the state of the transaction'),
    'charge.started': concluded('from the steps of the transaction'),
    'charge.replied': told(),
    'charge.progress': concluded('from the steps of the transaction'),
    'charge.settled': concluded('from the steps of the transaction'),
    'charge.transaction': told(),
    'device.fault': told(),
    'device.fault_cleared': told('not of security events'),
    'card.swiped': told(),
    'firmware.progress': told(),
    'device.network': none('no radio sockets'),
    'device.inventory': none('the device model is read by params.get'),
    'device.notice': told(),
  },
};

export function createOcpp201Driver(options: Partial<Options201> = {}): MessageDriver<OcppFrame> {
  const settings: Options201 = { ...DEFAULT_OPTIONS_201, ...options };
  return {
    name: 'ocpp2.0.1',
    subprotocol: 'ocpp2.0.1',
    profile: {
      heartbeatIntervalS: settings.heartbeatIntervalS,
      commandGapMs: 0, // one CALL is open at a time, which is gap enough
      connectionGapMs: 0,
      idleCloseMs: 2 * settings.heartbeatIntervalS * 1000 + 30_000, // for stations that answer no pings (page §1.6)
      stallMs: 5_000, // messages come whole
    },
    declaration,
    open: (seed, deviceId) =>
      new OcppConnection(OCPP_201, new StationSide201(deviceId, seed, settings), deviceId, seed),
  };
}

export const ocpp201Driver = createOcpp201Driver();
