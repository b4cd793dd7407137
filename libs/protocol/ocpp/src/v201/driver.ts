import { told } from '@chargebus/protocol-core';
import type { MessageDriver } from '@chargebus/protocol-core';
import { createDriver } from '../connection/driver';
import type { OcppFrame } from '../connection/frame';
import { withHeartbeat } from '../connection/options';
import { StationSide201 } from './connection/station-side';
import { capabilities } from './exchanges/begin';
import { DEFAULT_OPTIONS_201 } from './options';
import type { Options201 } from './options';
import { OCPP_201 } from './version';

export function createOcpp201Driver(options: Partial<Options201> = {}): MessageDriver<OcppFrame> {
  const settings: Options201 = { ...DEFAULT_OPTIONS_201, ...options };
  return createDriver({
    name: 'ocpp2.0.1',
    version: OCPP_201,
    orders: capabilities,
    facts: { 'port.status': told('refined by the state of the transaction') },
    options: settings,
    station: (seed, deviceId, acceptedBefore, heartbeatIntervalS) =>
      new StationSide201(deviceId, seed, withHeartbeat(settings, heartbeatIntervalS), acceptedBefore),
  });
}

export const ocpp201Driver = createOcpp201Driver();
