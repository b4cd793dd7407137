import type { Logger } from '@chargebus/observability';

/**
 * Does one piece of work again and again: every so often, and at once when it is woken. Never twice at the same time; a
 * failure is logged, and the next turn tries again.
 */
export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private woken = false; // while it was running
  private stopped = true;

  constructor(
    /** What it looks after, for the log. */
    private readonly what: string,
    private readonly everyMs: number, // from the end of one turn to the next
    private readonly logger: Logger,
    /** True: there is more to do at once. */
    private readonly work: () => Promise<unknown>,
  ) {}

  start(firstInMs = 0): void {
    this.stopped = false;
    this.arm(firstInMs);
  }

  wake(): void {
    if (this.running !== null) this.woken = true;
    else if (!this.stopped) this.arm(0);
  }

  /** Resolves when the turn under way is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private arm(inMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.woken = false;
      this.running = this.turn().then((more) => {
        this.running = null;
        if (!this.stopped) this.arm(more || this.woken ? 0 : this.everyMs);
      });
    }, inMs);
  }

  private async turn(): Promise<boolean> {
    try {
      return (await this.work()) === true;
    } catch (error) {
      this.logger.warn({ err: error, what: this.what }, 'work failed, the next turn tries again');
      return false;
    }
  }
}
