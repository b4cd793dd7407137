import { Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** How the items of a job stand; they add up to `total`. */
export const JobCounts = z.object({
  total: z.number().int().nonnegative(),
  pending: z.number().int().nonnegative(), // not begun
  running: z.number().int().nonnegative(),
  succeeded: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(), // left out: cancelled, or an item before it failed
});
export type JobCounts = z.infer<typeof JobCounts>;

/** A job over many devices went on; spaced, so that a large one does not tell of every item. */
export const JobProgress = defineEvent({
  type: 'job.progress',
  version: 1,
  title: 'A job over many devices goes on',
  data: z.object({
    jobId: z.string(),
    kind: z.string(),
    state: z.string(), // token of the job's state
    counts: JobCounts,
    startedAt: Instant.nullable(),
  }),
  example: {
    jobId: 'job_1',
    kind: 'batch_control',
    state: 'running',
    counts: { total: 1000, pending: 570, running: 10, succeeded: 415, failed: 5, skipped: 0 },
    startedAt: '2024-01-13T10:00:00.000Z',
  },
});
export type JobProgress = EventOf<typeof JobProgress>;
