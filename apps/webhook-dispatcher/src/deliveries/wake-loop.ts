import type { Logger } from '@chargebus/observability';

/** Runs one piece of work at a time; wakes that come meanwhile are gathered for the next one. */
export class WakeLoop {
  private readonly wanted = new Set<string>();
  private wantAll = false;
  private isRunning = false;
  private isStopped = false;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: (endpointIds: readonly string[] | null) => Promise<void>,
    private readonly logger: Logger,
  ) {}

  /** There may be work for these endpoints; null: for any. */
  wake(endpointIds: Iterable<string> | null): void {
    if (endpointIds === null) this.wantAll = true;
    else for (const endpointId of endpointIds) this.wanted.add(endpointId);
    if (!this.isRunning) this.done = this.run();
  }

  /** Resolves when the work under way is over; nothing new begins. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.done;
  }

  /** `isRunning` changes in the same turn in which the loop ends, so that no wake falls between the two. */
  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while ((this.wantAll || this.wanted.size > 0) && !this.isStopped) {
        const endpointIds = this.wantAll ? null : [...this.wanted];
        this.wantAll = false;
        this.wanted.clear();
        await this.work(endpointIds);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'deliveries not taken, trying again at the next poll');
    } finally {
      this.isRunning = false;
    }
  }
}
