import { z } from 'zod';
import { JobFinished } from '../business/job-finished.event';
import { JobProgress } from '../business/job-progress.event';
import type { JobCounts } from '../business/job-progress.event';
import { derived, shapeOf } from './payload';

const count = (name: keyof JobCounts) =>
  derived(z.int().nonnegative(), (data: { counts: JobCounts }) => data.counts[name]);

const progress = {
  total: count('total'),
  pending: count('pending'),
  running: count('running'),
  succeeded: count('succeeded'),
  failed: count('failed'),
  skipped: count('skipped'),
  progress_percentage: derived(z.number().min(0).max(100), (data: { counts: JobCounts }) => donePct(data.counts)),
} as const;

/** What is over, of all; one decimal, rounded down, so that 100 means the end. */
function donePct({ total, pending, running }: JobCounts): number {
  return total === 0 ? 100 : Math.floor(((total - pending - running) * 1_000) / total) / 10;
}

export const jobPayloads = [
  shapeOf(JobProgress, { job_id: 'jobId', kind: 'kind', status: 'state', ...progress, start_time: 'startedAt' }),
  shapeOf(JobFinished, {
    job_id: 'jobId',
    kind: 'kind',
    status: 'state',
    ...progress,
    reason: 'reason',
    start_time: 'startedAt',
    end_time: 'finishedAt',
  }),
];
