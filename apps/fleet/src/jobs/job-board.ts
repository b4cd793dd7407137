import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { JobRecord, JobRepository } from '@chargebus/persistence/fleet';
import { Ticker } from '@chargebus/runtime';
import type { JobRegistry } from './job-registry';
import { JobRun } from './job-run';
import type { JobStore } from './job-store';
import type { JobWatch } from './job-watch';
import type { OrderWatch } from './order-watch';

const LOOK_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 600_000;
const UNKNOWN_KIND_AGAIN_MS = 30_000;

export interface BoardSettings {
  /** Jobs that one process works on at once. */
  readonly maxJobs: number;
  /** Items that one process carries out at once, of all its jobs: bounds memory. */
  readonly maxItems: number;
  readonly retentionDays: number;
}

/** Takes jobs that are due and that nobody works on; replicas take them side by side. */
export class JobBoard {
  private readonly runs = new Map<string, { readonly run: JobRun; readonly work: Promise<void> }>();
  private readonly ticker: Ticker;
  private free: number;
  private forgottenAtMs = 0;

  constructor(
    private readonly database: Database,
    private readonly jobs: JobRepository,
    private readonly registry: JobRegistry,
    private readonly store: JobStore,
    private readonly orders: OrderWatch,
    private readonly watch: JobWatch,
    private readonly settings: BoardSettings,
    private readonly logger: Logger,
  ) {
    this.free = settings.maxItems;
    this.ticker = new Ticker('jobs', LOOK_EVERY_MS, logger, () => this.look());
  }

  start(): void {
    this.watch.onNew(() => {
      this.ticker.wake();
    });
    this.ticker.start();
  }

  async stop(drainMs: number): Promise<void> {
    await this.ticker.stop();
    const runs = [...this.runs.values()];
    for (const { run } of runs) run.stop(drainMs);
    await Promise.all(runs.map(({ work }) => work));
  }

  private async look(): Promise<void> {
    const room = this.settings.maxJobs - this.runs.size;
    if (room > 0) for (const job of await this.store.claim(room)) await this.takeUp(job);
    await this.forget();
  }

  private async takeUp(job: JobRecord): Promise<void> {
    const kind = this.registry.find(job.kind);
    if (kind === undefined) {
      await this.store.release(job, UNKNOWN_KIND_AGAIN_MS);
      return;
    }
    const run = new JobRun(kind, job, this.store, this.orders, this.watch, this, this.logger);
    const work = run.work().finally(() => {
      this.runs.delete(job.jobId);
      this.ticker.wake();
    });
    this.runs.set(job.jobId, { run, work });
  }

  /** Places for items, shared by all jobs of this process. */
  take(wanted: number): number {
    const taken = Math.min(wanted, this.free);
    this.free -= taken;
    return taken;
  }
  giveBack(unused: number): void {
    this.free += unused;
  }

  private async forget(): Promise<void> {
    if (Date.now() < this.forgottenAtMs + FORGET_EVERY_MS) return;
    this.forgottenAtMs = Date.now();
    await this.database.transaction(asSystem('old jobs of all tenants'), (tx) =>
      this.jobs.forget(tx, this.settings.retentionDays, 100),
    );
  }
}
