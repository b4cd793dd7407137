import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import { capabilitiesOf, native, NO_STATION_ORDERS, none } from '@chargebus/protocol-core';
import type { Exchange, OrderEntry } from '@chargebus/protocol-core';
import type { Ap3000Frame } from '../frame';
import { isFactoryId } from '../physical-id';
import { toWirePort } from '../tables/port-status';
import { chargeStart, chargeStop } from './charge';
import { beginFirmware } from './firmware';
import type { Link } from './link';
import { parametersGet, parametersSet } from './parameters';
import { RequestExchange } from './request-exchange';
import type { Request } from './request-exchange';
import { chargeModify, displayQr, hostServer, hostSlaves, memoryRead, reboot, simple, statusQuery } from './simple';

type Begin<K extends DeviceCommandKind> = (
  command: CommandOf<K>,
  link: Link,
) => Request | Exchange<Ap3000Frame> | CommandOutcome;

const NOT_IN_PROTOCOL = none('not in the protocol');
const NO_RADIO_SOCKETS = none('no radio sockets');
const NO_CARD_LIST = none('devices keep no card list');

/** Page §13: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const ORDERS: { readonly [K in DeviceCommandKind]: OrderEntry<Begin<K>> } = {
  'charge.start': native<Begin<'charge.start'>>(
    (command, link) =>
      isFactoryId(link.deviceId)
        ? { status: 'unsupported', reason: 'factory_id', of: 'device' }
        : chargeStart(command, link),
    'time, energy or until full; a power tier runs as one of them',
  ),
  'charge.stop': native(chargeStop),
  'charge.modify': native(chargeModify, 'one limit at a time'),
  'status.query': native((_command, link) => statusQuery(link), 'always the whole device'),
  'params.get': native(({ group }) => parametersGet(group)),
  'params.set': native(({ group, values }) => parametersSet(group, values)),
  'device.reboot': native(reboot),
  'device.factory_reset': native(() => simple('88', {})),
  'device.locate': native(({ durationS }) => simple('96', { seconds: durationS })),
  'cabinet.open': native(({ portNo }) => simple('98', { function: 0, port: toWirePort(portNo) }, { resends: 0 })), // opens again
  'voice.play': none('voice segments are not published'),
  'voice.set': none('no voice periods'),
  'network.refresh': NO_RADIO_SOCKETS,
  'network.add': NO_RADIO_SOCKETS,
  'network.remove': NO_RADIO_SOCKETS,
  'display.set_qr': native(displayQr),
  'memory.read': native(memoryRead),
  'memory.write': native(({ address, dataHex }) => simple('8C', { address, length: dataHex.length / 2, dataHex })),
  'host.set_server': native(hostServer),
  'host.set_slaves': native(hostSlaves),
  'host.clear_slave_firmware': native(() => simple('33', {})),
  'firmware.update': native(beginFirmware, 'packets of an image; no download by the device'),
  'charge.start_parallel': NOT_IN_PROTOCOL,
  'time.sync': none('devices ask for the time themselves (0x12, 0x22)'),
  'billing.set': none('devices do not price'),
  'balance.update': NOT_IN_PROTOCOL,
  'cards.write': NO_CARD_LIST,
  'cards.remove': NO_CARD_LIST,
  'cards.query': NO_CARD_LIST,
  'lock.move': none('no ground lock'),
  ...NO_STATION_ORDERS,
  'certificate.install': none('devices have no certificates'),
  'credentials.set': none('devices have no credentials'),
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginExchange(command: DeviceCommand, link: Link): Exchange<Ap3000Frame> | CommandOutcome {
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
