import { concluded, none, told } from '@chargebus/protocol-core';
import type { Declaration, MessageDriver } from '@chargebus/protocol-core';
import type { OcppFrame } from '../connection/frame';
import { OcppConnection } from '../connection/ocpp-connection';
import { StationSide16 } from './connection/station-side';
import { capabilities } from './exchanges/begin';
import { DEFAULT_OPTIONS_16 } from './options';
import type { Options16 } from './options';
import { OCPP_16 } from './version';

const declaration: Declaration = {
  orders: capabilities,
  facts: {
    'device.registered': told(),
    'device.heartbeat': told(),
    'port.status': told(),
    'charge.started': concluded('from the start of the transaction'),
    'charge.replied': told(),
    'charge.progress': concluded('from the registers of the transaction'),
    'charge.settled': concluded('from the end of the transaction'),
    'charge.transaction': told(),
    'device.fault': told(),
    'device.fault_cleared': told('not of security events'),
    'card.swiped': told(),
    'firmware.progress': told(),
    'device.network': none('no radio sockets'),
    'device.inventory': none('the configuration is read by params.get'),
    'device.notice': told(),
  },
};

export function createOcpp16Driver(options: Partial<Options16> = {}): MessageDriver<OcppFrame> {
  const settings: Options16 = { ...DEFAULT_OPTIONS_16, ...options };
  return {
    name: 'ocpp1.6',
    subprotocol: 'ocpp1.6',
    profile: {
      heartbeatIntervalS: settings.heartbeatIntervalS,
      commandGapMs: 0, // one CALL is open at a time, which is gap enough
      connectionGapMs: 0,
      idleCloseMs: 2 * settings.heartbeatIntervalS * 1000 + 30_000, // for stations that answer no pings (page §1.6)
      stallMs: 5_000, // messages come whole
    },
    declaration,
    open: (seed, deviceId) => new OcppConnection(OCPP_16, new StationSide16(deviceId, seed, settings), deviceId, seed),
  };
}

export const ocpp16Driver = createOcpp16Driver();
