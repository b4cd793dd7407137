import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { DeliveryQueueRepository } from '@chargebus/persistence/webhook';
import type { Dispatcher } from './dispatcher';

const EVERY_MS = 500;
/** However much waits, Postgres is busy with this for a tenth of the time at most. */
const REST_FACTOR = 10;

/**
 * Takes samples that are of no use any more out of the queues of endpoints that are behind (ADR 0172). Every replica
 * does it; the statement passes over what another one holds.
 */
export class Thinning {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueueRepository,
    private readonly dispatcher: Pick<Dispatcher, 'behind'>,
    private readonly logger: Logger,
    private readonly waitedMs: number,
  ) {}

  start(): void {
    this.runAfter(EVERY_MS);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private runAfter(ms: number): void {
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, ms);
  }
  private async run(): Promise<void> {
    const beganMs = performance.now();
    try {
      const statements = this.database.alone(asSystem('samples of all tenants'));
      await this.queue.supersede(statements, this.dispatcher.behind(), this.waitedMs);
    } catch (error) {
      this.logger.warn({ err: error }, 'samples that are of no use stay in the queue');
    }
    if (!this.stopped) this.runAfter(Math.max(EVERY_MS, REST_FACTOR * (performance.now() - beganMs)));
  }
}
