import { ChangeOutcome, DeviceId, Instant, ParameterOutcome } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

/** A number, a range, or null: not set. */
export const NamedValue = z.union([z.number(), z.tuple([z.number(), z.number()])]).nullable();
export const NamedValues = z.record(z.string(), NamedValue);
/** Who asks, for the history of versions. */
export const Actor = z.object({ clientId: z.string().nullable(), name: z.string().nullable() });
const deviceId = z.string().min(1).max(64); // or the printed number

export const ParameterResultView = z.object({
  name: z.string(),
  requested: NamedValue,
  before: NamedValue,
  actual: NamedValue,
  outcome: ParameterOutcome,
  reason: z.string().nullable(),
});
/** held: until the device is idle; waiting: for the device, or for an earlier change; done: see `outcome`. */
export const ParameterChangeState = z.enum(['held', 'waiting', 'applying', 'done']);
export const ParameterChangeView = z.object({
  changeId: z.string(),
  deviceId: DeviceId,
  state: ParameterChangeState,
  outcome: ChangeOutcome.nullable(),
  reason: z.string().nullable(),
  source: z.string(),
  actor: Actor,
  note: z.string().nullable(),
  jobId: z.string().nullable(),
  requested: NamedValues,
  parameters: z.array(ParameterResultView).nullable(), // null: not over
  version: z.number().int().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  finishedAt: Instant.nullable(),
});
export type ParameterChangeView = z.infer<typeof ParameterChangeView>;

const options = {
  mode: z.enum(['strict', 'loose']),
  backup: z.boolean(),
  hold: z.boolean(), // until nothing charges
  actor: Actor,
  note: z.string().max(200).nullable(),
  waitMs: z.number().int().min(0).max(60_000),
};
/**
 * Gives a device parameters, by name or alias. Errors: DEVICE_NOT_FOUND, VALIDATION_FAILED and CAPABILITY_NOT_SUPPORTED
 * when strict, with nothing done.
 */
export const ChangeParameters = defineRequest({
  subject: 'cb.ask.fleet.params.change',
  timeoutMs: 5_000, // plus waitMs
  request: z.object({
    ...audience,
    deviceId,
    values: z.record(z.string(), z.union([z.number(), z.tuple([z.number(), z.number()])])),
    ...options,
  }),
  reply: ParameterChangeView,
});
export const GetParameterChange = defineRequest({
  subject: 'cb.ask.fleet.params.get_change',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId, changeId: z.string().max(100) }),
  reply: ParameterChangeView,
});
export const ListParameterChanges = defineRequest({
  subject: 'cb.ask.fleet.params.list_changes',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId, state: ParameterChangeState.nullable(), page: PageQuery }),
  reply: Page(ParameterChangeView),
});
/** Errors: PARAMETER_CHANGE_NOT_FOUND, PARAMETER_CHANGE_NOT_CANCELLABLE. */
export const CancelParameterChange = defineRequest({
  subject: 'cb.ask.fleet.params.cancel_change',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId, changeId: z.string().max(100) }),
  reply: ParameterChangeView,
});

export const DeviceParameter = z.object({
  name: z.string(),
  value: NamedValue,
  source: z.enum(['device', 'platform', 'written']).nullable(), // null: not known
  knownAt: Instant.nullable(),
  support: z.enum(['native', 'emulated', 'none']),
  why: z.string().nullable(),
});
export type DeviceParameter = z.infer<typeof DeviceParameter>;
/** What is known of a device's parameters; `refresh` asks the device first, for at most `waitMs`. */
export const GetParameters = defineRequest({
  subject: 'cb.ask.fleet.params.get',
  timeoutMs: 5_000, // plus waitMs
  request: z.object({ ...audience, deviceId, refresh: z.boolean(), waitMs: z.number().int().min(0).max(60_000) }),
  reply: z.object({
    deviceId: DeviceId,
    protocol: z.string().nullable(),
    version: z.number().int().nullable(), // the latest
    refreshed: z.enum(['complete', 'partial', 'offline', 'no_reply']).nullable(), // null: not asked for
    parameters: z.array(DeviceParameter),
  }),
});

export const ParameterVersionView = z.object({
  deviceId: DeviceId,
  version: z.number().int(),
  changeId: z.string(),
  source: z.string(),
  actor: Actor,
  note: z.string().nullable(),
  jobId: z.string().nullable(),
  changes: z.array(z.object({ name: z.string(), before: NamedValue, after: NamedValue })),
  values: NamedValues,
  createdAt: Instant,
});
export type ParameterVersionView = z.infer<typeof ParameterVersionView>;
export const ListParameterVersions = defineRequest({
  subject: 'cb.ask.fleet.params.list_versions',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId, page: PageQuery }),
  reply: Page(ParameterVersionView),
});
/** A new change that brings the values of that version back. Errors: PARAMETER_VERSION_NOT_FOUND. */
export const RestoreParameterVersion = defineRequest({
  subject: 'cb.ask.fleet.params.restore',
  timeoutMs: 5_000, // plus waitMs
  request: z.object({ ...audience, deviceId, version: z.number().int().positive(), ...options }),
  reply: ParameterChangeView,
});
