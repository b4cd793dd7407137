import { ClientId, DeviceFilter, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { ControlAction } from './control.requests';
import { defineRequest } from './define-request';
import { JobReport } from './job.requests';
import { Actor, NamedValues } from './parameter.requests';
import { StartCharge, StopCharge } from './session.requests';

/** What may be asked of one device in a batch: as the single calls ask for it, without who asks. */
export const BatchOrder = z.discriminatedUnion('action', [
  StartCharge.request
    .pick({
      portNo: true,
      orderNo: true,
      userId: true,
      limits: true,
      notifyIntervalS: true,
      autoStop: true,
      requestBody: true,
    })
    .extend({ action: z.literal('start_charging') }),
  StopCharge.request
    .pick({ portNo: true, orderNo: true, reason: true, force: true })
    .extend({ action: z.literal('stop_charging') }),
  z.object({ action: z.literal('control'), name: ControlAction, force: z.boolean() }),
]);
export type BatchOrder = z.infer<typeof BatchOrder>;

/** How a job goes about its items. */
export const JobOptions = z.object({
  concurrency: z.number().int().min(1).max(1_000), // 1: in their order
  timeoutMs: z.number().int().min(1_000).max(86_400_000), // of one item
  continueOnError: z.boolean(),
});

/** So many orders fit into one message. */
export const BATCH_PAGE = 1_000;
const orders = z
  .array(z.object({ deviceId: z.string().min(1).max(64), order: BatchOrder }))
  .min(1)
  .max(BATCH_PAGE);

/** Orders for many devices as one job, and its results where it is over within `waitMs`. Errors: IDEMPOTENCY_KEY_REUSED. */
export const RunBatchControl = defineRequest({
  subject: 'cb.ask.fleet.batch.control',
  timeoutMs: 10_000, // plus `waitMs`, which the caller adds
  request: z.object({
    ...audience,
    clientId: ClientId,
    idempotencyKey: z.string().max(200).nullable(),
    orders, // the first page
    total: z.number().int().positive().max(10_000), // when more than the first page, `AddBatchOrders` follows
    options: JobOptions,
    waitMs: z.number().int().nonnegative().max(120_000),
  }),
  reply: JobReport,
});
/** The next page of a batch; it begins when all are there. A page that is there already is left out. Errors: JOB_NOT_FOUND. */
export const AddBatchOrders = defineRequest({
  subject: 'cb.ask.fleet.batch.add',
  timeoutMs: 10_000,
  request: z.object({
    tenantId: TenantId,
    jobId: z.string(),
    after: z.number().int().nonnegative(),
    orders,
    last: z.boolean(),
  }),
  reply: JobReport,
});

/** Parameters for all devices that a filter finds, as one job. Errors: VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED. */
export const RunBatchParams = defineRequest({
  subject: 'cb.ask.fleet.batch.params',
  timeoutMs: 10_000, // plus `waitMs`, which the caller adds
  request: z.object({
    ...audience,
    clientId: ClientId,
    idempotencyKey: z.string().max(200).nullable(),
    filter: DeviceFilter,
    values: NamedValues, // by name or alias
    mode: z.enum(['strict', 'loose']),
    dryRun: z.boolean(),
    actor: Actor,
    options: JobOptions,
    waitMs: z.number().int().nonnegative().max(120_000),
  }),
  reply: JobReport,
});
