import { CommandId } from '@chargebus/domain';
import { IdempotencyKeyReused, JobIsOver, JobNotFound, JobNotOver, NothingToRetry } from '@chargebus/errors';
import { JobItemStatus, JobStatus } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { idempotencyHeader, instant, numberInQuery, text } from './fields';

const jobId = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 visible ASCII characters')
  .describe('GET /api/third/jobs/{jobId} follows it.');

export const JobSummary = z
  .object({
    total: z.int(),
    pending: z.int().describe('Not begun.'),
    running: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    skipped: z.int().describe('Left out, because the job was cancelled or ended by a failure.'),
  })
  .meta({ id: 'JobSummary', description: 'How the items stand; they add up to total.' });

export const Job = z
  .object({
    job_id: jobId,
    kind: z.string().describe('batch.control, params.push …'),
    status: JobStatus.describe(
      'preparing: its items are being found. cancelling: no further item begins. completed: every item is over, whether it succeeded or not. failed: ended early by a failure. The last three are final.',
    ),
    reason: z.string().nullable().describe('Why it ended early.'),
    summary: JobSummary,
    progress_percentage: z.number().describe('Share of the items that are over; 0 while they are being found.'),
    stage: z.int().describe('Items of later stages wait; 1 where there is one only.'),
    execution_mode: z.enum(['concurrent', 'sequential']),
    max_concurrent: z.int(),
    timeout_seconds: z.number().describe('s; how long one item may take.'),
    continue_on_error: z.boolean(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;
/** Whoever asked for it is answered 202 then. */
export const isUnderWay = ({ status }: Pick<Job, 'status'>): boolean =>
  status === 'preparing' || status === 'running' || status === 'cancelling';

export const JobItem = z
  .object({
    item_no: z.int().describe('Counted from 1, the order in which items begin.'),
    stage: z.int(),
    phy_id: z.string().nullable().describe('The device; null where the item is about none.'),
    action: z.string().nullable().describe('What was asked of it, where the items of a job differ.'),
    port_no: z.int().nullable(),
    status: JobItemStatus,
    error: z.string().nullable().describe('Name of the error that it failed with.'),
    message: z.string().nullable().describe('Why it failed or was left out.'),
    result: z.record(z.string(), z.unknown()).nullable(),
    command_id: CommandId.nullable().describe('The order to the device; GET /api/third/commands/{id} follows it.'),
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'JobItem' });
export type JobItem = z.infer<typeof JobItem>;

export const jobExample: Job = {
  job_id: 'job_018d0c2e7f4a0003a1b2c3d4e5f6',
  kind: 'batch.control',
  status: 'running',
  reason: null,
  summary: { total: 1000, pending: 570, running: 10, succeeded: 415, failed: 5, skipped: 0 },
  progress_percentage: 42,
  stage: 1,
  execution_mode: 'concurrent',
  max_concurrent: 10,
  timeout_seconds: 30,
  continue_on_error: true,
  created_at: '2024-01-13T10:00:00.000Z',
  started_at: '2024-01-13T10:00:00.120Z',
  finished_at: null,
};
export const jobItemExample: z.input<typeof JobItem> = {
  item_no: 1,
  stage: 1,
  phy_id: '04AB373B',
  action: 'start_charging',
  port_no: 1,
  status: 'succeeded',
  error: null,
  message: null,
  result: { session_id: 'SES20240113001', order_no: 'ORD001', command_status: 'acked' },
  command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
  started_at: '2024-01-13T10:00:00.120Z',
  finished_at: '2024-01-13T10:00:02.700Z',
};

const params = z.object({ jobId });
const example = { jobId: jobExample.job_id };

export const listJobs = defineList({
  id: 'listJobs',
  method: 'GET',
  path: '/api/third/jobs',
  scope: 'jobs:read',
  tag: 'Jobs',
  summary: 'List jobs',
  description:
    'What is done to many devices, newest first. A caller whose key reaches a part of the devices only sees the jobs that it made itself.',
  query: {
    kind: text(60).optional(),
    status: JobStatus.optional(),
    created_from: instant.optional().describe('Made at this time or later.'),
    created_to: instant.optional().describe('Made before this time.'),
  },
  sort: ['created_at'],
  response: Job,
  example: { params: {}, query: { status: 'running' }, response: jobExample },
});

export const getJob = defineRoute({
  id: 'getJob',
  method: 'GET',
  path: '/api/third/jobs/{jobId}',
  scope: 'jobs:read',
  tag: 'Jobs',
  summary: 'One job with its progress',
  params,
  query: {
    wait_seconds: numberInQuery(z.int().min(0).max(30)).default(0).describe('s; waits so long for its end.'),
  },
  response: Job,
  errors: [JobNotFound],
  example: { params: example, response: jobExample },
});

export const listJobItems = defineList({
  id: 'listJobItems',
  method: 'GET',
  path: '/api/third/jobs/{jobId}/items',
  scope: 'jobs:read',
  tag: 'Jobs',
  summary: 'Results of a job, one per device',
  params,
  query: { status: JobItemStatus.optional() },
  sort: ['item_no'],
  order: 'asc',
  response: JobItem,
  errors: [JobNotFound],
  example: { params: example, query: { status: 'failed' }, response: jobItemExample },
});

export const cancelJob = defineRoute({
  id: 'cancelJob',
  method: 'POST',
  path: '/api/third/jobs/{jobId}/cancel',
  scope: 'batch:control',
  tag: 'Jobs',
  summary: 'Cancel a job',
  description:
    'Items that were not begun are left out. Orders that have not left are taken back; those that have are awaited, and the job is cancelled when they are over. Cancelling twice is cancelling once.',
  params,
  response: Job,
  errors: [JobNotFound, JobIsOver],
  example: { params: example, response: { ...jobExample, status: 'cancelling', reason: 'cancelled' } },
});

export const retryJob = defineRoute({
  id: 'retryJob',
  method: 'POST',
  path: '/api/third/jobs/{jobId}/retry',
  scope: 'batch:control',
  tag: 'Jobs',
  summary: 'Do again what failed',
  description: 'Makes a new job of the items that failed or were left out, with the same options.',
  params,
  headers: idempotencyHeader,
  response: Job,
  goesOn: isUnderWay,
  errors: [JobNotFound, JobNotOver, NothingToRetry, IdempotencyKeyReused],
  example: {
    params: example,
    response: {
      ...jobExample,
      job_id: 'job_018d0c2e9b5c0004f6e5d4c3b2a1',
      summary: { total: 5, pending: 5, running: 0, succeeded: 0, failed: 0, skipped: 0 },
      progress_percentage: 0,
      started_at: null,
    },
  },
});
