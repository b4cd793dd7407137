import { Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';
import { JobCounts } from './job-progress.event';

/** A job over many devices is over, once per job. */
export const JobFinished = defineEvent({
  type: 'job.finished',
  version: 1,
  title: 'A job over many devices is over',
  data: z.object({
    jobId: z.string(),
    kind: z.string(),
    state: z.string(), // token of the job's last state: completed, failed, cancelled
    counts: JobCounts,
    reason: z.string().nullable(), // why it ended early; null: it did not
    startedAt: Instant.nullable(), // null: cancelled before it began
    finishedAt: Instant,
  }),
  example: {
    jobId: 'job_1',
    kind: 'batch_control',
    state: 'completed',
    counts: { total: 1000, pending: 0, running: 0, succeeded: 990, failed: 10, skipped: 0 },
    reason: null,
    startedAt: '2024-01-13T10:00:00.000Z',
    finishedAt: '2024-01-13T10:02:10.000Z',
  },
});
export type JobFinished = EventOf<typeof JobFinished>;
