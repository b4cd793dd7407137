/** A message that comes in numbered parts under the id of the request that asked for it. */
export interface ReportPart<T> {
  readonly seqNo: number;
  /** More follow. */
  readonly tbc: boolean;
  readonly items: readonly T[];
}
export interface AssembledReport<T> {
  readonly items: readonly T[];
  /** False: a part between the first and the last never came. */
  readonly complete: boolean;
}

/** Page §4.1: parts may repeat and overtake each other; a report waits 60 s after its last part. */
export const REPORT_PATIENCE_MS = 60_000;

/** The parts of one report. */
export class ReportAssembly<T> {
  private readonly parts = new Map<number, readonly T[]>();
  private lastNo: number | null = null; // the part behind which none follows

  /** A repeated part changes nothing. */
  add({ seqNo, tbc, items }: ReportPart<T>): void {
    if (!this.parts.has(seqNo)) this.parts.set(seqNo, items);
    if (!tbc) this.lastNo = Math.max(this.lastNo ?? 0, seqNo);
  }

  get size(): number {
    return this.parts.size;
  }
  get isComplete(): boolean {
    if (this.lastNo === null) return false;
    for (let no = 0; no <= this.lastNo; no++) if (!this.parts.has(no)) return false;
    return true;
  }

  /** What has come, in the order of its numbers. */
  result(): AssembledReport<T> {
    const inOrder = [...this.parts.entries()].sort(([a], [b]) => a - b);
    return { items: inOrder.flatMap(([, items]) => items), complete: this.isComplete };
  }
}
