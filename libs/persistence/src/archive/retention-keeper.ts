import type { Retained, TenantId } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import { Ticker } from '@chargebus/runtime';
import type { RetentionRepository } from './retention.repository';

const DAY_MS = 86_400_000;
const FIRST_ROUND_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Something that tenants keep for so many days and that leaves afterwards: into an archive, or for good. */
export interface Retention {
  readonly kind: string;
  readonly retained: Retained;
  /** What counts for tenants that said nothing. */
  readonly defaultDays: () => number;
  /** Whoever may have some of it. */
  tenants(): Promise<readonly TenantId[]>;
  /** Lets the oldest part from before `keepFrom` leave. Null: there is none, or another process is at it. */
  next(tenantId: TenantId, keepFrom: Date): Promise<object | null>;
  /** After a round: `before` is older than anything that a tenant keeps, `byDefault` than what the installation does. */
  readonly tidy?: (before: Date, byDefault: Date) => Promise<void>;
}

/** Sees to it that what is older than its tenant wants leaves, part by part. Harmless from many replicas at once. */
export class RetentionKeeper {
  private readonly ticker: Ticker;
  private stopping = false;

  constructor(
    private readonly kept: readonly Retention[],
    private readonly policies: RetentionRepository,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.ticker = new Ticker('what is old', EVERY_MS, logger, () => this.run());
  }

  /** A round every hour, the first one when the process has settled. */
  start(): void {
    this.ticker.start(FIRST_ROUND_MS);
  }
  async stop(): Promise<void> {
    this.stopping = true;
    await this.ticker.stop();
  }

  /** One round over everything. */
  async run(): Promise<void> {
    for (const retention of this.kept) await this.look(retention);
  }

  private async look(retention: Retention): Promise<void> {
    const { retained } = retention;
    const defaultDays = retention.defaultDays();
    await this.policies.tell(retained, defaultDays);
    const own = await this.policies.ownDays(retained);
    for (const tenantId of await retention.tenants())
      await this.letGo(retention, tenantId, this.daysAgo(own.get(tenantId) ?? defaultDays)).catch((error: unknown) => {
        this.logger.warn({ err: error, tenantId, kind: retention.kind }, 'what is old stays until the next round');
      });
    const longest = Math.max(defaultDays, ...own.values());
    await retention.tidy?.(this.daysAgo(longest), this.daysAgo(defaultDays));
  }

  private async letGo(retention: Retention, tenantId: TenantId, keepFrom: Date): Promise<void> {
    while (!this.stopping) {
      const startedMs = performance.now();
      const done = await retention.next(tenantId, keepFrom);
      if (done === null) return;
      const durationMs = Math.round(performance.now() - startedMs);
      this.logger.info({ tenantId, kind: retention.kind, ...done, durationMs }, 'history.archived');
    }
  }

  private daysAgo(days: number): Date {
    return new Date(this.now() - days * DAY_MS);
  }
}
