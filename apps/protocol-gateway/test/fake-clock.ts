import type { Clock } from '../src/clock';

/** Time that moves when the test says so. */
export class FakeClock implements Clock {
  private timers: { atMs: number; run: () => void }[] = [];

  constructor(
    private steadyMs = 1_000,
    private readonly epochAheadMs = Date.parse('2026-01-13T08:00:00.000Z'),
  ) {}

  nowMs(): number {
    return this.steadyMs;
  }
  epochMs(): number {
    return this.epochAheadMs + this.steadyMs;
  }
  after(ms: number, run: () => void): () => void {
    const timer = { atMs: this.steadyMs + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets `ms` go by; every timer that falls due on the way rings at its own time. */
  advance(ms: number): void {
    const untilMs = this.steadyMs + ms;
    for (;;) {
      const next = this.timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((other) => other !== next);
      this.steadyMs = Math.max(this.steadyMs, next.atMs);
      next.run();
    }
    this.steadyMs = untilMs;
  }
}
