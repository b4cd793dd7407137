import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { AttemptKey, AttemptRepository } from '@chargebus/persistence/command';
import type { CommandMetrics } from '../metrics';

/** The attempts under way in this process, and their leases: kept alive in one statement for all of them. */
export class AttemptLeases {
  private readonly held = new Map<string, AttemptKey>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly attempts: AttemptRepository,
    private readonly logger: Logger,
    private readonly metrics: CommandMetrics,
    private readonly leaseMs: number,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      void this.renew();
    }, this.leaseMs / 3);
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
    if (this.timer !== null) clearInterval(this.timer);
    const left = [...this.held.values()];
    this.held.clear();
    if (left.length > 0)
      await this.database.transaction(asSystem('attempts of several tenants'), (tx) => this.attempts.release(tx, left));
  }

  /** A failure is made good by the next round; after a whole lease without one, others may take the attempts over. */
  private async renew(): Promise<void> {
    const held = [...this.held.values()];
    if (held.length === 0) return;
    try {
      await this.database.transaction(asSystem('attempts of several tenants'), (tx) =>
        this.attempts.renew(tx, held, this.leaseMs),
      );
    } catch (error) {
      this.logger.warn({ err: error, attempts: held.length }, 'leases not renewed');
    }
  }
}
