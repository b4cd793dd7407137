import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import type { Exchange } from '@chargebus/protocol-core';
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

const notInProtocol = (): CommandOutcome => ({ status: 'unsupported', reason: 'not_in_protocol' });

/** Page §13: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const BEGIN: { readonly [K in DeviceCommandKind]: Begin<K> } = {
  'charge.start': (command, link) =>
    isFactoryId(link.deviceId) ? { status: 'unsupported', reason: 'factory_id' } : chargeStart(command, link),
  'charge.stop': chargeStop,
  'charge.modify': chargeModify,
  'status.query': (_command, link) => statusQuery(link),
  'params.get': ({ group }) => parametersGet(group),
  'params.set': ({ group, values }) => parametersSet(group, values),
  'device.reboot': reboot,
  'device.factory_reset': () => simple('88', {}),
  'device.locate': ({ durationS }) => simple('96', { seconds: durationS }),
  'cabinet.open': ({ portNo }) => simple('98', { function: 0, port: toWirePort(portNo) }, { resends: 0 }), // opens again
  'voice.play': () => ({ status: 'unsupported', reason: 'voice_segments_not_published' }),
  'voice.set': () => ({ status: 'unsupported', reason: 'no_voice_periods' }),
  'network.refresh': noRadioSockets,
  'network.add': noRadioSockets,
  'network.remove': noRadioSockets,
  'display.set_qr': displayQr,
  'memory.read': memoryRead,
  'memory.write': ({ address, dataHex }) => simple('8C', { address, length: dataHex.length / 2, dataHex }),
  'host.set_server': hostServer,
  'host.set_slaves': hostSlaves,
  'host.clear_slave_firmware': () => simple('33', {}),
  'firmware.update': beginFirmware,
  'charge.start_parallel': notInProtocol,
  'time.sync': notInProtocol, // devices ask for the time themselves: 0x12, 0x22
  'billing.set': notInProtocol,
  'balance.update': notInProtocol,
  'cards.write': notInProtocol,
  'cards.remove': notInProtocol,
  'cards.query': notInProtocol,
  'lock.move': notInProtocol,
};

function noRadioSockets(): CommandOutcome {
  return { status: 'unsupported', reason: 'no_radio_sockets' };
}

export function beginExchange(command: DeviceCommand, link: Link): Exchange<Ap3000Frame> | CommandOutcome {
  const begin = BEGIN[command.kind] as Begin<DeviceCommandKind>;
  try {
    const begun = begin(command, link);
    return 'judge' in begun ? new RequestExchange(link, begun) : begun;
  } catch (error) {
    if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
    throw error;
  }
}
