import type { EncodableFields } from '@chargebus/protocol-ap3000';
import type { Clock, Timer } from '../core/clock';
import type { Faults } from '../core/faults';
import type { LedgerEntry } from '../core/ledger';
import type { Statistics } from '../core/statistics';
import type { RequestDesk } from './request-desk';

export const SETTLE_AFTER_MS = 2000;
const REPEAT_EVERY_MS = 30 * 60_000;
const NEXT_RECORD_AFTER_MS = 60_000;

interface StoredRecord {
  readonly entry: LedgerEntry;
  readonly fields: EncodableFields<'up', '03'>; // without the time of sending
  underway: boolean;
}

export interface BoxContext {
  readonly clock: Clock;
  readonly statistics: Statistics;
  readonly faults: Faults;
  readonly desk: RequestDesk;
  /** False on models whose settlement ends before the time of sending. */
  readonly timestamps: boolean;
  changed(): void;
}

/**
 * Settlements in the device's EEPROM: sent 2 s after the charge ended, repeated every 30 min with a fresh message id
 * until answered; after an answer the next stored one follows a minute later (§5.3).
 */
export class SettlementBox {
  private readonly stored: StoredRecord[] = [];
  private repeat: Timer | null = null;
  private next: Timer | null = null;

  constructor(private readonly context: BoxContext) {}

  store(entry: LedgerEntry, fields: EncodableFields<'up', '03'>): void {
    const record = { entry, fields, underway: false };
    this.stored.push(record);
    this.context.clock.after(SETTLE_AFTER_MS, () => {
      this.send(record);
    });
    this.armRepeat();
  }

  /** The platform is there again: what is stored goes out, one record a minute. */
  resume(): void {
    this.armNext();
  }

  erase(): void {
    for (const { entry } of this.stored.splice(0)) entry.forgotten = true;
    this.close();
  }

  close(): void {
    this.repeat?.cancel();
    this.next?.cancel();
    this.repeat = this.next = null;
  }

  private send(record: StoredRecord): void {
    if (record.underway || !this.stored.includes(record)) return;
    record.underway = true;
    this.transmit(record, () => {
      this.settled(record);
    });
  }

  private transmit(record: StoredRecord, onAnswer: () => void): void {
    const { clock, desk, statistics, timestamps } = this.context;
    statistics.settlementsSent += 1;
    record.entry.settlementsSent += 1;
    desk.ask('03', timestamps ? { ...record.fields, timestamp: clock.epochS() } : record.fields, {
      onAnswer,
      onSilence: () => {
        record.underway = false;
      },
    });
  }

  private settled(record: StoredRecord): void {
    const { faults, statistics, clock } = this.context;
    const at = this.stored.indexOf(record);
    if (at < 0) return; // erased meanwhile
    this.stored.splice(at, 1);
    record.entry.acknowledged = true;
    statistics.settlementsAcknowledged += 1;
    if (faults.strikes('duplicateSettlements'))
      clock.after(SETTLE_AFTER_MS, () => {
        this.transmit(record, () => undefined);
      });
    this.armNext();
    this.context.changed();
  }

  private armNext(): void {
    if (this.stored.length === 0 || this.next !== null) return;
    this.next = this.context.clock.after(NEXT_RECORD_AFTER_MS, () => {
      this.next = null;
      const waiting = this.stored.find((record) => !record.underway);
      if (waiting !== undefined) this.send(waiting);
    });
  }

  private armRepeat(): void {
    if (this.repeat !== null) return;
    this.repeat = this.context.clock.after(REPEAT_EVERY_MS, () => {
      this.repeat = null;
      if (this.stored.length === 0) return;
      for (const record of [...this.stored]) this.send(record);
      this.armRepeat();
    });
  }
}
