import { ClientId, CommandId, Instant, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { Audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

/** preparing: its items are being found. cancelling: no further item begins. The last three are final. */
export const JobStatus = z.enum(['preparing', 'running', 'cancelling', 'completed', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;
export const JobItemStatus = z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped']);
export type JobItemStatus = z.infer<typeof JobItemStatus>;

const count = z.number().int().nonnegative();
/** How the items stand; they add up to `total`. */
export const JobTally = z.object({
  total: count,
  pending: count, // not begun
  running: count,
  succeeded: count,
  failed: count,
  skipped: count, // left out: the job was cancelled or ended by a failure
});
export const JobView = z.object({
  jobId: z.string(),
  tenantId: TenantId,
  clientId: ClientId.nullable(), // null: made by the product itself
  kind: z.string(),
  status: JobStatus,
  reason: z.string().nullable(), // why it ended early
  parameters: z.record(z.string(), z.unknown()),
  stage: z.number().int().positive(),
  concurrency: z.number().int().positive(), // 1: one item after the other
  timeoutMs: z.number().int().positive(), // of one item
  continueOnError: z.boolean(),
  tally: JobTally,
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type JobView = z.infer<typeof JobView>;

export const JobItemView = z.object({
  itemNo: z.number().int().positive(),
  stage: z.number().int().positive(),
  deviceId: z.string().nullable(),
  input: z.record(z.string(), z.unknown()),
  status: JobItemStatus,
  code: z.string().nullable(), // name of the error that it failed with
  reason: z.string().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  commandId: CommandId.nullable(), // the order whose end it awaits
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type JobItemView = z.infer<typeof JobItemView>;

/** What whoever made a job is told. */
export const JobReport = z.object({
  job: JobView,
  /** Results in the order of the items; null: the job is not over, or has more than can be told at once. */
  items: z.array(JobItemView).nullable(),
  replayed: z.boolean(), // true: the key had made this job before
});
export type JobReport = z.infer<typeof JobReport>;

/** Whose jobs the asker may see. */
const viewer = { tenantId: TenantId, ownedBy: ClientId.nullable() }; // null: everybody's of the tenant
const ref = { ...viewer, jobId: z.string().min(1).max(64) };

export const ListJobs = defineRequest({
  subject: 'cb.ask.fleet.job.list',
  timeoutMs: 5_000,
  request: z.object({
    ...viewer,
    kind: z.string().nullable(),
    status: JobStatus.nullable(),
    createdFrom: Instant.nullable(),
    createdTo: Instant.nullable(),
    page: PageQuery,
  }),
  reply: Page(JobView),
});
/** Errors: JOB_NOT_FOUND. */
export const GetJob = defineRequest({
  subject: 'cb.ask.fleet.job.get',
  timeoutMs: 5_000, // plus `waitMs`, which the caller adds
  request: z.object({ ...ref, waitMs: z.number().int().nonnegative().max(120_000) }), // for its end
  reply: JobView,
});
/** Errors: JOB_NOT_FOUND. */
export const ListJobItems = defineRequest({
  subject: 'cb.ask.fleet.job.items',
  timeoutMs: 5_000,
  request: z.object({ ...ref, status: JobItemStatus.nullable(), page: PageQuery }),
  reply: Page(JobItemView),
});
/** No further item begins; orders that have not left are taken back. Twice is once. Errors: JOB_NOT_FOUND, JOB_IS_OVER. */
export const CancelJob = defineRequest({
  subject: 'cb.ask.fleet.job.cancel',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: JobView,
});
/** A new job with what failed or was left out. Errors: JOB_NOT_FOUND, JOB_NOT_OVER, NOTHING_TO_RETRY. */
export const RetryJob = defineRequest({
  subject: 'cb.ask.fleet.job.retry',
  timeoutMs: 5_000,
  request: z.object({
    ...ref,
    clientId: ClientId,
    within: Audience.shape.within,
    idempotencyKey: z.string().max(200).nullable(),
  }),
  reply: JobReport,
});
