import { ClientId, DeviceFilter, Instant, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { JobTally } from './job.requests';
import { Page, PageQuery } from './paging';

const id = z.string().min(1).max(64);

export const RolloutStatus = z.enum(['scheduled', 'running', 'halted', 'ending', 'completed', 'failed', 'aborted']);
/** One firmware for many devices, wave after wave. */
export const RolloutView = z.object({
  rolloutId: z.string(), // of its job, too
  firmwareId: z.string().nullable(), // null: each device gets back what it had
  rollsBack: z.string().nullable(), // the rollout that this one undoes
  status: RolloutStatus,
  reason: z.string().nullable(),
  waves: z.array(z.number()), // % of the devices that have it after each
  wave: z.number().int().positive(), // the one that runs
  waitS: z.number().int(), // between waves
  maxFailurePct: z.number(),
  deviceWaitS: z.number().int(),
  concurrency: z.number().int(),
  rollbackEnabled: z.boolean(),
  notifyProgress: z.boolean(),
  scheduledAt: Instant.nullable(),
  tally: JobTally,
  haltedAt: Instant.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type RolloutView = z.infer<typeof RolloutView>;

/** Errors: FIRMWARE_NOT_FOUND, VALIDATION_FAILED (no device is meant). */
export const StartRollout = defineRequest({
  subject: 'cb.ask.fleet.rollout.start',
  timeoutMs: 30_000, // its devices are looked up
  request: z.object({
    ...audience,
    clientId: ClientId,
    firmwareId: id,
    filter: DeviceFilter,
    waves: z.array(z.number().min(0.01).max(100)).min(1).max(20),
    waitS: z.number().int().min(0).max(604_800),
    maxFailurePct: z.number().min(0).max(100),
    deviceWaitS: z.number().int().min(10).max(2_592_000),
    concurrency: z.number().int().min(1).max(1_000),
    rollbackEnabled: z.boolean(),
    notifyProgress: z.boolean(),
    scheduledAt: Instant.nullable(),
  }),
  reply: RolloutView,
});
/** `ownedBy`: the client whose rollouts alone are seen; null: all of the tenant's. */
const viewer = { tenantId: TenantId, ownedBy: ClientId.nullable() };
const ref = { ...viewer, rolloutId: id };
export const ListRollouts = defineRequest({
  subject: 'cb.ask.fleet.rollout.list',
  timeoutMs: 5_000,
  request: z.object({ ...viewer, page: PageQuery }),
  reply: Page(RolloutView),
});
/** Errors: ROLLOUT_NOT_FOUND. */
export const GetRollout = defineRequest({
  subject: 'cb.ask.fleet.rollout.get',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: RolloutView,
});
/** Goes on after a halt; what has failed until now does not count any more. Errors: ROLLOUT_NOT_FOUND, ROLLOUT_NOT_IN_STATE. */
export const ResumeRollout = defineRequest({
  subject: 'cb.ask.fleet.rollout.resume',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: RolloutView,
});
/** No further device begins, those that wait do not get it. Errors: ROLLOUT_NOT_FOUND, ROLLOUT_NOT_IN_STATE. */
export const AbortRollout = defineRequest({
  subject: 'cb.ask.fleet.rollout.abort',
  timeoutMs: 10_000,
  request: z.object(ref),
  reply: RolloutView,
});
/** A job that gives every device that was upgraded back what it had. Errors: ROLLOUT_NOT_FOUND, ROLLOUT_NOT_IN_STATE, NOTHING_TO_ROLL_BACK. */
export const RollBackRollout = defineRequest({
  subject: 'cb.ask.fleet.rollout.roll_back',
  timeoutMs: 15_000,
  request: z.object({ ...ref, ...audience, clientId: ClientId }),
  reply: RolloutView,
});
