import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import { beginOrder, capabilitiesOf, native, NO_STATION_ORDERS, noneOf, none } from '@chargebus/protocol-core';
import type { Exchange, OrderTable } from '@chargebus/protocol-core';
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

/** Page §8. */
const ORDERS: OrderTable<Link, Request | Exchange<BkvFrame>> = {
  'charge.start': native(chargeStart, 'time, energy, power tiers or service fee; until full is the longest time order'),
  'charge.stop': native(chargeStop),
  ...noneOf(
    'the protocol has no such frame',
    'charge.modify',
    'device.reboot',
    'device.factory_reset',
    'device.locate',
    'cabinet.open',
    'display.set_qr',
    'memory.read',
    'memory.write',
    'charge.start_parallel',
    'balance.update',
  ),
  'status.query': native(statusQuery),
  'params.get': native(parametersGet),
  'params.set': native(parametersSet),
  'voice.play': none('voice prompts have periods only, see voice.set'),
  'voice.set': native(voiceSet),
  'network.refresh': native(networkRefresh),
  'network.add': native(networkAdd),
  'network.remove': native(networkRemove, 'falls back to the remaining list'),
  ...noneOf('a gateway has no host above it', 'host.set_server', 'host.set_slaves', 'host.clear_slave_firmware'),
  'firmware.update': native(firmwareUpdate, 'the gateway itself, from an IPv4 address'),
  'time.sync': none('heartbeats are answered with the time'),
  'billing.set': none('a tariff comes with its start'),
  ...noneOf('sockets keep no card list', 'cards.write', 'cards.remove', 'cards.query'),
  'lock.move': none('no ground lock'),
  ...NO_STATION_ORDERS,
  'certificate.install': none('devices have no certificates'),
  'credentials.set': none('devices have no credentials'),
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginExchange(command: DeviceCommand, link: Link): Exchange<BkvFrame> | CommandOutcome {
  const begun = beginOrder(ORDERS, command, link);
  return 'judge' in begun ? new RequestExchange(link, begun) : begun;
}
