import { ServiceUnavailable } from '@chargebus/errors';
import { isTransient } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { AuditRepository } from '@chargebus/persistence/iam';
import type { ApiMetrics } from '../metrics';
import type { AuditEntry } from './audit-entry';

const BATCH_ENTRIES = 200;
const MAX_WAITING = 5_000;
const AGAIN_AFTER_MS = 500;
/** An answer waits this long for its entry at most: what was done is done, and its entry stays in line. */
const ANSWER_WAITS_MS = 1_000;

interface Waiting {
  readonly entry: AuditEntry;
  readonly sinceMs: number; // monotonic
  readonly written: () => void;
}

/**
 * Every call that changes or orders something, in the audit log before it is answered (D15, R04). Calls that end
 * together share one round trip. While the log cannot be written nothing more is begun that belongs into it, so that only
 * the entries of what was under way wait in memory, where a kill would lose them.
 */
export class AuditLog {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private failing = false; // the last write, for a reason that passes
  private stopped = false;

  constructor(
    private readonly repository: Pick<AuditRepository, 'append'>,
    private readonly metrics: Pick<ApiMetrics, 'auditEntriesDropped'>,
    private readonly logger: Logger,
  ) {}

  /** Throws SERVICE_UNAVAILABLE: nothing is done that could not be accounted for, or only late. */
  refuseUnaccountable(): void {
    const [oldest] = this.waiting;
    const isLate = this.failing && oldest !== undefined && performance.now() - oldest.sinceMs >= ANSWER_WAITS_MS;
    if (isLate || this.waiting.length >= MAX_WAITING) throw new ServiceUnavailable({ service: 'audit' });
  }

  /** Of one call. Null: there is nothing to write. Else resolves when it is written, or was waited for long enough. */
  record(entries: readonly AuditEntry[]): Promise<void> | null {
    if (entries.length === 0) return null;
    const sinceMs = performance.now();
    const written = Promise.all(
      entries.map((entry) => new Promise<void>((resolve) => this.waiting.push({ entry, sinceMs, written: resolve }))),
    );
    this.writing ??= this.write();
    return within(written, ANSWER_WAITS_MS);
  }

  /** At the end of the process, after the last answer. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.writing;
    if (this.waiting.length > 0) this.logger.error({ entries: this.waiting.length }, 'audit entries are lost');
  }

  /** A batch that Postgres does not take is written one by one, so that only the entry that is at fault is left out. */
  private async write(): Promise<void> {
    await Promise.resolve(); // calls that end in the same turn go along
    let size = BATCH_ENTRIES;
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, size);
      try {
        await this.repository.append(batch.map(({ entry }) => entry));
        this.failing = false;
        this.settle(batch);
      } catch (error) {
        this.logger.error({ err: error, entries: this.waiting.length }, 'the audit log cannot be written');
        this.failing = isTransient(error);
        if (this.failing) {
          if (this.stopped) break;
          await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
        } else if (batch.length === 1) {
          this.metrics.auditEntriesDropped.inc();
          this.settle(batch);
        } else size = 1;
      }
    }
    this.writing = null;
  }

  private settle(batch: readonly Waiting[]): void {
    this.waiting = this.waiting.slice(batch.length);
    for (const { written } of batch) written();
  }
}

function within(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
