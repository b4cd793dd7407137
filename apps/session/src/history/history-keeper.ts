import type { Logger } from '@chargebus/observability';
import type { RetentionKeeper } from '@chargebus/persistence';
import type { Rollup } from './rollup';

const EVERY_MS = 60_000;
const ARCHIVE_EVERY_MS = 3_600_000;

/** Looks after history by itself, apart from the sweeper: what takes its time here must not keep deadlines waiting. */
export class HistoryKeeper {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private archivedAtMs = 0;

  constructor(
    private readonly rollup: Rollup,
    private readonly retention: Pick<RetentionKeeper, 'run' | 'stop'>,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.runSafely());
    }, EVERY_MS);
  }
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.retention.stop();
    await this.running;
  }

  /** Hours first: only what is rolled up is archived. */
  async run(): Promise<void> {
    await this.rollup.run();
    if (this.now() < this.archivedAtMs + ARCHIVE_EVERY_MS) return;
    await this.retention.run();
    this.archivedAtMs = this.now();
  }

  private async runSafely(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.logger.warn({ err: error }, 'history was not looked after, the next round tries again');
    }
  }
}
