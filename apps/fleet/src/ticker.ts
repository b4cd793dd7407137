import type { Logger } from '@chargebus/observability';

/**
 * Does one piece of work again and again: every so often, and at once when it is woken. Never twice at the same time, and
 * a failure is logged and tried again.
 */
export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  /** `work` answers whether there is more to do right away. */
  constructor(
    private readonly what: string,
    private readonly everyMs: number,
    private readonly logger: Logger,
    private readonly work: () => Promise<boolean>,
  ) {}

  start(): void {
    this.stopped = false;
    this.arm(0);
  }
  wake(): void {
    if (!this.stopped) this.arm(0);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private arm(inMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.running = this.running.then(() => this.turn());
    }, inMs);
  }
  private async turn(): Promise<void> {
    let more = false;
    try {
      more = await this.work();
    } catch (error) {
      this.logger.warn({ err: error, what: this.what }, 'work failed, it is tried again');
    }
    if (!this.stopped && (more || this.timer === null)) this.arm(more ? 0 : this.everyMs);
  }
}
