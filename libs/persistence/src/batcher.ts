export interface BatcherOptions {
  readonly maxItems?: number; // in one batch
  readonly maxBatches?: number; // under way at once
  /** Least time from one batch to the next, for statements whose price is not in their rows. The first one after quiet goes at once. */
  readonly everyMs?: number;
  /** Whether items that failed together are tried one by one. Not where it is the way that failed, and not an item. */
  readonly splitsFailures?: boolean;
}

/**
 * Gathers what comes while a batch is under way and hands it on as the next one: a lone item waits for nobody, and
 * under load hundreds share one transaction. When a batch fails its items are tried one by one, unless `splitsFailures`
 * is false, so that one that the database refuses does not take others with it.
 */
export class Batcher<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private running = 0;
  private nextAtMs = -Infinity;
  private timer: NodeJS.Timeout | null = null;
  private readonly options: Required<BatcherOptions>;

  /** `run` answers for each item at its place. */
  constructor(
    private readonly run: (items: readonly T[]) => Promise<readonly R[]>,
    options: BatcherOptions = {},
  ) {
    this.options = { maxItems: 200, maxBatches: 2, everyMs: 0, splitsFailures: true, ...options };
  }

  push(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    const { maxItems, maxBatches, everyMs } = this.options;
    if (this.running >= maxBatches || this.waiting.length === 0 || this.timer !== null) return;
    const earlyMs = this.nextAtMs - performance.now();
    if (earlyMs > 0) {
      this.timer = setTimeout(() => {
        this.timer = null;
        this.next();
      }, earlyMs);
      return;
    }
    this.running++;
    this.nextAtMs = performance.now() + everyMs;
    // One turn of the event loop later: what arrived in the same read from the socket belongs together.
    setImmediate(() => {
      const batch = this.waiting.splice(0, maxItems);
      void this.settle(batch).finally(() => {
        this.running--;
        this.next();
      });
    });
  }

  private async settle(batch: readonly Waiting<T, R>[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const results = await this.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, place) => {
        resolve(results[place] as R);
      });
    } catch (error) {
      if (batch.length === 1 || !this.options.splitsFailures) for (const { reject } of batch) reject(error);
      else for (const one of batch) await this.settle([one]);
    }
  }
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}
