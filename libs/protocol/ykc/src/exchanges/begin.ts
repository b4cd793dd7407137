import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import {
  beginOrder,
  capabilitiesOf,
  emulated,
  native,
  NO_STATION_ORDERS,
  noneOf,
  none,
} from '@chargebus/protocol-core';
import type { Exchange, ExchangeStep, OrderTable } from '@chargebus/protocol-core';
import type { YkcFrame } from '../frame';
import { chargeStart, chargeStop, parallelStart } from './charge';
import type { Link } from './link';
import { RequestExchange } from './request-exchange';
import type { Request } from './request-exchange';
import {
  balanceUpdate,
  billingSet,
  cardsQuery,
  cardsRemove,
  cardsWrite,
  firmware,
  lockMove,
  parametersGet,
  parametersSet,
  qrPrefix,
  reboot,
  statusQuery,
  timeSync,
} from './simple';

/** Page §9.2. */
const ORDERS: OrderTable<Link, Request | Exchange<YkcFrame>> = {
  'charge.start': native(chargeStart, 'the wire carries a balance only: every limit is watched by the platform'),
  'charge.stop': native(chargeStop),
  'charge.modify': none('limits are not on the wire'),
  'charge.start_parallel': native(parallelStart),
  'status.query': native(statusQuery),
  'params.get': emulated('answers with what was set last on the connection', parametersGet),
  'params.set': native(parametersSet, 'in use and power limit'),
  'device.reboot': native(reboot, 'the pile as a whole'),
  ...noneOf(
    'not in the protocol',
    'device.factory_reset',
    'device.locate',
    'cabinet.open',
    'voice.play',
    'voice.set',
    'memory.read',
    'memory.write',
  ),
  ...noneOf('no radio sockets', 'network.refresh', 'network.add', 'network.remove'),
  'display.set_qr': native(qrPrefix, 'a vendor extension; a persistent prefix only'),
  ...noneOf('a pile has no host above it', 'host.set_server', 'host.set_slaves', 'host.clear_slave_firmware'),
  'firmware.update': native(firmware, 'the pile fetches it by FTP'),
  'time.sync': native((_command, link) => new TimeExchange(link)),
  'billing.set': native(billingSet, 'only while no gun charges'),
  'balance.update': native(balanceUpdate),
  'cards.write': native(cardsWrite),
  'cards.remove': native(cardsRemove),
  'cards.query': native(cardsQuery),
  'lock.move': native(lockMove),
  ...NO_STATION_ORDERS,
  'certificate.install': none('piles have no certificates'),
  'credentials.set': none('piles have no credentials'),
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginExchange(command: DeviceCommand, link: Link): Exchange<YkcFrame> | CommandOutcome {
  const begun = beginOrder(ORDERS, command, link);
  return 'judge' in begun ? new RequestExchange(link, begun) : begun;
}

/** The time that it carries is that of the first send, which only `start` knows. */
class TimeExchange implements Exchange<YkcFrame> {
  private inner: RequestExchange | null = null;
  constructor(private readonly link: Link) {}

  start(nowMs: number): ExchangeStep {
    this.inner = new RequestExchange(this.link, timeSync(nowMs, this.link));
    return this.inner.start(nowMs);
  }
  onFrame: Exchange<YkcFrame>['onFrame'] = (decoded) => this.inner?.onFrame(decoded) ?? null;
  onTimeout: Exchange<YkcFrame>['onTimeout'] = (nowMs) => this.inner?.onTimeout(nowMs) ?? {};
}
