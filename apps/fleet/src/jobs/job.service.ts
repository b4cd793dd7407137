import { createHash } from 'node:crypto';
import type { ClientId, DataScope, TenantId } from '@chargebus/domain';
import { IdempotencyKeyReused, JobIsOver, JobNotFound, JobNotOver, NothingToRetry } from '@chargebus/errors';
import { forTenant, sortableId } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { JobItemRepository, JobOptions, JobRecord, JobRepository, NewJobItem } from '@chargebus/persistence/fleet';
import type {
  CancelJob,
  GetJob,
  JobReport,
  JobView,
  ListJobItems,
  ListJobs,
  ReplyOf,
  RequestOf,
  RetryJob,
} from '@chargebus/requests';
import type { z } from 'zod';
import { Bell } from './bell';
import type { JobKind, NewItem } from './job-kind';
import { toItemView, toJobView } from './job-view';
import type { JobWatch } from './job-watch';

const INSERT_PAGE = 1_000;
/** A job whose items stop coming fails after this. */
const ITEMS_FOLLOW_WITHIN_MS = 60_000;
/** More results than this are fetched in pages. */
const REPORTED_ITEMS = 1_000;

export interface JobOrder<P, I> {
  readonly tenantId: TenantId;
  readonly clientId: ClientId | null;
  /** The part of the tenant that whoever orders it may touch; null: all of it. */
  readonly within: DataScope | null;
  readonly parameters: P;
  /** Absent: the kind finds them. */
  readonly items?: readonly NewItem<I>[];
  /** Further items follow by `addItems`, and the job begins with the last of them. */
  readonly more?: boolean;
  readonly options: JobOptions;
  /** The same key of the same client is the same job, with `request` the same; null: every order is a new job. */
  readonly idempotencyKey?: string | null;
  /** Not begun before. Absent: now. */
  readonly dueAt?: Date;
}

type JobRef = Omit<RequestOf<typeof GetJob>, 'waitMs'>;

