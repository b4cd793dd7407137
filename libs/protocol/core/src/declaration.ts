import { DEVICE_COMMAND_KINDS } from '@chargebus/domain';
import type {
  Capabilities,
  Capability,
  DeviceCommandKind,
  ModelCommandKind,
  StationCommandKind,
} from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';

/** Facts that come from a driver; the rest are the gateway's own. */
export type DriverFact = Exclude<
  ProtocolEvent['type'],
  'device.connected' | 'device.disconnected' | 'device.incapable' | 'frame.rejected'
>;

/** What a protocol can do: shown by the API, printed in `docs/protocols/matrix.md`, proved by the conformance suite. */
export interface Declaration {
  readonly orders: Capabilities;
  readonly facts: Readonly<Record<DriverFact, Capability>>;
}

/** One kind of order in a driver's table: how it is begun, or why it cannot be. */
export type OrderEntry<Begin> =
  (Exclude<Capability, { support: 'none' }> & { readonly begin: Begin }) | Extract<Capability, { support: 'none' }>;

/** The protocol has messages for it. `limit`: what it cannot do all the same. */
export const native = <Begin>(begin: Begin, limit: string | null = null): OrderEntry<Begin> => ({
  support: 'native',
  why: limit,
  begin,
});
/** The protocol has no message of its own for it; `how` says what does it instead. */
export const emulated = <Begin>(how: string, begin: Begin): OrderEntry<Begin> => ({
  support: 'emulated',
  why: how,
  begin,
});
/** Orders of this kind are refused as `unsupported`, with this reason. */
export const none = (why: string): Extract<Capability, { support: 'none' }> => ({ support: 'none', why });

const MODELS_ONLY = none('an order of stations with a device model (OCPP 2.0.1)');
/** For the tables of protocols without a device model. */
export const NO_MODEL_ORDERS: Readonly<Record<ModelCommandKind, typeof MODELS_ONLY>> = {
  'transaction.query': MODELS_ONLY,
  'cost.show': MODELS_ONLY,
  'charging_profile.list': MODELS_ONLY,
  'display.show': MODELS_ONLY,
  'display.remove': MODELS_ONLY,
  'display.list': MODELS_ONLY,
  'customer.information': MODELS_ONLY,
  'monitor.set': MODELS_ONLY,
  'monitor.remove': MODELS_ONLY,
  'monitor.list': MODELS_ONLY,
  'network_profile.set': MODELS_ONLY,
};

/** For the tables of protocols that have none of the orders that OCPP stations take. */
const STATIONS_ONLY = none('an order of OCPP stations');
export const NO_STATION_ORDERS: Readonly<Record<StationCommandKind | ModelCommandKind, typeof STATIONS_ONLY>> = {
  ...NO_MODEL_ORDERS,
  diagnose: STATIONS_ONLY,
  reserve: STATIONS_ONLY,
  'reserve.cancel': STATIONS_ONLY,
  'port.unlock': STATIONS_ONLY,
  'port.availability': STATIONS_ONLY,
  'charging_profile.set': STATIONS_ONLY,
  'charging_profile.clear': STATIONS_ONLY,
  'charging_profile.composite': STATIONS_ONLY,
  'local_list.send': STATIONS_ONLY,
  'local_list.version': STATIONS_ONLY,
  'cache.clear': STATIONS_ONLY,
  trigger: STATIONS_ONLY,
  'data.transfer': STATIONS_ONLY,
  'certificate.trust': STATIONS_ONLY,
  'certificate.list': STATIONS_ONLY,
  'certificate.remove': STATIONS_ONLY,
};

/** A fact that the protocol tells, and what it leaves out. */
export const told = (limit: string | null = null): Capability => ({ support: 'native', why: limit });
/** A fact that the driver concludes from others. */
export const concluded = (how: string): Capability => ({ support: 'emulated', why: how });

/** What a driver's table of orders says about itself. */
export function capabilitiesOf(orders: Readonly<Record<DeviceCommandKind, OrderEntry<unknown>>>): Capabilities {
  const entries = DEVICE_COMMAND_KINDS.map((kind) => {
    const { support, why } = orders[kind];
    return [kind, { support, why }];
  });
  return Object.fromEntries(entries) as Capabilities;
}
