import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import { beginOrder, capabilitiesOf, native, NO_STATION_ORDERS, noneOf, none } from '@chargebus/protocol-core';
import type { Exchange, OrderTable } from '@chargebus/protocol-core';
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

/** Page §13. */
const ORDERS: OrderTable<Link, Request | Exchange<Ap3000Frame>> = {
  'charge.start': native(
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
  ...noneOf('no radio sockets', 'network.refresh', 'network.add', 'network.remove'),
  'display.set_qr': native(displayQr),
  'memory.read': native(memoryRead),
  'memory.write': native(({ address, dataHex }) => simple('8C', { address, length: dataHex.length / 2, dataHex })),
  'host.set_server': native(hostServer),
  'host.set_slaves': native(hostSlaves),
  'host.clear_slave_firmware': native(() => simple('33', {})),
  'firmware.update': native(beginFirmware, 'packets of an image; no download by the device'),
  ...noneOf('not in the protocol', 'charge.start_parallel', 'balance.update'),
  'time.sync': none('devices ask for the time themselves (0x12, 0x22)'),
  'billing.set': none('devices do not price'),
  ...noneOf('devices keep no card list', 'cards.write', 'cards.remove', 'cards.query'),
  'lock.move': none('no ground lock'),
  ...NO_STATION_ORDERS,
  'certificate.install': none('devices have no certificates'),
  'credentials.set': none('devices have no credentials'),
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginExchange(command: DeviceCommand, link: Link): Exchange<Ap3000Frame> | CommandOutcome {
  const begun = beginOrder(ORDERS, command, link);
  return 'judge' in begun ? new RequestExchange(link, begun) : begun;
}
