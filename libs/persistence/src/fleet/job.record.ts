import type { ClientId, CommandId, DataScope, TenantId } from '@chargebus/domain';

/** preparing: its items are being found. ending: no further item begins, those under way come to their end. */
export type JobState = 'preparing' | 'running' | 'ending' | 'completed' | 'failed' | 'cancelled';
export type JobItemStatus = 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped';
export type JobResult = Readonly<Record<string, unknown>>;

/** How the items stand; they add up to `total`. */
export interface JobTally {
  readonly total: number;
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}
export interface JobOptions {
  /** Items under way at once. 1: one after the other, in their order. */
  readonly concurrency: number;
  /** How long one item may be under way. */
  readonly timeoutMs: number;
  /** False: the first item that fails ends the job. */
  readonly continueOnError: boolean;
}

export interface NewJob extends JobOptions {
  readonly jobId: string;
  readonly tenantId: TenantId;
  readonly clientId: ClientId | null;
  readonly within: DataScope | null; // the part of the tenant that it may touch; null: all of it
  readonly kind: string;
  readonly parameters: unknown;
  readonly idempotencyKey: string | null;
  readonly requestHash: string | null;
  readonly dueAt: Date | null; // null: now
}
export interface JobRecord extends JobOptions {
  readonly jobId: string;
  readonly tenantId: TenantId;
  readonly clientId: ClientId | null;
  readonly within: DataScope | null; // the part of the tenant that it may touch; null: all of it
  readonly kind: string;
  readonly parameters: unknown;
  readonly requestHash: string | null;
  readonly state: JobState;
  readonly endsAs: 'failed' | 'cancelled' | null; // null: it goes on
  readonly reason: string | null;
  readonly position: string | null; // how far its items are found
  readonly stage: number;
  readonly tally: JobTally;
  readonly events: number;
  readonly toldAt: Date;
  readonly leaseNo: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface NewJobItem {
  readonly stage: number;
  readonly deviceId: string | null;
  readonly input: unknown;
}
export interface JobItemRecord {
  readonly jobId: string;
  readonly itemNo: number;
  readonly tenantId: TenantId;
  readonly stage: number;
  readonly deviceId: string | null;
  readonly input: unknown;
  readonly status: JobItemStatus;
  readonly timesBegun: number;
  readonly commandId: CommandId | null;
  readonly waitKey: string | null;
  readonly deadlineAt: Date | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly result: JobResult | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Where an item that was under way goes. */
export interface JobItemStep {
  readonly jobId: string;
  readonly itemNo: number;
  /** What it awaited when this was decided, an order's id or a key; '': nothing. It has moved on meanwhile: no effect. */
  readonly awaited: string;
  readonly status: JobItemStatus;
  readonly commandId: CommandId | null;
  readonly waitKey: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly result: JobResult | null; // added to what is there
  /** Of one that is put back: not begun before. */
  readonly dueInMs: number;
  /** Null: the deadline stays. */
  readonly deadlineInMs: number | null;
  /** Of one that is put back: its time runs on, because nothing was done yet. */
  readonly keepsDeadline: boolean;
}

export interface JobRow extends Omit<JobRecord, 'tally' | 'timeoutMs'>, JobTally {
  readonly timeoutMs: string; // bigint
}
export const JOB_COLUMNS = `job_id AS "jobId", tenant_id AS "tenantId", client_id AS "clientId", within, kind, parameters, concurrency,
  timeout_ms AS "timeoutMs", continue_on_error AS "continueOnError", request_hash AS "requestHash", state,
  ends_as AS "endsAs", reason, position, stage, total, pending, running, succeeded, failed, skipped, events,
  told_at AS "toldAt", lease_no AS "leaseNo", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt"`;
export const ITEM_COLUMNS = `job_id AS "jobId", item_no AS "itemNo", tenant_id AS "tenantId", stage, device_id AS "deviceId",
  input, status, times_begun AS "timesBegun", command_id AS "commandId", wait_key AS "waitKey",
  deadline_at AS "deadlineAt", code, reason, result, started_at AS "startedAt", finished_at AS "finishedAt"`;

export function toJob({ total, pending, running, succeeded, failed, skipped, ...row }: JobRow): JobRecord {
  const tally = { total, pending, running, succeeded, failed, skipped };
  return { ...row, timeoutMs: Number(row.timeoutMs), tally };
}
