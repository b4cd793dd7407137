import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { AttemptRepository } from '@chargebus/persistence/command';
import { Ticker } from '@chargebus/runtime';
import type { Endings } from '../commands/endings';
import type { CommandMetrics } from '../metrics';
import type { CommandQueue } from './command-queue';
import type { QueueLevel } from './queue-level';

const PAGE = 500;

export interface SweepSettings {
  readonly intervalMs: number;
  readonly overdueMs: number;
}

/**
 * What time alone brings about. Expired commands end; commands whose job is missing (Redis was emptied or away, a
 * process died between its commit and the queue) are queued again, which changes nothing where a job exists after all.
 * Replicas sweep side by side: each row is taken by one of them.
 */
export class Sweeper {
  private readonly ticker: Ticker;

  constructor(
    private readonly database: Database,
    private readonly attempts: AttemptRepository,
    private readonly endings: Endings,
    private readonly queue: CommandQueue,
    private readonly level: QueueLevel,
    private readonly settings: SweepSettings,
    private readonly metrics: CommandMetrics,
    private readonly logger: Logger,
  ) {
    this.ticker = new Ticker('open commands', settings.intervalMs, logger, () => this.sweep());
  }

  /** At the start everything that is open is looked at, whenever it would be due. */
  async start(): Promise<void> {
    await this.level.count();
    await this.database.transaction(asSystem('open commands of all tenants'), (tx) => this.attempts.makeAllDue(tx));
    await this.requeue(0).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'first sweep failed');
    });
    this.ticker.start(this.settings.intervalMs);
  }

  stop(): Promise<void> {
    return this.ticker.stop();
  }

  private async sweep(): Promise<void> {
    await this.level.count();
    await this.expire();
    await this.requeue(this.settings.overdueMs);
  }

  private async expire(): Promise<void> {
    for (let full = true; full;) {
      const ended = await this.database.transaction(asSystem('expired commands of all tenants'), async (tx) => {
        const closed = await this.attempts.closeSpent(tx, null, PAGE);
        await this.endings.record(tx, closed);
        return closed;
      });
      this.endings.publish(ended);
      await this.queue.remove(ended);
      full = ended.length === PAGE;
    }
  }

  /** The rows stay locked until their jobs are made: where Redis is away they stay overdue, for the next sweep. */
  private async requeue(overdueMs: number): Promise<void> {
    const againMs = Math.max(5_000, this.settings.overdueMs * 5);
    for (let full = true; full;) {
      const count = await this.database.transaction(asSystem('open commands of all tenants'), async (tx) => {
        const overdue = await this.attempts.takeOverdue(tx, overdueMs, againMs, PAGE);
        if (!(await this.queue.addOrWake(overdue))) throw new Error('nothing queued again: Redis is away');
        return overdue.length;
      });
      this.metrics.requeued.inc(count);
      full = count === PAGE;
    }
  }
}
