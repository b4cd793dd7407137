import { DEVICE_STATES, DeviceFilter, DeviceId, DeviceType, Instant, PortNo, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { HealthView, PortView } from './device.requests';
import { SessionSample, SessionView } from './session.requests';

const count = z.number().int().nonnegative();

export const DeviceStatusView = z.object({
  deviceId: DeviceId,
  online: z.boolean(),
  lastSeenAt: Instant.nullable(),
  status: z.enum(DEVICE_STATES),
  maintenance: z.boolean(),
  openFaults: count,
  portCount: count,
  voltageV: z.number().nullable(),
  temperatureC: z.number().nullable(),
  signal: z.number().nullable(),
  // Of what follows only what was asked for.
  ports: z.array(PortView).optional(),
  samples: z.array(z.object({ portNo: PortNo, newest: SessionSample.nullable() })).optional(), // null: no charge there
  sessions: z.array(SessionView.extend({ portNo: PortNo })).optional(), // open ones
});
export type DeviceStatusView = z.infer<typeof DeviceStatusView>;

/**
 * Many devices at once, from Redis: in the order asked, one entry per id or printed number, null where there is no such
 * device.
 */
export const GetDeviceStatuses = defineRequest({
  subject: 'cb.ask.device.statuses',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    deviceIds: z.array(z.string().min(1).max(64)).min(1).max(500),
    include: z.object({ ports: z.boolean(), samples: z.boolean(), sessions: z.boolean() }),
  }),
  reply: z.object({ devices: z.array(DeviceStatusView.nullable()) }),
});

/** All devices that a filter means, counted at one moment. */
export const SummariseDevices = defineRequest({
  subject: 'cb.ask.device.summary',
  timeoutMs: 5_000,
  request: z.object({ ...audience, filter: DeviceFilter }),
  reply: z.object({
    at: Instant,
    lastSeenAt: Instant.nullable(), // of the device heard last; never after `at`
    total: count,
    online: count,
    byStatus: z.record(z.enum(DEVICE_STATES), count),
    byHealth: z.record(HealthView.shape.level, count),
    byType: z.record(DeviceType, z.object({ total: count, online: count })),
    byRegion: z.array(z.object({ region: z.string().nullable(), total: count, online: count })), // null: in none
    ports: z.object({ total: count, byState: z.record(PortState, count) }),
    runningSessions: count,
  }),
});
