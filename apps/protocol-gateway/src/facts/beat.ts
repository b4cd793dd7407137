import type { Clock } from '../clock';

/** Lets those who wait leave together: all at the earliest time that one of them asked for. */
export class Beat<T> {
  private readonly waiting = new Set<T>();
  private atMs = Infinity;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly leave: (item: T) => void,
  ) {}

  join(item: T, withinMs: number): void {
    this.waiting.add(item);
    const atMs = this.clock.nowMs() + withinMs;
    if (atMs >= this.atMs) return;
    this.cancel();
    this.atMs = atMs;
    this.cancel = this.clock.after(withinMs, () => {
      this.atMs = Infinity;
      const together = [...this.waiting];
      this.waiting.clear();
      for (const each of together) this.leave(each);
    });
  }
}
