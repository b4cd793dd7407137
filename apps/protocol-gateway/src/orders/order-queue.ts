import type { DeviceCommand } from '@chargebus/domain';
import type { Order } from './order';

/** The orders that wait for one device: most urgent first, in order of arrival among equals. */
export class OrderQueue {
  private readonly orders: Order[] = [];

  get length(): number {
    return this.orders.length;
  }
  get first(): Order | undefined {
    return this.orders[0];
  }
  /** Unix milliseconds of the earliest `sendBefore`; Infinity when nothing waits. */
  get earliestExpiryMs(): number {
    return this.orders.reduce((earliest, { sendBeforeMs }) => Math.min(earliest, sendBeforeMs), Infinity);
  }

  find(commandId: string): Order | undefined {
    return this.orders.find(({ request }) => request.commandId === commandId);
  }

  add(order: Order): void {
    const behind = this.orders.findIndex(({ priority }) => priority > order.priority);
    this.orders.splice(behind === -1 ? this.orders.length : behind, 0, order);
  }

  take(): Order | undefined {
    return this.orders.shift();
  }

  /** Takes out every order that meets the condition. */
  withdraw(condition: (order: Order) => boolean): Order[] {
    const out = this.orders.filter(condition);
    for (const order of out) this.orders.splice(this.orders.indexOf(order), 1);
    return out;
  }
}

/** Whether the stop is for the charge that the other command would start. */
export const undoes = (stop: DeviceCommand, start: DeviceCommand): boolean =>
  stop.kind === 'charge.stop' &&
  start.kind === 'charge.start' &&
  (stop.orderRef === start.orderRef || (stop.portNo !== null && stop.portNo === start.portNo));
