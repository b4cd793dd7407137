import { AppError } from '@chargebus/errors';
import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  JobItemRecord,
  JobItemRepository,
  JobItemStep,
  JobRecord,
  JobRepository,
} from '@chargebus/persistence/fleet';
import { stepOfError, toItemStep } from './item-steps';
import { toKindItem, toKindJob } from './job-kind';
import type { OrderEnd, Step } from './job-kind';
import type { JobRegistry } from './job-registry';
import type { JobStore } from './job-store';
import type { JobWatch } from './job-watch';
import { stepOfEnd } from './order-watch';

/** Ends items of any job whose end is told from elsewhere: by an order that is over, or by whoever they await. */
export class ItemEndings {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobRepository,
    private readonly items: JobItemRepository,
    private readonly registry: JobRegistry,
    private readonly store: JobStore,
    private readonly watch: JobWatch,
    private readonly logger: Logger,
  ) {}

  /** Ends items that await what their kind has named so; of other items it says nothing. */
  async settle(key: string, step: Step): Promise<void> {
    const items = await this.ofAll((tx) => this.items.awaitingKeys(tx, [key]));
    await this.move(items.map((item) => toItemStep(item, step)));
  }

  async ordersEnded(ends: readonly OrderEnd[]): Promise<void> {
    const byId = new Map(ends.map((end) => [end.commandId, end]));
    const items = await this.ofAll((tx) => this.items.awaiting(tx, [...byId.keys()]));
    if (items.length === 0) return;
    const jobs = await this.ofAll((tx) => this.jobs.findMany(tx, [...new Set(items.map(({ jobId }) => jobId))]));
    const jobOf = new Map(jobs.map((job) => [job.jobId, job]));
    const steps = items.map(async (item) => {
      const end = item.commandId === null ? undefined : byId.get(item.commandId);
      const job = jobOf.get(item.jobId);
      return end === undefined || job === undefined ? null : this.stepOf(job, item, end);
    });
    await this.move((await Promise.all(steps)).filter((step) => step !== null));
  }

  /** Null: a newer build knows what it means. */
  private async stepOf(job: JobRecord, item: JobItemRecord, end: OrderEnd): Promise<JobItemStep | null> {
    const kind = this.registry.find(job.kind);
    if (kind === undefined) return null;
    try {
      const step = await stepOfEnd(kind, toKindItem(kind, toKindJob(kind, job), item), end, job.timeoutMs);
      return toItemStep(item, step);
    } catch (error) {
      if (error instanceof AppError && error.definition.status > 500) return null; // asked after again later
      this.logger.error({ err: error, jobId: job.jobId, itemNo: item.itemNo }, 'the end of an order of a job');
      return stepOfError(item, error, Date.now());
    }
  }

  private async move(steps: readonly JobItemStep[]): Promise<void> {
    if (steps.length === 0) return;
    await this.store.settle(steps);
    this.watch.announce(steps.map(({ jobId }) => jobId));
  }

  private ofAll<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(asSystem('results for jobs of any tenant'), work);
  }
}
