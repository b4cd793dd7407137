/**
 * Gathers what comes while a batch is under way and hands it on as the next one: a lone item waits for nobody, and
 * under load hundreds share one transaction. When a batch fails its items are tried one by one, so that one that the
 * database refuses does not take others with it.
 */
export class Batcher<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private running = 0;

  /** `run` answers for each item at its place. */
  constructor(
    private readonly run: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly maxItems = 200,
    private readonly maxBatches = 2,
  ) {}

  push(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.running >= this.maxBatches || this.waiting.length === 0) return;
    this.running++;
    // One turn of the event loop later: what arrived in the same read from the socket belongs together.
    setImmediate(() => {
      const batch = this.waiting.splice(0, this.maxItems);
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
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else for (const one of batch) await this.settle([one]);
    }
  }
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}
