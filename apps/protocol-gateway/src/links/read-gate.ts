import { LeakyBucket } from './leaky-bucket';

/** What can keep a connection from being read, as bits. */
const CAUSES = { backlog: 1, flood: 2, slow_answer: 4 } as const;
export type PauseCause = keyof typeof CAUSES;

const BURST_S = 8;

/** Whether a connection is read: not while the bus is full, not while it floods, not while we owe it an answer for long. */
export class ReadGate {
  private shutBy = 0;
  private readonly bytes: LeakyBucket;

  constructor(
    private readonly wire: { pause(): unknown; resume(): unknown },
    private readonly bytesPerS: number,
    nowMs: number,
  ) {
    this.bytes = new LeakyBucket(nowMs);
  }

  get isShut(): boolean {
    return this.shutBy !== 0;
  }

  /** False: it was shut for this cause already. */
  shut(cause: PauseCause): boolean {
    if ((this.shutBy & CAUSES[cause]) !== 0) return false;
    if (this.shutBy === 0) this.wire.pause();
    this.shutBy |= CAUSES[cause];
    return true;
  }
  open(cause: PauseCause): void {
    if (this.shutBy === 0) return;
    this.shutBy &= ~CAUSES[cause];
    if (this.shutBy === 0) this.wire.resume();
  }

  /** True: these bytes were too many, and the gate fell. */
  took(byteCount: number, nowMs: number): boolean {
    const level = this.bytes.add(byteCount, nowMs, this.bytesPerS / 1_000);
    return level > this.bytesPerS * BURST_S && this.shut('flood');
  }
  /** Opens again once enough of the flood has leaked. */
  leak(nowMs: number): void {
    if ((this.shutBy & CAUSES.flood) === 0) return;
    if (this.bytes.add(0, nowMs, this.bytesPerS / 1_000) <= this.bytesPerS * (BURST_S - 1)) this.open('flood');
  }
}
