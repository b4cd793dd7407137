import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import type { Exchange, ExchangeStep } from '@chargebus/protocol-core';
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
const notInProtocol = (): CommandOutcome => ({ status: 'unsupported', reason: 'not_in_protocol' });

/** Page §9.2: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const BEGIN: { readonly [K in DeviceCommandKind]: Begin<K> } = {
  'charge.start': chargeStart,
  'charge.stop': chargeStop,
  'charge.modify': notInProtocol, // limits are not on the wire: `session` watches them
  'charge.start_parallel': parallelStart,
  'status.query': statusQuery,
  'params.get': parametersGet,
  'params.set': parametersSet,
  'device.reboot': reboot,
  'device.factory_reset': notInProtocol,
  'device.locate': notInProtocol,
  'cabinet.open': notInProtocol,
  'voice.play': notInProtocol,
  'voice.set': notInProtocol,
  'network.refresh': notInProtocol,
  'network.add': notInProtocol,
  'network.remove': notInProtocol,
  'display.set_qr': qrPrefix,
  'memory.read': notInProtocol,
  'memory.write': notInProtocol,
  'host.set_server': notInProtocol,
  'host.set_slaves': notInProtocol,
  'host.clear_slave_firmware': notInProtocol,
  'firmware.update': firmware,
  'time.sync': (_command, link) => new TimeExchange(link),
  'billing.set': billingSet,
  'balance.update': balanceUpdate,
  'cards.write': cardsWrite,
  'cards.remove': cardsRemove,
  'cards.query': cardsQuery,
  'lock.move': lockMove,
};

export function beginExchange(command: DeviceCommand, link: Link): Exchange<YkcFrame> | CommandOutcome {
  const begin = BEGIN[command.kind] as Begin<DeviceCommandKind>;
  try {
    const begun = begin(command, link);
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
