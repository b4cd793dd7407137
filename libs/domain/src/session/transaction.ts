import type { Instant } from '../ids';

/** How a device that names its charges ended one; waits while earlier steps are missing. */
export interface TransactionEnd {
  readonly causeId: string;
  readonly endedAt: Instant;
  readonly registerWh: number | null; // null: it told none
  readonly reason: string;
  readonly endClass: 'planned' | 'stopped' | 'fault';
  readonly whenEmpty: { readonly reason: string; readonly endClass: 'planned' | 'stopped' | 'fault' } | null;
  readonly receivedAtMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a device that names charges and reports a meter's register has told of one (OCPP). */
export interface Transaction {
  /** Somebody may charge: a token or an order was named in some step. */
  readonly authorised: boolean;
  /** When somebody who may not charge began it: the station ends it, or only withholds energy. Null: nobody did. */
  readonly refusedAtMs: number | null;
  /** The step that begins it has come. */
  readonly begun: boolean;
  /** The meter when it began; null: not told. */
  readonly startWh: number | null;
  /** `startWh` is only the lowest register that was seen. */
  readonly startGuessed: boolean;
  /** Numbers of the steps that have come, as ranges in ascending order; empty: the device does not count. */
  readonly steps: readonly (readonly [first: number, last: number])[];
  readonly offline: boolean; // some step happened while the device could not reach us
  readonly suspect: boolean; // a register went down, or a clock was unset
  readonly end: TransactionEnd | null;
  /** It has ended, and the station was asked for the steps that are missing. */
  readonly gap: TransactionGap | null;
  /** The last event that gave an account of it; null: none yet, or that of its settlement. */
  readonly accountEventId: string | null;
}
export interface TransactionGap {
  readonly asked: number; // how often
  readonly untilMs: number; // when it is decided about
  readonly more: boolean; // it said that more is to come
}
export const NO_TRANSACTION: Transaction = {
  authorised: false,
  refusedAtMs: null,
  begun: false,
  startWh: null,
  startGuessed: false,
  steps: [],
  offline: false,
  suspect: false,
  end: null,
  gap: null,
  accountEventId: null,
};

/** With one more number; numbers may come in any order and twice. */
export function addStep(steps: Transaction['steps'], no: number): Transaction['steps'] {
  if (steps.some(([first, last]) => first <= no && no <= last)) return steps;
  const all = [...steps, [no, no] as const].sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [first, last] of all) {
    const before = joined.at(-1);
    if (before !== undefined && first === before[1] + 1) before[1] = last;
    else joined.push([first, last]);
  }
  return joined;
}

/** Steps before the end that have not come. Devices that number every step 0 have none that could be told. */
export const hasGaps = ({ begun, steps }: Transaction): boolean => steps.length > 0 && (!begun || steps.length > 1);

/** More than this through one port is a meter's error, whatever the port is rated at. */
const MOST_POWER_W = 1_000_000;

export interface TransactionEnergy {
  readonly energyWh: number;
  /** Nothing should be billed by this figure without a look. */
  readonly suspect: boolean;
  /** Not from the register at the end: from the last sample, or from nothing. */
  readonly estimated: boolean;
}
/** What a transaction delivered: the difference of the registers (Wh), never less than nothing. */
export function energyOf(
  startWh: number | null,
  endWh: number | null,
  lastEnergyWh: number | null,
  durationS: number,
): TransactionEnergy {
  if (startWh === null || endWh === null) return { energyWh: lastEnergyWh ?? 0, suspect: false, estimated: true };
  const energyWh = Math.round((endWh - startWh) * 1000) / 1000;
  if (energyWh < 0) return { energyWh: 0, suspect: true, estimated: false };
  const mostWh = (MOST_POWER_W * Math.max(durationS, 60)) / 3600;
  return { energyWh, suspect: energyWh > mostWh, estimated: false };
}
