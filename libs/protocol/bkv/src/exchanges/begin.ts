import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import type { Exchange } from '@chargebus/protocol-core';
import type { BkvFrame } from '../frame';
import { chargeStart, chargeStop } from './charge';
import { firmwareUpdate } from './firmware';
import type { Link } from './link';
import { networkAdd, networkRefresh, networkRemove } from './network';
import { parametersGet, parametersSet } from './parameters';
import { RequestExchange, unsupported } from './request-exchange';
import type { Request } from './request-exchange';
import { statusQuery } from './status';
import { voiceSet } from './voice';

type Begin<K extends DeviceCommandKind> = (
  command: CommandOf<K>,
  link: Link,
) => Request | Exchange<BkvFrame> | CommandOutcome;

const noFrame = (): CommandOutcome => unsupported('no_such_frame');
const noHost = (): CommandOutcome => unsupported('no_host');

/** Page §8: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const BEGIN: { readonly [K in DeviceCommandKind]: Begin<K> } = {
  'charge.start': chargeStart,
  'charge.stop': chargeStop,
  'charge.modify': noFrame,
  'status.query': statusQuery,
  'params.get': parametersGet,
  'params.set': parametersSet,
  'device.reboot': noFrame,
  'device.factory_reset': noFrame,
  'device.locate': noFrame,
  'cabinet.open': noFrame,
  'voice.play': noFrame,
  'voice.set': voiceSet,
  'network.refresh': networkRefresh,
  'network.add': networkAdd,
  'network.remove': networkRemove,
  'display.set_qr': noFrame,
  'memory.read': noFrame,
  'memory.write': noFrame,
  'host.set_server': noHost,
  'host.set_slaves': noHost,
  'host.clear_slave_firmware': noHost,
  'firmware.update': firmwareUpdate,
  'charge.start_parallel': noFrame,
  'time.sync': noFrame,
  'billing.set': noFrame,
  'balance.update': noFrame,
  'cards.write': noFrame,
  'cards.remove': noFrame,
  'cards.query': noFrame,
  'lock.move': noFrame,
};

export function beginExchange(command: DeviceCommand, link: Link): Exchange<BkvFrame> | CommandOutcome {
  const begin = BEGIN[command.kind] as Begin<DeviceCommandKind>;
  try {
    const begun = begin(command, link);
    return 'judge' in begun ? new RequestExchange(link, begun) : begun;
  } catch (error) {
    if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
    throw error;
  }
}
