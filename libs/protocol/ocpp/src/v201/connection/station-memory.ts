import type { OrderRef } from '@chargebus/domain';
import type { MessageLimits } from '../device-model/batches';
import type { RegistrationStatus } from '../../connection/options';
import { worstOf } from '../tables/port-states';
import type { ChargingState, ConnectorStatus, PortTransaction } from '../tables/port-states';

const KEPT_TRANSACTIONS = 64;
const KEPT_MONITORS = 500;

/** A transaction as far as this connection has heard of it. */
export class TransactionMemory {
  portNo: number | null = null;
  connectorNo: number | null = null;
  orderRef: OrderRef | null = null; // of the platform's order that it carries out
  cardId: string | null = null;
  chargingState: ChargingState | null = null;
  hasCharged = false;
  ended = false;
}

/** What one connection remembers of one EVSE. */
class EvseMemory implements Iterable<ConnectorStatus> {
  private readonly connectors = new Map<number, { readonly status: ConnectorStatus; readonly atMs: number }>();
  transactionId: string | null = null; // the one that runs, or ran while the cable is still in

  /** False: it is older than what is known. */
  note(connectorNo: number, status: ConnectorStatus, atMs: number): boolean {
    const known = this.connectors.get(connectorNo);
    if (known !== undefined && atMs < known.atMs) return false;
    this.connectors.set(connectorNo, { status, atMs });
    return true;
  }
  get connectorNumbers(): readonly number[] {
    return [...this.connectors.keys()].sort((a, b) => a - b);
  }
  *[Symbol.iterator](): IterableIterator<ConnectorStatus> {
    for (const { status } of this.connectors.values()) yield status;
  }
}

/** What one connection remembers of its station. All of it may be lost with the connection. */
export class StationMemory {
  /** Null: it has not booted on this connection, so what was decided earlier holds. */
  registration: RegistrationStatus | null = null;
  firmwareVersion: string | null = null;
  private readonly evses = new Map<number, EvseMemory>();
  private readonly transactions = new Map<string, TransactionMemory>();
  private readonly severities = new Map<number, number>(); // of monitors, 0 worst … 9
  private readonly awaited = new Set<number>(); // requests whose reports an exchange collects
  private lastRequestId: number;
  getLimits: MessageLimits = { items: null, bytes: null };
  setLimits: MessageLimits = { items: null, bytes: null };
  limitsAsked = false;
  hasSmartCharging = false; // as it said on this connection

  constructor(seed: number) {
    this.lastRequestId = seed & 0xffff;
  }

  /** Ids of requests that are answered later: 31 bits, unlike those of other connections. */
  nextRequestId(nowMs: number): number {
    this.lastRequestId = (this.lastRequestId + 1) & 0xffff;
    return ((Math.floor(nowMs / 1000) & 0x7fff) << 16) | this.lastRequestId;
  }

  noteLimits(get: MessageLimits, set: MessageLimits): void {
    this.getLimits = get;
    this.setLimits = set;
    this.limitsAsked = true;
  }

  awaitReport(requestId: number): void {
    this.awaited.add(requestId);
  }
  collected(requestId: number): void {
    this.awaited.delete(requestId);
  }
  awaits(requestId: number): boolean {
    return this.awaited.has(requestId);
  }

  evse(no: number): EvseMemory {
    let memory = this.evses.get(no);
    if (memory === undefined) this.evses.set(no, (memory = new EvseMemory()));
    return memory;
  }
  /** Every EVSE with the connectors that were heard of. */
  get connectors(): readonly { readonly evseId: number; readonly connectorId: number }[] {
    return [...this.evses].flatMap(([evseId, evse]) =>
      evse.connectorNumbers.map((connectorId) => ({ evseId, connectorId })),
    );
  }
  get evseNumbers(): readonly number[] {
    return [...this.evses.keys()].filter((no) => no > 0).sort((a, b) => a - b);
  }

  /** Status of a port; null: no connector of it has reported. */
  statusOf(evseId: number): ConnectorStatus | null {
    return worstOf(this.evse(evseId));
  }
  transactionOn(evseId: number): PortTransaction | null {
    const { transactionId } = this.evse(evseId);
    return transactionId === null ? null : (this.transactions.get(transactionId) ?? null);
  }

  findTransaction(id: string): TransactionMemory | undefined {
    return this.transactions.get(id);
  }
  transaction(id: string): TransactionMemory {
    const known = this.transactions.get(id) ?? new TransactionMemory();
    this.transactions.delete(id);
    this.transactions.set(id, known);
    if (this.transactions.size > KEPT_TRANSACTIONS) this.transactions.delete(first(this.transactions) ?? '');
    return known;
  }
  /** The transaction that carries an order out; null: not seen on this connection. */
  transactionOf(orderRef: string): string | null {
    for (const [id, transaction] of this.transactions) if (transaction.orderRef === orderRef) return id;
    return null;
  }

  noteMonitor(id: number, severity: number): void {
    this.severities.set(id, severity);
    if (this.severities.size > KEPT_MONITORS) this.severities.delete(first(this.severities) ?? 0);
  }
  severityOf(monitorId: number | undefined): number | null {
    return monitorId === undefined ? null : (this.severities.get(monitorId) ?? null);
  }

  /** A boot: everything starts anew, and the station reports its connectors again. */
  forgetPorts(): void {
    this.evses.clear();
  }
}

const first = <K>(map: Map<K, unknown>): K | undefined => map.keys().next().value;
