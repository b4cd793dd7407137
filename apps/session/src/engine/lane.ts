import { setImmediate } from 'node:timers/promises';
import { isTransient } from '@chargebus/messaging';

interface Job<T> {
  readonly items: readonly T[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Commits what has gathered while the last commit was under way, as one: many callers share one transaction, and
 * nobody waits for a timer. Items of one lane are handled in the order in which they came.
 */
export class Lane<T> {
  private queue: Job<T>[] = [];
  private working: Promise<void> | null = null;

  constructor(
    private readonly maxItems: number,
    private readonly commit: (items: readonly T[]) => Promise<void>,
  ) {}

  run(items: readonly T[]): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.queue.push({ items, resolve, reject });
      this.working ??= this.work().finally(() => {
        this.working = null;
      });
    });
  }

  async idle(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    await setImmediate(); // what the same read of a socket brought is one commit
    while (this.queue.length > 0) await this.settle(this.take());
  }

  private take(): readonly Job<T>[] {
    let size = 0;
    let count = 0;
    for (const { items } of this.queue) {
      if (count > 0 && size + items.length > this.maxItems) break;
      size += items.length;
      count++;
    }
    return this.queue.splice(0, count);
  }

  /** One job that cannot be committed must not take the others with it; a server that is away fails them all. */
  private async settle(jobs: readonly Job<T>[]): Promise<void> {
    try {
      await this.commit(jobs.flatMap(({ items }) => items));
      for (const job of jobs) job.resolve();
    } catch (error) {
      if (jobs.length === 1 || isTransient(error)) for (const job of jobs) job.reject(error);
      else for (const job of jobs) await this.settle([job]);
    }
  }
}
