/** A level that rises with what happens and leaks with time: a rate limit in two numbers. */
export class LeakyBucket {
  private level = 0;

  constructor(private atMs: number) {}

  /** The level after `amount` more. */
  add(amount: number, nowMs: number, leakPerMs: number): number {
    this.level = Math.max(0, this.level - (nowMs - this.atMs) * leakPerMs) + amount;
    this.atMs = nowMs;
    return this.level;
  }
}
