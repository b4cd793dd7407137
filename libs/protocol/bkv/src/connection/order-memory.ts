import type { OrderRef } from '@chargebus/domain';
import type { ChargeMode } from '../tables/charge-modes';

/** How much the device was told to give; 0: not told by this. */
export interface Ordered {
  readonly durationMin: number;
  readonly energyWh: number;
}
export interface SentOrder {
  readonly action: 'start' | 'stop';
  readonly orderRef: OrderRef;
  readonly portNo: number;
  readonly mode: ChargeMode;
  readonly ordered: Ordered;
}
/** The order that runs at a port, by the number that the device gave it. */
export interface RunningOrder {
  readonly orderRef: OrderRef;
  readonly businessNo: number;
  readonly mode: ChargeMode;
  readonly ordered: Ordered;
  readonly cardNo: string | null; // null: the platform ordered it
}
/** A card that was let charge, until the device says whether it did. */
export interface Authorisation extends RunningOrder {
  readonly portNo: number;
  readonly allowed: boolean;
}
const KEPT = 1_024;
const DAY_MS = 86_400_000;

/**
 * Which order is meant. The wire carries only a number that the device chose, so this connection remembers what it sent
 * and what the device answered. All of it is lost with the connection: facts then name no order, and the port tells.
 */
export class OrderMemory {
  private readonly sent = new Map<number, SentOrder>(); // by serial
  private readonly awaited = new Map<number, SentOrder>(); // by port: starts without an answer
  private readonly running = new Map<number, RunningOrder>(); // by port
  private readonly stopping = new Set<number>(); // ports
  private readonly authorised = new Map<number, Authorisation>(); // by serial
  private readonly ended = new Map<number, number>(); // port and number → when, epoch ms

  noteSent(serial: number, order: SentOrder): void {
    put(this.sent, serial, order);
    if (order.action === 'stop') this.stopping.add(order.portNo);
    else this.await(order);
  }
  /** From now on a charge that appears at this port is this order. */
  await(order: SentOrder): void {
    this.awaited.set(order.portNo, order);
    this.stopping.delete(order.portNo);
  }
  findSent(serial: number): SentOrder | null {
    return this.sent.get(serial) ?? null;
  }

  begun(order: SentOrder, businessNo: number): void {
    const { orderRef, mode, ordered, portNo } = order;
    this.awaited.delete(portNo);
    this.run(portNo, { orderRef, businessNo, mode, ordered, cardNo: null });
  }
  refused(portNo: number): void {
    this.awaited.delete(portNo);
  }

  authorise(serial: number, authorisation: Authorisation): void {
    put(this.authorised, serial, authorisation);
    if (authorisation.allowed) this.run(authorisation.portNo, authorisation);
  }
  /** Null: no card that this connection knows of. */
  findAuthorised(serial: number): Authorisation | null {
    return this.authorised.get(serial) ?? null;
  }
  unauthorise({ portNo, businessNo }: Authorisation): void {
    if (this.running.get(portNo)?.businessNo === businessNo) this.running.delete(portNo);
  }

  /** The order behind a charge that the port reports; a start whose answer was lost is recognised here. */
  findCharging(portNo: number, businessNo: number): RunningOrder | null {
    const known = this.running.get(portNo);
    if (known?.businessNo === businessNo) return known;
    const awaited = this.awaited.get(portNo);
    if (awaited === undefined || this.ended.has(keyOf(portNo, businessNo))) return null;
    this.begun(awaited, businessNo);
    return this.running.get(portNo) ?? null;
  }
  /** The order that an end report names; `other`: a different one is known at the port, and none is awaited. */
  findEnded(portNo: number, businessNo: number): RunningOrder | 'other' | null {
    const known = this.findCharging(portNo, businessNo);
    return known ?? (this.running.has(portNo) ? 'other' : null);
  }
  findRunning(portNo: number): RunningOrder | null {
    return this.running.get(portNo) ?? null;
  }
  findPort(orderRef: string): number | null {
    for (const [portNo, order] of this.running) if (order.orderRef === orderRef) return portNo;
    for (const [portNo, order] of this.awaited) if (order.orderRef === orderRef) return portNo;
    return null;
  }
  isStopping(portNo: number): boolean {
    return this.stopping.has(portNo);
  }

  /** Whether the same end was reported before. The order stays known, so that every copy is the same fact. */
  noteEnded(portNo: number, businessNo: number, atMs: number): boolean {
    const key = keyOf(portNo, businessNo);
    const earlierMs = this.ended.get(key);
    const isRepeat = earlierMs !== undefined && atMs - earlierMs < DAY_MS;
    if (!isRepeat) put(this.ended, key, atMs);
    return isRepeat;
  }

  private run(portNo: number, order: RunningOrder): void {
    this.running.set(portNo, order);
    this.stopping.delete(portNo);
    this.ended.delete(keyOf(portNo, order.businessNo)); // the device's numbers begin again
  }
}

const keyOf = (portNo: number, businessNo: number): number => portNo * 0x10000 + businessNo;
function put<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= KEPT) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
