import { DEVICE_COMMAND_KINDS, MODEL_COMMAND_KINDS, STATION_COMMAND_KINDS } from '@chargebus/domain';
import type {
  Capabilities,
  Capability,
  CommandOf,
  CommandOutcome,
  DeviceCommand,
  DeviceCommandKind,
} from '@chargebus/domain';

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

/** The same reason for several kinds. */
export const noneOf = <K extends DeviceCommandKind>(
  why: string,
  ...kinds: readonly K[]
): Readonly<Record<K, ReturnType<typeof none>>> =>
  Object.fromEntries(kinds.map((kind) => [kind, none(why)])) as Record<K, ReturnType<typeof none>>;

/** For the tables of protocols without a device model. */
export const NO_MODEL_ORDERS = noneOf('an order of stations with a device model (OCPP 2.0.1)', ...MODEL_COMMAND_KINDS);
/** For the tables of protocols that have none of the orders that OCPP stations take. */
export const NO_STATION_ORDERS = {
  ...NO_MODEL_ORDERS,
  ...noneOf('an order of OCPP stations', ...STATION_COMMAND_KINDS),
};

/** What a driver's table of orders says about itself. */
export function capabilitiesOf(orders: Readonly<Record<DeviceCommandKind, OrderEntry<unknown>>>): Capabilities {
  const entries = DEVICE_COMMAND_KINDS.map((kind) => {
    const { support, why } = orders[kind];
    return [kind, { support, why }];
  });
  return Object.fromEntries(entries) as Capabilities;
}

/** How a kind of order is begun on a link; an outcome at once when this device cannot. */
type BeginOn<K extends DeviceCommandKind, L, B> = (command: CommandOf<K>, link: L) => B | CommandOutcome;
/** A driver's table: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
export type OrderTable<L, B> = { readonly [K in DeviceCommandKind]: OrderEntry<BeginOn<K, L, B>> };

export function beginOrder<L, B>(table: OrderTable<L, B>, command: DeviceCommand, link: L): B | CommandOutcome {
  const entry = table[command.kind] as OrderEntry<BeginOn<DeviceCommandKind, L, B>>;
  if (entry.support === 'none') return { status: 'unsupported', reason: entry.why };
  try {
    return entry.begin(command, link);
  } catch (error) {
    if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
    throw error;
  }
}
