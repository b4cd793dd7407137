/**
 * One charge as the device itself knows it. Times are device time in milliseconds since the fleet was made (`Clock`);
 * quantities are what the wire carries, so a test compares them to the unit.
 */
export interface LedgerCharge {
  readonly orderHex: string; // how the protocol names the order
  readonly portNo: number;
  readonly source: 'platform' | 'card' | 'code';
  readonly cardOrCodeHex: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null; // null: still running, or forgotten
  readonly durationS: number | null;
  readonly energyWh: number | null;
  readonly energyRaw: number | null; // the same in the protocol's unit: 10 Wh, 1 Wh (BKV), 0.1 Wh (YKC)
  readonly maxPowerRaw: number | null; // 0.1 W
  readonly stopReason: number | null; // the protocol's own code
  readonly progressSent: number;
  readonly settlementsSent: number; // each with a message id of its own; retransmissions not counted
  readonly acknowledged: boolean; // the platform answered the settlement
  readonly forgotten: boolean; // the device lost its memory and will never settle
}

/** The device's own truth: every charge that ran on it, in order of start. */
export interface Ledger {
  readonly charges: readonly LedgerCharge[];
  find(orderHex: string): LedgerCharge | undefined;
  /** Ended charges whose settlement the platform has not answered yet. */
  readonly unsettled: readonly LedgerCharge[];
}

export type LedgerEntry = { -readonly [K in keyof LedgerCharge]: LedgerCharge[K] };

/** The writing side; belongs to the device. */
export class DeviceLedger implements Ledger {
  readonly charges: LedgerEntry[] = [];

  open(charge: Pick<LedgerCharge, 'orderHex' | 'portNo' | 'source' | 'cardOrCodeHex' | 'startedAtMs'>): LedgerEntry {
    const entry: LedgerEntry = {
      ...charge,
      endedAtMs: null,
      durationS: null,
      energyWh: null,
      energyRaw: null,
      maxPowerRaw: null,
      stopReason: null,
      progressSent: 0,
      settlementsSent: 0,
      acknowledged: false,
      forgotten: false,
    };
    this.charges.push(entry);
    return entry;
  }

  find(orderHex: string): LedgerEntry | undefined {
    return this.charges.find((charge) => charge.orderHex === orderHex);
  }

  get unsettled(): readonly LedgerEntry[] {
    return this.charges.filter((charge) => charge.endedAtMs !== null && !charge.acknowledged && !charge.forgotten);
  }
}
