import type { TenantId } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import type { Archiver, ArchiveSource } from '@chargebus/persistence';
import { SESSION_ARCHIVES } from '@chargebus/persistence/session';
import type { RetentionPolicy, RetentionRepository } from '@chargebus/persistence/session';

const DAY_MS = 86_400_000;

/** Which policy says how long the rows of a source stay. */
const DAYS_OF: readonly (readonly [ArchiveSource, keyof RetentionPolicy])[] = [
  [SESSION_ARCHIVES.samples, 'samplesDays'],
  [SESSION_ARCHIVES.sessions, 'sessionsDays'],
  [SESSION_ARCHIVES.faults, 'logsDays'],
  [SESSION_ARCHIVES.alarms, 'logsDays'],
];

/** Moves what tenants do not want to keep at hand into archives, slice by slice. Harmless from many replicas at once. */
export class Archiving {
  constructor(
    private readonly policies: RetentionRepository,
    private readonly archiver: Archiver,
    private readonly byDefault: RetentionPolicy,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {}

  async run(): Promise<void> {
    const tenants = await this.policies.all();
    for (const { tenantId, policy } of tenants) await this.archive(tenantId, policy ?? this.byDefault);
    const kept = tenants.map(({ policy }) => (policy ?? this.byDefault).samplesDays);
    await this.policies.dropEmptyDays(this.daysAgo(Math.max(this.byDefault.samplesDays, ...kept)));
  }

  private async archive(tenantId: TenantId, policy: RetentionPolicy): Promise<void> {
    for (const [source, days] of DAYS_OF) {
      const keepFrom = this.daysAgo(policy[days]);
      for (;;) {
        const startedMs = performance.now();
        const done = await this.archiver.next(source, tenantId, keepFrom);
        if (done === null) break;
        const durationMs = Math.round(performance.now() - startedMs);
        this.logger.info({ tenantId, kind: source.kind, ...done, durationMs }, 'history.archived');
      }
    }
  }

  private daysAgo(days: number): Date {
    return new Date(this.now() - days * DAY_MS);
  }
}
