import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import { capabilitiesOf, native, NO_STATION_ORDERS, none } from '@chargebus/protocol-core';
import type { Exchange, OrderEntry } from '@chargebus/protocol-core';
import type { BkvFrame } from '../frame';
import { chargeStart, chargeStop } from './charge';
import { firmwareUpdate } from './firmware';
import type { Link } from './link';
import { networkAdd, networkRefresh, networkRemove } from './network';
import { parametersGet, parametersSet } from './parameters';
import { RequestExchange } from './request-exchange';
import type { Request } from './request-exchange';
import { statusQuery } from './status';
import { voiceSet } from './voice';

type Begin<K extends DeviceCommandKind> = (
  command: CommandOf<K>,
  link: Link,
) => Request | Exchange<BkvFrame> | CommandOutcome;

const NO_FRAME = none('the protocol has no such frame');
const NO_HOST = none('a gateway has no host above it');
const NO_CARD_LIST = none('sockets keep no card list');

/** Page §8: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const ORDERS: { readonly [K in DeviceCommandKind]: OrderEntry<Begin<K>> } = {
  'charge.start': native(chargeStart, 'time, energy, power tiers or service fee; until full is the longest time order'),
  'charge.stop': native(chargeStop),
  'charge.modify': NO_FRAME,
  'status.query': native(statusQuery),
  'params.get': native(parametersGet),
  'params.set': native(parametersSet),
  'device.reboot': NO_FRAME,
  'device.factory_reset': NO_FRAME,
  'device.locate': NO_FRAME,
  'cabinet.open': NO_FRAME,
  'voice.play': none('voice prompts have periods only, see voice.set'),
  'voice.set': native(voiceSet),
  'network.refresh': native(networkRefresh),
  'network.add': native(networkAdd),
  'network.remove': native(networkRemove, 'falls back to the remaining list'),
  'display.set_qr': NO_FRAME,
  'memory.read': NO_FRAME,
  'memory.write': NO_FRAME,
  'host.set_server': NO_HOST,
  'host.set_slaves': NO_HOST,
  'host.clear_slave_firmware': NO_HOST,
  'firmware.update': native(firmwareUpdate, 'the gateway itself, from an IPv4 address'),
  'charge.start_parallel': NO_FRAME,
  'time.sync': none('heartbeats are answered with the time'),
  'billing.set': none('a tariff comes with its start'),
  'balance.update': NO_FRAME,
  'cards.write': NO_CARD_LIST,
  'cards.remove': NO_CARD_LIST,
  'cards.query': NO_CARD_LIST,
  'lock.move': none('no ground lock'),
  ...NO_STATION_ORDERS,
  'certificate.install': none('devices have no certificates'),
  'credentials.set': none('devices have no credentials'),
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginExchange(command: DeviceCommand, link: Link): Exchange<BkvFrame> | CommandOutcome {
  const order = ORDERS[command.kind] as OrderEntry<Begin<DeviceCommandKind>>;
  if (order.support === 'none') return { status: 'unsupported', reason: order.why };
  try {
    const begun = order.begin(command, link);
    return 'judge' in begun ? new RequestExchange(link, begun) : begun;
  } catch (error) {
    if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
    throw error;
  }
}
