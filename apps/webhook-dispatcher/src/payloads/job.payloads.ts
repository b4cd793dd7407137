import { JobFinished, JobProgress } from '@chargebus/events';
import type { JobCounts } from '@chargebus/events';
import { shapeOf } from './payload';

/** How far it is: what is over, of all. */
const progress = (counts: JobCounts): Readonly<Record<string, unknown>> => ({
  total: counts.total,
  pending: counts.pending,
  running: counts.running,
  succeeded: counts.succeeded,
  failed: counts.failed,
  skipped: counts.skipped,
  progress_percentage:
    counts.total === 0
      ? 100
      : Math.floor(((counts.total - counts.pending - counts.running) * 1_000) / counts.total) / 10,
});

export const jobPayloads = [
  shapeOf(JobProgress, (data) => ({
    job_id: data.jobId,
    kind: data.kind,
    status: data.state,
    ...progress(data.counts),
    start_time: data.startedAt,
  })),
  shapeOf(JobFinished, (data) => ({
    job_id: data.jobId,
    kind: data.kind,
    status: data.state,
    ...progress(data.counts),
    reason: data.reason,
    start_time: data.startedAt,
    end_time: data.finishedAt,
  })),
];
