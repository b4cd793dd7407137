import { AppError } from '@chargebus/errors';
import { isTransient } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Ticker } from '@chargebus/runtime';

const LOOK_EVERY_MS = 1_000;

/** Where work waits to be taken: rows with a lease. */
export interface LeasedWork<T> {
  /** Due work that nobody has, at most `limit`; `id`: this one alone, if it can be taken now. */
  claim(limit: number, id: string | null): Promise<readonly T[]>;
  idOf(work: T): string;
  /** One look at it. What it throws is logged, and the work is taken again when its lease is over. */
  look(work: T): Promise<void>;
}

/** Takes leased work, many at once. A process that dies leaves its work to others when the leases end. */
export class LeaseWorker<T> {
  private readonly under = new Map<string, Promise<void>>();
  private readonly ticker: Ticker;

  constructor(
    what: string,
    private readonly source: LeasedWork<T>,
    private readonly logger: Logger,
    private readonly concurrency: number,
  ) {
    this.ticker = new Ticker(what, LOOK_EVERY_MS, logger, () => this.takeDue());
  }

  start(): void {
    this.ticker.start();
  }

  /** Begins with this one now, if it can be taken; resolves when this look at it is over. */
  async begin(id: string): Promise<void> {
    try {
      const [work] = await this.source.claim(1, id);
      await (work === undefined ? this.under.get(id) : this.take(work));
    } catch (error) {
      this.logger.warn({ err: error, id }, 'left to the next round');
    }
  }

  /** Resolves when nothing is under way here, or when that takes too long: the rest is done again elsewhere. */
  async stop(withinMs: number): Promise<void> {
    await this.ticker.stop();
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([Promise.all(this.under.values()), tooLong]);
  }

  private async takeDue(): Promise<void> {
    const room = this.concurrency - this.under.size;
    if (room <= 0) return;
    for (const work of await this.source.claim(room, null)) void this.take(work);
  }

  private take(work: T): Promise<void> {
    const id = this.source.idOf(work);
    const looking = this.source
      .look(work)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, id }, 'tried again when its lease is over');
      })
      .finally(() => this.under.delete(id));
    this.under.set(id, looking);
    return looking;
  }
}

/** A service that is away, or a full queue: later it may be well. */
export const mayPass = (error: unknown): boolean =>
  (error instanceof AppError && error.definition.status > 500) || isTransient(error);

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
