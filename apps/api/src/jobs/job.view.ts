import type { Job, JobItem } from '@chargebus/api-contract';
import type { JobItemView, JobView } from '@chargebus/requests';
import { CommandId } from '@chargebus/domain';

export function jobView(job: JobView): Job {
  const { total, succeeded, failed, skipped } = job.tally;
  return {
    job_id: job.jobId,
    kind: job.kind,
    status: job.status,
    reason: job.reason,
    summary: job.tally,
    progress_percentage: progress(job, total === 0 ? 0 : (succeeded + failed + skipped) / total),
    stage: job.stage,
    execution_mode: job.concurrency === 1 ? 'sequential' : 'concurrent',
    max_concurrent: job.concurrency,
    timeout_seconds: job.timeoutMs / 1000,
    continue_on_error: job.continueOnError,
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
  };
}
/** While items are being found their number is not known. */
const progress = ({ status, finishedAt }: JobView, share: number): number =>
  finishedAt !== null ? 100 : status === 'preparing' ? 0 : Math.floor(share * 1000) / 10;

export function jobItemView(item: JobItemView): JobItem {
  return {
    item_no: item.itemNo,
    stage: item.stage,
    phy_id: item.deviceId,
    action: actionOf(item.input),
    port_no: typeof item.input.portNo === 'number' ? item.input.portNo : null,
    status: item.status,
    error: item.code,
    message: item.reason,
    result: item.result,
    command_id: commandIdOf(item),
    started_at: item.startedAt,
    finished_at: item.finishedAt,
  };
}

/** As the caller named it. Null: the items of this kind of job are all asked the same. */
function actionOf({ action, name }: JobItemView['input']): string | null {
  if (typeof name === 'string') return name;
  return typeof action === 'string' ? action : null;
}
/** The order that is awaited, or was. */
function commandIdOf({ commandId, result }: JobItemView): CommandId | null {
  return (
    commandId ??
    CommandId.nullable()
      .catch(null)
      .parse(result?.command_id ?? null)
  );
}
