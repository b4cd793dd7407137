import type { Logger } from '@chargebus/observability';
import type { RetentionKeeper } from '@chargebus/persistence';
import { Ticker } from '@chargebus/runtime';
import type { Rollup } from './rollup';

const EVERY_MS = 60_000;
const ARCHIVE_EVERY_MS = 3_600_000;

/** Looks after history by itself, apart from the sweeper: what takes its time here must not keep deadlines waiting. */
export class HistoryKeeper {
  private readonly ticker: Ticker;
  private archivedAtMs = 0;

  constructor(
    private readonly rollup: Rollup,
    private readonly retention: Pick<RetentionKeeper, 'run' | 'stop'>,
    logger: Logger,
    private readonly now: () => number,
  ) {
    this.ticker = new Ticker('history', EVERY_MS, logger, () => this.run());
  }

  start(): void {
    this.ticker.start(EVERY_MS);
  }
  async stop(): Promise<void> {
    await Promise.all([this.retention.stop(), this.ticker.stop()]);
  }

  /** Hours first: only what is rolled up is archived. */
  async run(): Promise<void> {
    await this.rollup.run();
    if (this.now() < this.archivedAtMs + ARCHIVE_EVERY_MS) return;
    await this.retention.run();
    this.archivedAtMs = this.now();
  }
}
