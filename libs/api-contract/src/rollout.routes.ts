import { DeviceType, MasterCode } from '@chargebus/domain';
import { FirmwareNotFound, NothingToRollBack, RolloutNotFound, RolloutNotInState } from '@chargebus/errors';
import { RolloutStatus } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, phyId, tag, text } from './fields';
import { JobSummary } from './job.routes';

const TAG = 'Firmware';
const params = z.object({ rolloutId: tag(64).describe('Rollout; also the job that carries it out.') });
const DEFAULT_WAVES = [5, 20, 50, 100];

export const Rollout = z
  .object({
    rollout_id: z.string().describe('GET /api/third/jobs/{jobId}/items tells of every device.'),
    firmware_id: z.string().nullable().describe('null: every device gets back what it had.'),
    rolls_back: z.string().nullable().describe('The rollout that this one undoes.'),
    status: RolloutStatus.describe(
      'halted: too many have failed, it goes on with resume or ends with abort. ending: no further device begins. completed, failed and aborted are final.',
    ),
    reason: z.string().nullable(),
    waves: z.array(z.number()).describe('% of the devices that have it after each wave.'),
    wave: z.int().describe('The one that runs, counted from 1.'),
    wait_seconds: z.int().describe('s; between waves.'),
    max_failure_rate: z.number().describe('%; above it the rollout halts.'),
    device_wait_seconds: z.int().describe('s; how long a device may be away or charge before it is left out.'),
    max_concurrent: z.int(),
    rollback_enabled: z.boolean(),
    notify_progress: z.boolean(),
    scheduled_time: instant.nullable(),
    summary: JobSummary,
    halted_at: instant.nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Rollout' });
const example = {
  rollout_id: 'job_018d0c2e7f4a00031b2c3d4e5f60',
  firmware_id: 'fw_018d0c2e7f4a00031b2c3d4e5f60',
  rolls_back: null,
  status: 'running' as const,
  reason: null,
  waves: DEFAULT_WAVES,
  wave: 2,
  wait_seconds: 3600,
  max_failure_rate: 10,
  device_wait_seconds: 3600,
  max_concurrent: 50,
  rollback_enabled: true,
  notify_progress: false,
  scheduled_time: null,
  summary: { total: 1000, pending: 800, running: 50, succeeded: 149, failed: 1, skipped: 0 },
  halted_at: null,
  created_at: '2026-01-13T10:00:00.000Z',
  started_at: '2026-01-13T10:00:01.000Z',
  finished_at: null,
};
const at = { rolloutId: example.rollout_id };
const values = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(1_000).optional();

export const startRollout = defineRoute({
  id: 'startRollout',
  method: 'POST',
  path: '/api/third/firmware/{firmwareId}/rollouts',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Give many devices a firmware, wave after wave',
  description:
    'The devices that `device_ids` names, or that fit `device_filters`, are put into waves by a hash of their ids. After each wave the rollout rests; when more than `max_failure_rate` % of the devices that are over have failed it halts, until it is resumed or aborted. A device that the firmware does not fit, that has it already, or that cannot be reached is skipped and counts for nothing.',
  params: z.object({ firmwareId: tag(64) }),
  body: z
    .strictObject({
      device_ids: z.array(phyId).min(1).max(10_000).optional(),
      device_filters: z
        .strictObject({
          online_only: z.boolean().optional(),
          device_types: values(DeviceType),
          regions: values(MasterCode),
          stations: values(MasterCode),
          groups: values(MasterCode),
          tags: values(MasterCode),
          models: values(text(100)),
          protocols: values(text(20)),
        })
        .optional(),
      waves: z.array(z.number().min(0.01).max(100)).min(1).max(20).default(DEFAULT_WAVES),
      wait_seconds: z.int().min(0).max(604_800).default(3_600),
      max_failure_rate: z.number().min(0).max(100).default(10),
      device_wait_seconds: z.int().min(10).max(2_592_000).default(3_600),
      max_concurrent: z.int().min(1).max(1_000).default(50),
      upgrade_mode: z.enum(['immediate', 'scheduled']).default('immediate'),
      scheduled_time: z.iso.datetime({ offset: true }).nullish(),
      rollback_enabled: z.boolean().default(false),
      notify_progress: z.boolean().default(false),
    })
    .superRefine((body, context) => {
      if (body.device_ids === undefined && body.device_filters === undefined)
        context.addIssue({ code: 'custom', path: ['device_ids'], message: 'this or device_filters is needed' });
      if (body.upgrade_mode === 'scheduled' && body.scheduled_time == null)
        context.addIssue({
          code: 'custom',
          path: ['scheduled_time'],
          message: 'is needed with upgrade_mode scheduled',
        });
    })
    .meta({ id: 'StartRollout' }),
  response: Rollout,
  errors: [FirmwareNotFound],
  example: {
    params: { firmwareId: example.firmware_id },
    body: { device_filters: { models: ['dual_socket'] }, waves: DEFAULT_WAVES, max_failure_rate: 10 },
    response: example,
  },
});
export const listRollouts = defineList({
  id: 'listRollouts',
  method: 'GET',
  path: '/api/third/rollouts',
  scope: 'devices:read',
  tag: TAG,
  summary: 'List rollouts',
  sort: ['created_at'],
  response: Rollout,
  example: { params: {}, response: example },
});
export const getRollout = defineRoute({
  id: 'getRollout',
  method: 'GET',
  path: '/api/third/rollouts/{rolloutId}',
  scope: 'devices:read',
  tag: TAG,
  summary: 'One rollout',
  params,
  response: Rollout,
  errors: [RolloutNotFound],
  example: { params: at, response: example },
});
export const resumeRollout = defineRoute({
  id: 'resumeRollout',
  method: 'POST',
  path: '/api/third/rollouts/{rolloutId}/resume',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Go on with a rollout that has halted',
  description: 'What has failed until now does not count any more.',
  params,
  response: Rollout,
  errors: [RolloutNotFound, RolloutNotInState],
  example: { params: at, response: example },
});
export const abortRollout = defineRoute({
  id: 'abortRollout',
  method: 'POST',
  path: '/api/third/rollouts/{rolloutId}/abort',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'End a rollout early',
  description: 'Devices that have not got the firmware do not get it; those under way come to their end.',
  params,
  response: Rollout,
  errors: [RolloutNotFound, RolloutNotInState],
  example: { params: at, response: { ...example, status: 'ending' } },
});
export const rollBackRollout = defineRoute({
  id: 'rollBackRollout',
  method: 'POST',
  path: '/api/third/rollouts/{rolloutId}/rollback',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Give every device of a rollout back what it had',
  description: 'A job of its own, over the devices that were upgraded and whose earlier image is stored.',
  params,
  response: Rollout,
  errors: [RolloutNotFound, RolloutNotInState, NothingToRollBack],
  example: {
    params: at,
    response: { ...example, firmware_id: null, rolls_back: example.rollout_id, waves: [100], wave: 1 },
  },
});
