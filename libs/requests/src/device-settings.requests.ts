import { DeviceId, Instant, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';

/** What the platform itself keeps to for a device. Null: the protocol's rule, or not watched. */
export const DeviceSettings = z.object({
  heartbeatIntervalS: z.number().int().min(5).max(86_400).nullable(),
  offlineTimeoutS: z.number().int().min(10).max(604_800).nullable(),
  maxCurrentA: z.number().positive().nullable(),
  voltageRangeV: z.tuple([z.number(), z.number()]).nullable(),
  maxTemperatureC: z.number().nullable(),
  maxPowerW: z.number().positive().nullable(),
  maxDurationS: z.number().int().positive().nullable(),
});
export type DeviceSettings = z.infer<typeof DeviceSettings>;

/** Errors: DEVICE_NOT_FOUND. */
export const GetDeviceSettings = defineRequest({
  subject: 'cb.ask.device.settings',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, deviceId: DeviceId }),
  reply: DeviceSettings,
});
/** What is left out stays as it is. Presence and running charges go by it at once. Errors: DEVICE_NOT_FOUND. */
export const SetDeviceSettings = defineRequest({
  subject: 'cb.ask.device.set_settings',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, deviceId: DeviceId, settings: DeviceSettings.partial() }),
  reply: DeviceSettings,
});

/**
 * Tells the world something that another app knows about a device: its events have one order, which `session` keeps. The
 * same cause again is the same event. Errors: DEVICE_NOT_FOUND.
 */
export const AnnounceDeviceEvent = defineRequest({
  subject: 'cb.ask.device.announce',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: TenantId,
    deviceId: DeviceId,
    causeId: z.string().min(1).max(200),
    occurredAt: Instant,
    type: z.enum([
      'device.param_result',
      'device.control_scheduled',
      'device.upgrade_progress',
      'approval.requested',
      'approval.decided',
    ]),
    data: z.record(z.string(), z.unknown()), // checked against the event's own declaration
  }),
  reply: z.object({}),
});
