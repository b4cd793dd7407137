import type { BillingModel } from '../options';

/** What a pile was given and cannot be asked for. */
export interface PileNotes {
  workParams: { readonly stopUse: number; readonly maxPowerPercent: number } | null;
  /** Null: what is configured. */
  givenModel: BillingModel | null;
}

const KEPT_PILES = 50_000;

/** The notes outlive connections: 0x52 always carries both values, and one of them may lock the pile. */
export class PileBook {
  private readonly notes = new Map<string, PileNotes>();

  of(pileCode: string): PileNotes {
    const known = this.notes.get(pileCode) ?? { workParams: null, givenModel: null };
    this.notes.delete(pileCode);
    this.notes.set(pileCode, known);
    const [oldest] = this.notes.keys();
    if (this.notes.size > KEPT_PILES && oldest !== undefined) this.notes.delete(oldest);
    return known;
  }
}