/** Jobs as whoever orders and watches them sees them. */
export class JobService {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobRepository,
    private readonly items: JobItemRepository,
    private readonly watch: JobWatch,
  ) {}

  /** Accepts a job; it begins at once, here or on another replica. Errors: IDEMPOTENCY_KEY_REUSED. */
  async create<P, I>(kind: JobKind<P, I>, order: JobOrder<P, I>): Promise<{ job: JobRecord; replayed: boolean }> {
    const items = order.items?.map(({ deviceId, input, stage = 1 }) => ({ deviceId, input, stage }));
    return this.insert(kind.kind, { ...order, items });
  }

  private async insert(
    kind: string,
    order: Omit<JobOrder<unknown, unknown>, 'items'> & { readonly items: readonly NewJobItem[] | undefined },
  ): Promise<{ job: JobRecord; replayed: boolean }> {
    const { tenantId, clientId, within, parameters, items, options, idempotencyKey: key = null } = order;
    const dueAt = order.more === true ? new Date(Date.now() + ITEMS_FOLLOW_WITHIN_MS) : (order.dueAt ?? null);
    const requestHash = key === null ? null : hashOf([kind, parameters, items ?? null, options]);
    const made = await this.database.transaction(forTenant(tenantId), async (tx) => {
      const job = await this.jobs.insert(
        tx,
        {
          jobId: sortableId('job'),
          tenantId,
          clientId,
          within,
          kind,
          parameters,
          ...options,
          idempotencyKey: key,
          requestHash,
          dueAt,
        },
        items === undefined || order.more === true ? 'preparing' : 'running',
      );
      if (job === null) return null;
      for (let at = 0; at < (items?.length ?? 0); at += INSERT_PAGE)
        await this.items.append(tx, job.jobId, tenantId, items?.slice(at, at + INSERT_PAGE) ?? []);
      return this.jobs.find(tx, job.jobId);
    });
    if (made !== null) {
      this.watch.announceNew();
      return { job: made, replayed: false };
    }
    const before = await this.of(tenantId, (tx) =>
      clientId === null || key === null ? Promise.resolve(null) : this.jobs.findByKey(tx, tenantId, clientId, key),
    );
    if (before === null) throw new JobNotFound({ jobId: key ?? '' }); // forgotten between the two statements
    if (before.requestHash !== requestHash) throw new IdempotencyKeyReused({ key: key ?? '' });
    return { job: before, replayed: true };
  }

  /** A page that is there already, because it is sent again, is left out. Errors: JOB_NOT_FOUND. */
  async addItems(
    tenantId: TenantId,
    jobId: string,
    page: { readonly after: number; readonly items: readonly NewItem<unknown>[]; readonly last: boolean },
  ): Promise<void> {
    const items = page.items.map(({ deviceId, input, stage = 1 }) => ({ deviceId, input, stage }));
    await this.of(tenantId, async (tx) => {
      await this.jobs.lock(tx, [jobId]);
      const job = await this.jobs.find(tx, jobId);
      if (job === null) throw new JobNotFound({ jobId });
      if (job.state !== 'preparing' || job.tally.total !== page.after) return;
      await this.items.append(tx, jobId, tenantId, items);
      if (page.last) await this.jobs.found(tx, jobId, null);
    });
    if (page.last) this.watch.announceNew();
  }

  /** The job with its results, after waiting for its end for at most `waitMs`. */
  async report(
    tenantId: TenantId,
    jobId: string,
    waitMs: number,
    replayed: boolean,
  ): Promise<z.infer<typeof JobReport>> {
    const job = await this.awaitEnd({ tenantId, jobId, ownedBy: null }, waitMs);
    const tell = job.finishedAt !== null && job.tally.total <= REPORTED_ITEMS;
    const page = { limit: REPORTED_ITEMS, offset: 0, cursor: null, sort: null, order: 'asc', counted: false } as const;
    const items = tell ? (await this.of(tenantId, (tx) => this.items.page(tx, jobId, null, page))).items : null;
    return { job: toJobView(job), items: items === null ? null : items.map(toItemView), replayed };
  }

  async get({ waitMs, ...ref }: RequestOf<typeof GetJob>): Promise<JobView> {
    return toJobView(await this.awaitEnd(ref, waitMs));
  }

  private async awaitEnd(ref: JobRef, waitMs: number): Promise<JobRecord> {
    const untilMs = Date.now() + waitMs;
    const bell = new Bell();
    const silence = this.watch.listen(ref.jobId, () => {
      bell.ring();
    });
    try {
      for (;;) {
        const job = await this.find(ref);
        if (job.finishedAt !== null || Date.now() >= untilMs) return job;
        await bell.sleep(Math.min(1_000, untilMs - Date.now()));
      }
    } finally {
      silence();
    }
  }

  async list({
    tenantId,
    ownedBy,
    kind,
    status,
    createdFrom,
    createdTo,
    page,
  }: RequestOf<typeof ListJobs>): Promise<ReplyOf<typeof ListJobs>> {
    const state = status === 'cancelling' ? ('ending' as const) : status;
    const filter = { clientId: ownedBy, kind, state, createdFrom, createdTo };
    const found = await this.of(tenantId, (tx) => this.jobs.page(tx, tenantId, filter, page));
    return { ...found, items: found.items.map(toJobView) };
  }

  async listItems({ status, page, ...ref }: RequestOf<typeof ListJobItems>): Promise<ReplyOf<typeof ListJobItems>> {
    await this.find(ref);
    const found = await this.of(ref.tenantId, (tx) => this.items.page(tx, ref.jobId, status, page));
    return { ...found, items: found.items.map(toItemView) };
  }

  /** Cancelling twice is cancelling once. Errors: JOB_NOT_FOUND, JOB_IS_OVER. */
  async cancel(ref: RequestOf<typeof CancelJob>): Promise<JobView> {
    const { tenantId, jobId } = ref;
    const before = await this.find(ref);
    const cancelled = await this.of(tenantId, async (tx) => {
      const ending = await this.jobs.beginEnding(tx, jobId, 'cancelled', 'cancelled');
      if (ending === null) return null;
      await this.items.skipPending(tx, jobId, 'cancelled');
      await this.items.lookAtAll(tx, jobId);
      return this.jobs.find(tx, jobId);
    });
    if (cancelled !== null) {
      this.watch.announce([jobId]);
      return toJobView(cancelled);
    }
    const now = before.finishedAt === null ? await this.find(ref) : before;
    if (now.state === 'ending' || now.state === 'cancelled') return toJobView(now);
    throw new JobIsOver({ jobId, status: now.state });
  }

  /** Errors: JOB_NOT_FOUND, JOB_NOT_OVER, NOTHING_TO_RETRY. */
  async retry(request: RequestOf<typeof RetryJob>): Promise<z.infer<typeof JobReport>> {
    const { tenantId, jobId, clientId, within = null, idempotencyKey } = request;
    const before = await this.find(request);
    if (before.finishedAt === null) throw new JobNotOver({ jobId, status: toJobView(before).status });
    const items = await this.of(tenantId, (tx) => this.items.unsuccessful(tx, jobId));
    if (items.length === 0) throw new NothingToRetry({ jobId });
    const { kind, parameters, concurrency, timeoutMs, continueOnError } = before;
    const options = { concurrency, timeoutMs, continueOnError };
    const { job, replayed } = await this.insert(kind, {
      tenantId,
      clientId,
      within,
      parameters,
      items,
      options,
      idempotencyKey,
    });
    return this.report(tenantId, job.jobId, 0, replayed);
  }

  private async find({ tenantId, jobId, ownedBy }: JobRef): Promise<JobRecord> {
    const job = await this.of(tenantId, (tx) => this.jobs.find(tx, jobId));
    if (job === null || (ownedBy !== null && job.clientId !== ownedBy)) throw new JobNotFound({ jobId });
    return job;
  }
  private of<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
