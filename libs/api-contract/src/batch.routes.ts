import { DeviceType } from '@chargebus/domain';
import { IdempotencyKeyReused } from '@chargebus/errors';
import { JobStatus } from '@chargebus/requests';
import { z } from 'zod';
import { StartChargeBody, StopChargeBody } from './charge.routes';
import { defineRoute } from './define-route';
import { idempotencyHeader, phyId, tag, text } from './fields';
import { parameterFields } from './parameter.routes';
import { isUnderWay, jobExample, JobItem, jobItemExample, JobSummary } from './job.routes';

const MAX_DEVICES = 10_000;

const ControlParameters = z
  .strictObject({ force: z.boolean().default(false).describe('Restart whoever charges.') })
  .nullish();
const BatchOrder = z
  .discriminatedUnion('action', [
    z.strictObject({ phy_id: phyId, action: z.literal('start_charging'), params: StartChargeBody }),
    z.strictObject({ phy_id: phyId, action: z.literal('stop_charging'), params: StopChargeBody }),
    z.strictObject({
      phy_id: phyId,
      action: z.enum(['reboot', 'reset', 'maintenance_mode', 'normal_mode']),
      params: ControlParameters,
    }),
  ])
  .meta({ id: 'BatchOrder', description: 'What one device is asked to do; params as in the call for one device.' });
export type BatchOrder = z.infer<typeof BatchOrder>;

/** How a batch goes about its devices (H03–H06). */
export const executionShape = {
  execution_mode: z
    .enum(['concurrent', 'sequential'])
    .default('concurrent')
    .describe('sequential: one device after the other, in the order given.'),
  max_concurrent: z.int().min(1).max(1_000).default(10).describe('Devices under way at once, when concurrent.'),
  timeout_seconds: z.int().min(1).max(3_600).default(30).describe('s; how long one device may take.'),
  continue_on_error: z.boolean().default(true).describe('false: the first failure ends the batch.'),
};
const waitSeconds = z
  .int()
  .min(0)
  .max(60)
  .nullish()
  .describe(
    's; how long this call waits for the end of the batch. Left out: as long as it takes, at most 30, for up to 100 devices, and not at all for more.',
  );

export const BatchReport = z
  .object({
    job_id: z.string().describe('GET /api/third/jobs/{jobId} follows it.'),
    status: JobStatus,
    reason: z.string().nullable().describe('Why it ended early.'),
    summary: JobSummary,
    results: z
      .array(JobItem)
      .describe('One per device in the order given, once the batch is over and has no more than 1,000 devices.'),
    replayed: z.boolean().describe('true: this Idempotency-Key had made the batch before.'),
  })
  .meta({ id: 'BatchReport' });
export type BatchReport = z.infer<typeof BatchReport>;

export const batchControl = defineRoute({
  id: 'batchControl',
  method: 'POST',
  path: '/api/third/devices/batch/control',
  scope: 'batch:control',
  tag: 'Batches',
  summary: 'Start, stop, restart or maintain many devices',
  description:
    'A batch is a job: it is accepted at once, survives a restart, and nothing of it is ordered twice. 200: it is over and results has what each device did. 202: it goes on, GET /api/third/jobs/{jobId} and the events job.progress and job.finished follow it. A device that is not connected fails at once with DEVICE_IS_OFFLINE; one that does not answer in time fails with ITEM_TIMEOUT and the order is taken back if it has not left. A stop stays ordered in either case.',
  headers: idempotencyHeader,
  body: z
    .strictObject({
      devices: z.array(BatchOrder).min(1).max(MAX_DEVICES),
      ...executionShape,
      wait_seconds: waitSeconds,
    })
    .superRefine(({ devices }, context) => {
      for (const index of repeatedOrders(devices))
        context.addIssue({
          code: 'custom',
          path: ['devices', index],
          message: 'is about the same device and port as an earlier one',
        });
    })
    .meta({ id: 'BatchControl' }),
  response: BatchReport,
  goesOn: isUnderWay,
  bodyLimitBytes: 3_000_000,
  errors: [IdempotencyKeyReused],
  example: {
    params: {},
    body: {
      devices: [
        {
          phy_id: '04AB373B',
          action: 'start_charging',
          params: { port_no: 1, mode: 1, time_limit: 120, third_party_order_no: 'ORD001' },
        },
        { phy_id: '04AB373C', action: 'stop_charging', params: { port_no: 1, reason: 'user_stop' } },
      ],
      execution_mode: 'concurrent',
      max_concurrent: 10,
      timeout_seconds: 30,
      continue_on_error: true,
    },
    response: {
      job_id: jobExample.job_id,
      status: 'completed',
      reason: null,
      summary: { total: 2, pending: 0, running: 0, succeeded: 2, failed: 0, skipped: 0 },
      results: [
        jobItemExample,
        { ...jobItemExample, item_no: 2, phy_id: '04AB373C', action: 'stop_charging', command_id: null },
      ],
      replayed: false,
    },
  },
});

const listOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(1_000).nullish();
/** Which devices are meant (H09); every part narrows, one of a list must fit. */
const DeviceFilters = z
  .strictObject({
    online_only: z.boolean().nullish().describe('true: devices that are connected when the batch begins.'),
    device_types: listOf(DeviceType),
    regions: listOf(text(64)).describe('Codes; a region stands for all below it.'),
    stations: listOf(text(64)),
    groups: listOf(text(64)),
    tags: listOf(text(64)),
    models: listOf(text(100)),
    protocols: listOf(tag(20)),
    device_phy_ids: z.array(phyId).min(1).max(MAX_DEVICES).nullish(),
    q: text(100).nullish().describe('Part of the id, the printed number or the name.'),
  })
  .meta({ id: 'BatchDeviceFilters' });

export const batchParams = defineRoute({
  id: 'batchParams',
  method: 'POST',
  path: '/api/third/devices/batch/params',
  scope: 'params:write',
  tag: 'Batches',
  summary: 'Set parameters of many devices',
  description:
    'A job over all devices that the filters find; a device gets the parameters as in the call for one device, with read-back and a version of its own. dry_run sets nothing and says of each device what would be set (result.would_set) and what it cannot have (result.refused). 200: it is over. 202: it goes on, as with batch control.',
  headers: idempotencyHeader,
  body: z
    .strictObject({
      device_filters: DeviceFilters.describe('Without any part: all devices.'),
      params: z
        .strictObject(parameterFields)
        .refine((params) => Object.values(params).some((value) => value !== undefined), 'name at least one parameter'),
      validation_enabled: z
        .boolean()
        .default(true)
        .describe(
          'true: a device that cannot have all of it is left as it is and fails. false: it gets what it can have.',
        ),
      dry_run: z.boolean().default(false),
      ...executionShape,
      wait_seconds: waitSeconds,
    })
    .meta({ id: 'BatchParams' }),
  response: BatchReport,
  goesOn: isUnderWay,
  bodyLimitBytes: 1_000_000,
  errors: [IdempotencyKeyReused],
  example: {
    params: {},
    body: {
      device_filters: { online_only: true, device_types: ['AC', 'DC'], regions: ['beijing', 'shanghai'] },
      params: { max_current: 32, temperature_threshold: 60 },
      validation_enabled: true,
      dry_run: false,
    },
    response: {
      job_id: jobExample.job_id,
      status: 'running',
      reason: null,
      summary: { total: 1000, pending: 990, running: 10, succeeded: 0, failed: 0, skipped: 0 },
      results: [],
      replayed: false,
    },
  },
});

/** Places of orders that meet an earlier one: of the same port, or of a device as a whole. */
function repeatedOrders(devices: readonly BatchOrder[]): number[] {
  const seen = new Set<string>();
  return devices.flatMap(({ phy_id, params }, index) => {
    const key = `${phy_id.toUpperCase()}\n${placeOf(params)}`;
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
}
/** A stop may name its charge by order number instead of a port. */
function placeOf(params: BatchOrder['params']): string {
  if (params == null || !('port_no' in params)) return 'device';
  if (params.port_no != null) return params.port_no.toString();
  return `order ${params.third_party_order_no ?? params.order_no ?? 'any'}`;
}
