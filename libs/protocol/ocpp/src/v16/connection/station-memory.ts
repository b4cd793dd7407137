import { orderTagOf } from '@chargebus/domain';
import type { OrderRef } from '@chargebus/domain';
import type { ConnectorStatus } from '../messages';
import type { RegistrationStatus } from '../../connection/options';

const KEPT = 64;

/** What one connection remembers of one connector. */
export class ConnectorMemory {
  status: ConnectorStatus | null = null;
  statusAtMs = -Infinity;
  suspendedByVehicleSinceMs: number | null = null;
  faults: ReadonlySet<string> = new Set(); // tokens of open ones
  transactionId: number | null = null; // of the charge that runs here
}

/** A transaction as far as this connection has heard of it. */
export interface TransactionMemory {
  readonly portNo: number;
  readonly startKey: string;
  readonly orderRef: OrderRef | null; // the order that it carries out, if it was given on this connection
  stopOrdered: boolean;
}

/** What one connection remembers of its station. All of it may be lost with the connection. */
export class StationMemory {
  /** Null: it has not booted on this connection, so what was decided earlier holds. */
  registration: RegistrationStatus | null = null;
  /** It has said something on this connection. */
  greeted = false;
  /** Configuration keys, as read or written last. */
  readonly settings = new Map<string, string>();
  /** Actions that it answered with "not implemented". */
  readonly lacks = new Set<string>();
  private readonly connectors = new Map<number, ConnectorMemory>();
  private readonly transactions = new Map<number, TransactionMemory>();
  private readonly orders = new Map<string, OrderRef>(); // by tag
  private lastRequestId: number;

  constructor(seed: number) {
    this.lastRequestId = seed & 0xffff;
  }

  /** Ids of requests that are answered later: 31 bits, unlike those of other connections. */
  nextRequestId(nowMs: number): number {
    this.lastRequestId = (this.lastRequestId + 1) & 0xffff;
    return ((Math.floor(nowMs / 1000) & 0x7fff) << 16) | this.lastRequestId;
  }

  connector(no: number): ConnectorMemory {
    let memory = this.connectors.get(no);
    if (memory === undefined) this.connectors.set(no, (memory = new ConnectorMemory()));
    return memory;
  }
  /** Ports that it told of, or says that it has. */
  get portNumbers(): readonly number[] {
    const counted = Array.from({ length: this.numberSetting('NumberOfConnectors') ?? 0 }, (_, index) => index + 1);
    return [...new Set([...this.connectors.keys(), ...counted])].filter((no) => no > 0).sort((a, b) => a - b);
  }

  noteTransaction(id: number, transaction: TransactionMemory): void {
    remember(this.transactions, id, transaction);
    this.connector(transaction.portNo).transactionId = id;
  }
  findTransaction(id: number): TransactionMemory | undefined {
    return this.transactions.get(id);
  }
  /** The transaction that carries an order out; null: not seen on this connection. */
  transactionOf(orderRef: string): number | null {
    for (const [id, transaction] of this.transactions) if (transaction.orderRef === orderRef) return id;
    return null;
  }

  noteOrder(orderRef: OrderRef): void {
    remember(this.orders, orderTagOf(orderRef), orderRef);
  }
  /** The order whose one-time tag this is, if it was given on this connection. */
  orderOfTag(idTag: string): OrderRef | null {
    return this.orders.get(idTag.toUpperCase()) ?? null;
  }

  /** A whole positive number; null: not known. */
  numberSetting(key: string): number | null {
    const value = Number(this.settings.get(key) ?? Number.NaN);
    return Number.isInteger(value) && value > 0 ? value : null;
  }
  hasProfile(name: string): boolean {
    return (
      this.settings
        .get('SupportedFeatureProfiles')
        ?.split(',')
        .some((one) => one.trim() === name) ?? false
    );
  }

  /** A boot: the station reports its connectors again. */
  forgetPorts(): void {
    this.connectors.clear();
  }
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
