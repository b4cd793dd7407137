import type { ChargeAction } from '../tables/charge-results';

export interface SentCharge {
  readonly action: ChargeAction;
  readonly orderRef: string;
  readonly portNo: number | null;
  /** The same order went out before: as a retransmission, ordered anew, or on an earlier connection. */
  repeated: boolean;
}
const KEPT = 64;

/**
 * Starts and stops sent to one device on this connection. A reply carries little (zeros for the order, or one byte),
 * may be late, and "same state" means success only for an order that was sent before.
 */
export class ChargeMemory {
  private readonly sent = new Map<number, SentCharge>(); // by message id
  private readonly ports = new Map<string, number>(); // by order

  noteSend(messageId: number, charge: SentCharge): void {
    const { action, orderRef, portNo } = charge;
    const isCopy = (other: SentCharge): boolean => other.orderRef === orderRef && other.action === action;
    const known = this.sent.get(messageId);
    if (known !== undefined && isCopy(known)) {
      known.repeated = true;
      return;
    }
    const repeated = charge.repeated || [...this.sent.values()].some(isCopy);
    this.sent.delete(messageId);
    this.sent.set(messageId, { ...charge, repeated });
    dropOldest(this.sent);
    if (portNo !== null) this.notePort(orderRef, portNo);
  }
  find(messageId: number): SentCharge | null {
    return this.sent.get(messageId) ?? null;
  }

  /** Where an order runs: named by us, or chosen by the device and told in a reply or report. */
  notePort(orderRef: string, portNo: number): void {
    if (this.ports.get(orderRef) === portNo) return;
    this.ports.set(orderRef, portNo);
    dropOldest(this.ports);
  }
  findPort(orderRef: string): number | null {
    return this.ports.get(orderRef) ?? null;
  }
}

function dropOldest(map: Map<unknown, unknown>): void {
  if (map.size <= KEPT) return;
  const [oldest] = map.keys();
  map.delete(oldest);
}
