import type { Clock, Timer } from './clock';

/** The appointments of one owner, so that they end with it. */
export class Timers {
  private readonly open = new Set<Timer>();

  constructor(private readonly clock: Clock) {}

  after(delayMs: number, task: () => void): Timer {
    const timer = this.clock.after(delayMs, () => {
      this.open.delete(timer);
      task();
    });
    this.open.add(timer);
    return timer;
  }

  every(firstMs: number, periodMs: number, task: () => void): void {
    this.after(firstMs, () => {
      task();
      this.every(periodMs, periodMs, task);
    });
  }

  cancelAll(): void {
    for (const timer of this.open) timer.cancel();
    this.open.clear();
  }
}
