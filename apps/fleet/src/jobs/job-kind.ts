import type { ClientId, CommandId, DataScope, DeviceCommand, TenantId } from '@chargebus/domain';
import type { JobItemRecord, JobRecord, JobResult, JobTally } from '@chargebus/persistence/fleet';
import type { CommandStatus } from '@chargebus/requests';
import type { z } from 'zod';

/** What a kind sees of the job. */
export interface Job<P> {
  readonly jobId: string;
  readonly tenantId: TenantId;
  readonly clientId: ClientId | null;
  readonly within: DataScope | null; // the part of the tenant that it may touch; null: all of it
  readonly parameters: P;
  readonly stage: number;
  readonly tally: JobTally;
}
/** One item under way. */
export interface JobItem<P, I> {
  readonly job: Job<P>;
  readonly itemNo: number;
  readonly stage: number;
  readonly deviceId: string | null;
  readonly input: I;
  readonly result: JobResult | null; // of its earlier steps
  /** An earlier attempt may have been cut off in the middle, by a crash or because a service was away. */
  readonly repeated: boolean;
  readonly deadlineMs: number; // epoch
}
export interface NewItem<I> {
  readonly deviceId: string | null;
  readonly input: I;
  readonly stage?: number; // 1 unless told
}
export interface FoundPage<I> {
  readonly items: readonly NewItem<I>[];
  readonly next: string | null; // where to go on; null: that was all
}

/** Where an item goes from what was done. `result` is added to what earlier steps left. */
export type Step =
  | { readonly status: 'succeeded'; readonly result?: JobResult }
  | { readonly status: 'failed'; readonly code: string; readonly reason: string; readonly result?: JobResult }
  | { readonly status: 'skipped'; readonly reason: string; readonly result?: JobResult }
  /** Its end comes from elsewhere: of an order, or by `JobService.settle` under a name that the kind has chosen. */
  | {
      readonly status: 'running';
      readonly awaits: { readonly command: CommandId } | { readonly key: string };
      readonly result?: JobResult;
      readonly deadlineInMs?: number; // from now, instead of the job's
    }
  /** Back into the queue, with a fresh deadline. */
  | { readonly status: 'pending'; readonly inMs: number; readonly reason: string; readonly result?: JobResult };

/** How an order that an item awaited ended. */
export interface OrderEnd {
  readonly commandId: CommandId;
  readonly status: CommandStatus;
  readonly reason: string | null;
}

export interface Standing {
  readonly stage: number;
  readonly ofStage: JobTally;
  /** Nothing of this stage or an earlier one is pending or under way. */
  readonly over: boolean;
}
/** go_on opens the next stage once the open one is over; halt ends the job, wait asks again later. */
export type Steering = 'go_on' | { readonly waitMs: number } | { readonly halt: string };

/**
 * One kind of job. It says what its items are and how one is carried out; the engine does the rest: rows, order,
 * concurrency, deadlines, crashes, cancelling, progress. `run` and `ended` may be repeated for an item after a crash,
 * so orders get their ids from `orderId`. An AppError that they throw fails the item, one of status 503 or 504 puts it
 * back until its deadline.
 */
export interface JobKind<P = unknown, I = unknown> {
  readonly kind: string;
  readonly parameters: z.ZodType<P>;
  readonly input: z.ZodType<I>;
  /** Absent: the items are given with the job. */
  find?(job: Job<P>, after: string | null): Promise<FoundPage<I>>;
  /** `signal` fires at the deadline and when the job is cancelled. */
  run(item: JobItem<P, I>, signal: AbortSignal): Promise<Step>;
  /** An awaited order is over. Absent: acknowledged is success, all else is failure. */
  ended?(item: JobItem<P, I>, end: OrderEnd): Promise<Step>;
  /** How that stands which an item awaits by a key; asked now and then, in case `settle` came too early. Null: await it. */
  look?(item: JobItem<P, I>): Promise<Step | null>;
  /** Whether an order stays in force when the item's time is up or the job is cancelled. Absent: it is taken back. */
  keepsOrder?(item: JobItem<P, I>): boolean;
  /** Asked when a stage is over and after failures. Absent: every stage follows at once. */
  steer?(job: Job<P>, standing: Standing): Promise<Steering>;
}

/** An order of an item: the same for a repeat of it. `purpose` tells several orders of one item apart. */
export interface ItemOrder {
  readonly deviceId: string;
  readonly command: DeviceCommand;
  readonly purpose: string;
}

export const toKindJob = <P>(kind: JobKind<P>, record: JobRecord): Job<P> => ({
  jobId: record.jobId,
  tenantId: record.tenantId,
  clientId: record.clientId,
  within: record.within,
  parameters: kind.parameters.parse(record.parameters),
  stage: record.stage,
  tally: record.tally,
});
export const toKindItem = <P, I>(kind: JobKind<P, I>, job: Job<P>, record: JobItemRecord): JobItem<P, I> => ({
  job,
  itemNo: record.itemNo,
  stage: record.stage,
  deviceId: record.deviceId,
  input: kind.input.parse(record.input),
  result: record.result,
  repeated: record.timesBegun > 1,
  deadlineMs: record.deadlineAt?.getTime() ?? Number.POSITIVE_INFINITY,
});
