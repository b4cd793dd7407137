import type { MessageDriver } from '@chargebus/protocol-core';
import { createDriver } from '../connection/driver';
import type { OcppFrame } from '../connection/frame';
import { withHeartbeat } from '../connection/options';
import { StationSide16 } from './connection/station-side';
import { capabilities } from './exchanges/begin';
import { DEFAULT_OPTIONS_16 } from './options';
import type { Options16 } from './options';
import { OCPP_16 } from './version';

export function createOcpp16Driver(options: Partial<Options16> = {}): MessageDriver<OcppFrame> {
  const settings: Options16 = { ...DEFAULT_OPTIONS_16, ...options };
  return createDriver({
    name: 'ocpp1.6',
    version: OCPP_16,
    orders: capabilities,
    options: settings,
    station: (seed, deviceId, acceptedBefore, heartbeatIntervalS) =>
      new StationSide16(deviceId, seed, withHeartbeat(settings, heartbeatIntervalS), acceptedBefore),
  });
}

export const ocpp16Driver = createOcpp16Driver();
