import { toInstant } from '@chargebus/domain';
import type { JobItemRecord, JobRecord } from '@chargebus/persistence/fleet';
import type { JobItemView, JobView } from '@chargebus/requests';
import { instant, shownState } from './job-events';

export const toJobView = (job: JobRecord): JobView => ({
  jobId: job.jobId,
  tenantId: job.tenantId,
  clientId: job.clientId,
  kind: job.kind,
  status: shownState(job),
  reason: job.reason,
  parameters: job.parameters as JobView['parameters'],
  stage: job.stage,
  concurrency: job.concurrency,
  timeoutMs: job.timeoutMs,
  continueOnError: job.continueOnError,
  tally: job.tally,
  createdAt: toInstant(job.createdAt.getTime()),
  startedAt: instant(job.startedAt),
  finishedAt: instant(job.finishedAt),
});

export const toItemView = (item: JobItemRecord): JobItemView => ({
  itemNo: item.itemNo,
  stage: item.stage,
  deviceId: item.deviceId,
  input: item.input as JobItemView['input'],
  status: item.status,
  code: item.code,
  reason: item.reason,
  result: item.result,
  commandId: item.commandId,
  startedAt: instant(item.startedAt),
  finishedAt: instant(item.finishedAt),
});
