import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { AttemptKey, AttemptRepository } from '@chargebus/persistence/command';
import { Ticker } from '@chargebus/runtime';
import type { CommandMetrics } from '../metrics';

/** The attempts under way in this process, and their leases: kept alive in one statement for all of them. */
export class AttemptLeases {
  private readonly held = new Map<string, AttemptKey>();
  private readonly ticker: Ticker;

  constructor(
    private readonly database: Database,
    private readonly attempts: AttemptRepository,
    logger: Logger,
    private readonly metrics: CommandMetrics,
    private readonly leaseMs: number,
  ) {
    this.ticker = new Ticker('leases of attempts', leaseMs / 3, logger, () => this.renew());
  }

  start(): void {
    this.ticker.start(this.leaseMs / 3);
  }

  hold(attempt: AttemptKey): void {
    this.held.set(attempt.commandId, attempt);
    this.metrics.underWay.set(this.held.size);
  }
  drop(attempt: AttemptKey): void {
    if (this.held.get(attempt.commandId)?.attemptNo === attempt.attemptNo) this.held.delete(attempt.commandId);
    this.metrics.underWay.set(this.held.size);
  }

  /** What is still under way is given up, so that another replica goes on at once instead of after the lease. */
  async releaseAll(): Promise<void> {
    await this.ticker.stop();
    const left = [...this.held.values()];
    this.held.clear();
    if (left.length > 0)
      await this.database.transaction(asSystem('attempts of several tenants'), (tx) => this.attempts.release(tx, left));
  }

  /** A failure is made good by the next round; after a whole lease without one, others may take the attempts over. */
  private async renew(): Promise<void> {
    const held = [...this.held.values()];
    if (held.length === 0) return;
    await this.database.transaction(asSystem('attempts of several tenants'), (tx) =>
      this.attempts.renew(tx, held, this.leaseMs),
    );
  }
}
