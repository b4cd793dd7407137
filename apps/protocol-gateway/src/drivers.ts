import { ap3000Driver } from '@chargebus/protocol-ap3000';
import { createBkvDriver } from '@chargebus/protocol-bkv';
import type { BkvOptions } from '@chargebus/protocol-bkv';
import type { MessageDriver, ProtocolDriver } from '@chargebus/protocol-core';
import { createOcpp16Driver, createOcpp201Driver } from '@chargebus/protocol-ocpp';
import type { OcppOptions } from '@chargebus/protocol-ocpp';
import { createYkcDriver } from '@chargebus/protocol-ykc';
import type { YkcDialect } from '@chargebus/protocol-ykc';
import { ProtocolOptions } from './protocol-options';

/** Every protocol that this gateway speaks on TCP. A new one is added here and nowhere else. */
export function createDrivers({ bkv, ykc }: ProtocolOptions = ProtocolOptions.parse({})): readonly ProtocolDriver[] {
  const { defaults, piles, maxLength } = ykc;
  return [
    ap3000Driver,
    createBkvDriver(bkv as Partial<BkvOptions>),
    createYkcDriver({
      defaults: defaults as Partial<YkcDialect>,
      dialectOf: (pileCode) => (piles[pileCode] ?? {}) as Partial<YkcDialect>,
      maxLength,
    }),
  ];
}

/** Every protocol of the WebSocket door, told apart by its subprotocol. */
export function createMessageDrivers({ ocpp }: ProtocolOptions = ProtocolOptions.parse({})): readonly MessageDriver[] {
  const { registration, stations, urls, vendors } = ocpp;
  const options: Partial<OcppOptions> = {
    registrationOf: (deviceId) => stations[deviceId] ?? registration,
    vendors: new Map(
      Object.entries(vendors).map(([vendor, messages]) => [vendor, messages === null ? null : new Set(messages)]),
    ),
  };
  return [createOcpp16Driver(options), createOcpp201Driver({ ...options, urls })];
}
