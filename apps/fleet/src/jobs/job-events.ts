import { toInstant } from '@chargebus/domain';
import { JobFinished, JobProgress } from '@chargebus/events';
import type { JobRecord } from '@chargebus/persistence/fleet';

/** Ids are a function of the job and of how often it was told of before, so that a repeat is the same event. */
export function jobProgress(job: JobRecord, nowMs: number): JobProgress {
  return {
    ...envelope(job, nowMs),
    id: `evt_${job.jobId}_${(job.events + 1).toString()}`,
    type: JobProgress.type,
    version: JobProgress.version,
    data: {
      jobId: job.jobId,
      kind: job.kind,
      state: shownState(job),
      counts: job.tally,
      startedAt: instant(job.startedAt),
    },
  };
}

export function jobFinished(job: JobRecord): JobFinished {
  if (job.finishedAt === null) throw new Error(`job ${job.jobId} is ${job.state}, not over`);
  return {
    ...envelope(job, job.finishedAt.getTime()),
    id: `evt_${job.jobId}_end`,
    type: JobFinished.type,
    version: JobFinished.version,
    data: {
      jobId: job.jobId,
      kind: job.kind,
      state: job.state,
      counts: job.tally,
      reason: job.reason,
      startedAt: instant(job.startedAt),
      finishedAt: toInstant(job.finishedAt.getTime()),
    },
  };
}

const envelope = (job: JobRecord, atMs: number) => ({
  tenantId: job.tenantId,
  deviceId: null,
  occurredAt: toInstant(atMs),
  sequence: atMs, // it is about no device
  causeId: job.jobId,
});
export const shownState = ({ state }: JobRecord) => (state === 'ending' ? 'cancelling' : state);
export const instant = (at: Date | null) => (at === null ? null : toInstant(at.getTime()));
