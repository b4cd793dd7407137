import type { Clock, Timer } from './clock';
import type { Faults } from './faults';
import type { LedgerEntry } from './ledger';
import type { Statistics } from './statistics';

/** However fast device time runs, the platform gets this long, in real milliseconds. */
const LEAST_PATIENCE_REAL_MS = 1000;

export interface RecordBoxContext {
  readonly clock: Clock;
  readonly statistics: Statistics;
  readonly faults: Faults;
  /** Between the end of a charge and its record. */
  readonly firstAfterMs: number;
  /** How long each sending waits for its answer; after the last `onExhausted`, and the next connection tries again. */
  readonly waitsMs: readonly number[];
  /** False: not connected. */
  send(frame: Uint8Array): boolean;
  onExhausted(): void;
  changed(): void;
}
interface StoredRecord {
  readonly key: string;
  readonly entry: LedgerEntry;
  readonly frame: () => Uint8Array; // made anew for every sending: sequences and momentary values differ
  attempts: number;
  timer: Timer | null;
}

/** Records of ended charges in the device's memory: each is sent by the protocol's schedule until it is answered. */
export class RecordBox {
  private readonly stored: StoredRecord[] = [];

  constructor(private readonly context: RecordBoxContext) {}

  store(key: string, entry: LedgerEntry, frame: () => Uint8Array): void {
    const record: StoredRecord = { key, entry, frame, attempts: 0, timer: null };
    this.stored.push(record);
    record.timer = this.context.clock.after(this.context.firstAfterMs, () => {
      this.send(record);
    });
  }

  /** False: an answer to nothing that is stored. */
  confirmed(key: string): boolean {
    const { faults, statistics } = this.context;
    const record = this.stored.find((one) => one.key === key && one.attempts > 0);
    if (record === undefined) return false;
    if (faults.strikes('ignoreAnswers')) return true;
    record.timer?.cancel();
    this.stored.splice(this.stored.indexOf(record), 1);
    record.entry.acknowledged = true;
    statistics.answers += 1;
    statistics.settlementsAcknowledged += 1;
    if (faults.strikes('duplicateSettlements')) this.transmit(record);
    this.context.changed();
    return true;
  }

  /** The platform is there again. */
  resume(): void {
    for (const record of this.stored) {
      if (record.attempts === 0) continue; // its first time is still to come
      record.timer?.cancel();
      record.attempts = 0;
      this.send(record);
    }
  }
  /** Until the next connection nothing is sent. */
  pause(): void {
    for (const record of this.stored) if (record.attempts > 0) record.timer?.cancel();
  }
  erase(): void {
    for (const { entry, timer } of this.stored.splice(0)) {
      timer?.cancel();
      entry.forgotten = true;
    }
  }
  close(): void {
    for (const { timer } of this.stored) timer?.cancel();
  }

  private send(record: StoredRecord): void {
    const { clock, faults, waitsMs, statistics } = this.context;
    if (record.attempts === 0) statistics.requests += 1;
    else statistics.retransmissions += 1;
    const waitMs = waitsMs[record.attempts] ?? 0;
    record.attempts += 1;
    if (!this.transmit(record)) return; // `resume` sends it
    if (faults.strikes('duplicateRequests')) this.transmit(record);
    record.timer = clock.after(Math.max(waitMs, clock.fromReal(LEAST_PATIENCE_REAL_MS)), () => {
      if (record.attempts < waitsMs.length) {
        this.send(record);
        return;
      }
      statistics.unanswered += 1;
      this.context.onExhausted();
    });
  }
  private transmit(record: StoredRecord): boolean {
    const sent = this.context.send(record.frame());
    if (!sent) return false;
    record.entry.settlementsSent += 1;
    this.context.statistics.settlementsSent += 1;
    return true;
  }
}
