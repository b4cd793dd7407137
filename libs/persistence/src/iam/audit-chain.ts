import { createHash } from 'node:crypto';

/** One entry as it lies in the table: `content` is the JSON text that was hashed, to the letter. */
export interface ChainedEntry {
  readonly tenantId: string;
  readonly sequence: number; // from 1, without gaps
  readonly content: string;
  readonly previousHash: string; // empty: the first
  readonly hash: string;
}
export interface ChainHead {
  readonly tenantId: string;
  readonly sequence: number; // 0: nothing yet
  readonly hash: string;
}
export type BreakReason = 'missing' | 'content_changed' | 'chain_changed' | 'end_missing' | 'end_changed';
export interface ChainReport {
  readonly tenantId: string;
  readonly intact: boolean;
  readonly entries: number; // that were looked at
  readonly headHash: string; // of the last entry that fits; worth writing down elsewhere
  readonly firstBroken: { readonly sequence: number; readonly reason: BreakReason } | null;
}

/** As `audit.append` of the database: what an entry's hash covers. */
export const entryHash = (entry: Omit<ChainedEntry, 'hash'>): string =>
  createHash('sha256')
    .update(`${entry.previousHash}\n${entry.tenantId}\n${entry.sequence.toString()}\n${entry.content}`)
    .digest('hex');

/** Walks one tenant's chain from its beginning and stops at the first entry that cannot be what was written. */
export class ChainWalk {
  private sequence = 0;
  private hash = '';
  private broken: ChainReport['firstBroken'] = null;

  constructor(private readonly tenantId: string) {}

  /** False: the chain is broken, the rest proves nothing. */
  take(entry: ChainedEntry): boolean {
    const reason = this.reasonAgainst(entry);
    if (reason !== null) {
      this.broken = { sequence: this.sequence + 1, reason };
      return false;
    }
    this.sequence = entry.sequence;
    this.hash = entry.hash;
    return true;
  }

  /** `head`: where the chain is said to end. */
  finish(head: ChainHead): ChainReport {
    if (this.broken === null && head.sequence !== this.sequence)
      this.broken = { sequence: this.sequence + 1, reason: 'end_missing' };
    else if (this.broken === null && head.hash !== this.hash)
      this.broken = { sequence: this.sequence, reason: 'end_changed' };
    return {
      tenantId: this.tenantId,
      intact: this.broken === null,
      entries: this.sequence,
      headHash: this.hash,
      firstBroken: this.broken,
    };
  }

  private reasonAgainst(entry: ChainedEntry): BreakReason | null {
    if (entry.sequence !== this.sequence + 1) return 'missing';
    if (entry.previousHash !== this.hash) return 'chain_changed';
    return entryHash({ ...entry, tenantId: this.tenantId }) === entry.hash ? null : 'content_changed';
  }
}
