import { fingerprint32 } from '@chargebus/protocol-core';
import type { CrcOrder } from '../frame';
import { BODY_START, bodyEnd, typeOf } from '../frame';
import type { BillingModel, YkcDialect } from '../options';
import type { PileNotes } from './pile-book';

const KEPT_ORDERS = 64;
const REPEAT_MS = 20_000;

/** Where an order came from, as far as this connection knows. */
export interface KnownOrder {
  readonly source: 'platform' | 'card' | 'plug';
  readonly cardId: string | null;
  readonly portNo: number;
  /** 0x33 with "not plugged in" is not the last word while this waits. */
  awaitsPlug: boolean;
  /** 0x34 went out more than once, perhaps on an earlier connection. */
  repeated: boolean;
}

/** What one connection remembers of one gun. */
export class GunMemory {
  status: number | null = null; // of the last 0x13
  runningTrade: string | null = null;
  stoppingTrade: string | null = null; // named by the last stop that we sent
  unpluggedTrade: string | null = null; // 0x33 said "not plugged in" of it
  announcedTrade: string | null = null; // `charge.started` was said
  finishedTrade: string | null = null; // until the plug is out
  readonly faults = new Map<string, ReadonlySet<string>>(); // open ones, by the kind of frame that reports them
  bms: Readonly<Record<string, unknown>> = {}; // of the order that runs, by phase
  bmsTrade: string | null = null;
  demandSoc: number | null = null;
}

/** What one connection remembers of one pile. All of it may be lost with the connection. */
export class PileMemory {
  loggedIn = false;
  isAc: boolean | null = null;
  gunCount = 0; // 0: not said yet
  protocolVersion: number | null = null;
  /** Orders wait until then, for the pile fetches its billing model first (§4.5). Unix milliseconds. */
  settlesAtMs = 0;
  clockSetMs = 0; // when it was last told the time, in Unix milliseconds
  strangerReported = false;
  billingGapReported = false;
  private learnedOrder: CrcOrder = 'lo-hi';
  private readonly guns = new Map<number, GunMemory>();
  private readonly orders = new Map<string, KnownOrder>(); // by trade number
  private readonly trades = new Map<string, string>(); // trade number by question
  private readonly latest = new Map<
    number,
    { readonly print: number; readonly size: number; readonly untilMs: number }
  >();
  private runningNumber = 0;

  constructor(
    readonly dialect: YkcDialect,
    readonly notes: PileNotes,
  ) {}

  get crcOrder(): CrcOrder {
    return this.dialect.crcOrder === 'auto' ? this.learnedOrder : this.dialect.crcOrder;
  }
  learn(order: CrcOrder | 'either'): void {
    if (order !== 'either') this.learnedOrder = order;
  }

  get billingModel(): BillingModel | null {
    return this.notes.givenModel ?? this.dialect.billingModel;
  }

  gun(no: number): GunMemory {
    let memory = this.guns.get(no);
    if (memory === undefined) this.guns.set(no, (memory = new GunMemory()));
    return memory;
  }
  get gunNumbers(): readonly number[] {
    return this.gunCount > 0 ? Array.from({ length: this.gunCount }, (_, i) => i + 1) : [...this.guns.keys()];
  }

  noteOrder(tradeNo: string, order: KnownOrder): void {
    this.orders.delete(tradeNo);
    this.orders.set(tradeNo, order);
    dropOldest(this.orders);
  }
  findOrder(tradeNo: string): KnownOrder | null {
    return this.orders.get(tradeNo) ?? null;
  }

  /** §3.6: pile code, gun, local time, running number. The same question keeps its number. */
  tradeNoFor(causeId: string, pileCode: string, gun: number, local: string): string {
    const known = this.trades.get(causeId);
    if (known !== undefined) return known;
    this.runningNumber = (this.runningNumber + 1) % 10_000;
    const time = local.replace(/\D/g, '').slice(2, 14);
    const made = `${pileCode}${String(gun % 100).padStart(2, '0')}${time}${String(this.runningNumber).padStart(4, '0')}`;
    this.trades.set(causeId, made);
    dropOldest(this.trades);
    return made;
  }

  /**
   * Whether the last frame of this type and gun was the same, byte for byte, a moment ago: some piles never count their
   * sequence, so this, and not the sequence, tells a repeat from news.
   */
  isRepeat(gun: number | 'unreadable', frame: Uint8Array, atMs: number): boolean {
    const kind = typeOf(frame) * 0x200 + (gun === 'unreadable' ? 0x100 : gun);
    const print = fingerprint32(frame, 2, bodyEnd(frame));
    const earlier = this.latest.get(kind);
    if (earlier?.print === print && earlier.size === frame.length && atMs < earlier.untilMs) return true;
    this.latest.set(kind, { print, size: frame.length, untilMs: atMs + REPEAT_MS });
    return false;
  }
}

/** Of a body, without the sequence: what the device says, however often. */
export const bodyPrint = (frame: Uint8Array): string => fingerprint32(frame, BODY_START, bodyEnd(frame)).toString(16);

function dropOldest(map: Map<unknown, unknown>): void {
  if (map.size <= KEPT_ORDERS) return;
  const [oldest] = map.keys();
  map.delete(oldest);
}
