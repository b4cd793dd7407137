import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import { capabilitiesOf, emulated, native, NO_STATION_ORDERS, none } from '@chargebus/protocol-core';
import type { Exchange, ExchangeStep, OrderEntry } from '@chargebus/protocol-core';
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

type Begin<K extends DeviceCommandKind> = (
  command: CommandOf<K>,
  link: Link,
) => Request | Exchange<YkcFrame> | CommandOutcome;

const NOT_IN_PROTOCOL = none('not in the protocol');
const NO_RADIO_SOCKETS = none('no radio sockets');
const NO_HOST = none('a pile has no host above it');

/** Page §9.2: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const ORDERS: { readonly [K in DeviceCommandKind]: OrderEntry<Begin<K>> } = {
  'charge.start': native(chargeStart, 'the wire carries a balance only: every limit is watched by the platform'),
  'charge.stop': native(chargeStop),
  'charge.modify': none('limits are not on the wire'),
  'charge.start_parallel': native(parallelStart),
  'status.query': native(statusQuery),
  'params.get': emulated('answers with what was set last on the connection', parametersGet),
  'params.set': native(parametersSet, 'in use and power limit'),
  'device.reboot': native(reboot, 'the pile as a whole'),
  'device.factory_reset': NOT_IN_PROTOCOL,
  'device.locate': NOT_IN_PROTOCOL,
  'cabinet.open': NOT_IN_PROTOCOL,
  'voice.play': NOT_IN_PROTOCOL,
  'voice.set': NOT_IN_PROTOCOL,
  'network.refresh': NO_RADIO_SOCKETS,
  'network.add': NO_RADIO_SOCKETS,
  'network.remove': NO_RADIO_SOCKETS,
  'display.set_qr': native(qrPrefix, 'a vendor extension; a persistent prefix only'),
  'memory.read': NOT_IN_PROTOCOL,
  'memory.write': NOT_IN_PROTOCOL,
  'host.set_server': NO_HOST,
  'host.set_slaves': NO_HOST,
  'host.clear_slave_firmware': NO_HOST,
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

/** The time that it carries is that of the first send, which only `start` knows. */
class TimeExchange implements Exchange<YkcFrame> {
  private inner: RequestExchange | null = null;
  constructor(private readonly link: Link) {}

  start(nowMs: number): ExchangeStep {
    this.inner = new RequestExchange(this.link, timeSync(nowMs, this.link));
    return this.inner.start();
  }
  onFrame: Exchange<YkcFrame>['onFrame'] = (decoded) => this.inner?.onFrame(decoded) ?? null;
  onTimeout: Exchange<YkcFrame>['onTimeout'] = (nowMs) => this.inner?.onTimeout(nowMs) ?? {};
}
