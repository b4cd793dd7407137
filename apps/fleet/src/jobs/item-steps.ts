import { AppError, InternalError, ItemTimeout } from '@chargebus/errors';
import { isTransient } from '@chargebus/messaging';
import type { JobItemRecord, JobItemStep } from '@chargebus/persistence/fleet';
import type { OrderEnd, Step } from './job-kind';

/** A service that is away is asked again so often, within the item's time. */
const AGAIN_AFTER_MS = 1_000;

/** The row's form of a step. */
export function toItemStep(item: JobItemRecord, step: Step): JobItemStep {
  const awaits = step.status === 'running' ? step.awaits : null;
  return {
    jobId: item.jobId,
    itemNo: item.itemNo,
    awaited: item.commandId ?? item.waitKey ?? '',
    status: step.status,
    commandId: awaits !== null && 'command' in awaits ? awaits.command : null,
    waitKey: awaits !== null && 'key' in awaits ? awaits.key : null,
    code: step.status === 'failed' ? step.code : null,
    reason: 'reason' in step ? step.reason : null,
    result: step.result ?? null,
    dueInMs: step.status === 'pending' ? step.inMs : 0,
    deadlineInMs: step.status === 'running' ? (step.deadlineInMs ?? null) : null,
    keepsDeadline: false,
  };
}

/** What becomes of an item whose kind threw. Null: the error is a bug of ours, and is logged as one. */
export function stepOfError(item: JobItemRecord, error: unknown, nowMs: number): JobItemStep {
  const known = error instanceof AppError ? error : new InternalError({}, { cause: error });
  const status = known.definition.status;
  const mayPass = status === 503 || status === 504 || isTransient(error);
  if (mayPass && nowMs + AGAIN_AFTER_MS < (item.deadlineAt?.getTime() ?? 0)) {
    const again = toItemStep(item, { status: 'pending', inMs: AGAIN_AFTER_MS, reason: known.definition.name });
    return { ...again, keepsDeadline: true };
  }
  return toItemStep(item, { status: 'failed', code: known.definition.name, reason: known.message });
}

/** What an order's end means where the kind does not say otherwise. */
export function stepOfOrder({ status, reason }: OrderEnd): Step {
  const result = { command_status: status };
  if (status === 'acked') return { status: 'succeeded', result };
  if (status === 'cancelled') return { status: 'skipped', reason: reason ?? 'cancelled', result };
  return { status: 'failed', code: `COMMAND_${status.toUpperCase()}`, reason: reason ?? status, result };
}

export function timedOut(timeoutMs: number, result?: Readonly<Record<string, unknown>>): Step {
  const { definition, message } = new ItemTimeout({ timeoutS: Math.round(timeoutMs / 1000) });
  return { status: 'failed', code: definition.name, reason: message, ...(result === undefined ? {} : { result }) };
}
