import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import { beginOrder, noneOf } from '@chargebus/protocol-core';
import type { OrderTable } from '@chargebus/protocol-core';
import { done } from './ask';
import type { Turn } from './ask';
import type { Opening } from './version';

/** What an order may use of the connection that it runs on. */
export interface OrderLink<Station, Options> {
  readonly deviceId: DeviceId;
  readonly station: Station;
  readonly options: Options;
  /** An earlier attempt, perhaps on another connection, may have reached the station. */
  readonly reissued: boolean;
  readonly nowMs: number; // when the order began
}

/** What neither version knows. */
export const NO_OCPP_ORDERS = {
  ...noneOf(
    'not in OCPP',
    'charge.start_parallel',
    'device.factory_reset',
    'device.locate',
    'cabinet.open',
    'voice.play',
    'voice.set',
    'network.refresh',
    'network.add',
    'network.remove',
    'display.set_qr',
    'memory.read',
    'memory.write',
    'host.set_server',
    'host.set_slaves',
    'host.clear_slave_firmware',
    'lock.move',
  ),
  ...noneOf('stations do not price by themselves', 'billing.set', 'balance.update'),
  ...noneOf('local_list.send keeps the cards of a station', 'cards.write', 'cards.remove', 'cards.query'),
};

/** Orders need the time, which they have once their turn has come. */
export function openOrder<L extends { readonly nowMs: number }>(
  table: OrderTable<L, Turn>,
  command: DeviceCommand,
  link: Omit<L, 'nowMs'>,
): Opening | CommandOutcome {
  const { support, why } = table[command.kind];
  if (support === 'none') return { status: 'unsupported', reason: why };
  return ({ atMs }) => {
    const begun = beginOrder(table, command, { ...link, nowMs: atMs } as L);
    return 'status' in begun ? done(begun) : begun;
  };
}
