import {
  ClientId,
  CommandId,
  DeviceFilter,
  DeviceId,
  Instant,
  PortNo,
  PortState,
  SessionId,
  SessionState,
  TenantId,
} from '@chargebus/domain';
import { z } from 'zod';
import { CommandStatus } from './command.requests';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

export { SessionState };

export const AutoStopConditions = z.object({
  lowPowerThresholdW: z.number().nonnegative().nullable(),
  maxTemperatureC: z.number().nullable(),
  voltageRangeV: z.tuple([z.number(), z.number()]).nullable(),
});
export const SessionLimits = z.object({
  mode: z.number().int().min(1).max(4), // 1 time, 2 energy, 3 power, 4 until full
  timeLimitMin: z.number().positive().nullable(),
  energyLimitKwh: z.number().positive().nullable(),
  powerLimitW: z.number().positive().nullable(),
});

export const SessionSample = z.object({
  sampledAt: Instant,
  durationS: z.number(),
  energyWh: z.number(),
  powerW: z.number().nullable(),
  voltageV: z.number().nullable(),
  currentA: z.number().nullable(),
  temperatureC: z.number().nullable(),
  frequencyHz: z.number().nullable(),
});
export const SessionView = z.object({
  sessionId: SessionId,
  internalOrderId: z.number().int(),
  tenantId: TenantId,
  deviceId: DeviceId,
  portNo: PortNo.nullable(),
  orderNo: z.string().nullable(),
  userId: z.string().nullable(),
  state: SessionState,
  detail: z.string().nullable(), // why: end reason, failure reason
  limits: SessionLimits.nullable(), // null: started at the device
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  durationS: z.number(),
  energyWh: z.number(),
  estimatedRemainingS: z.number().nullable(),
  progressPct: z.number().nullable(),
  lastSample: SessionSample.nullable(),
  startCommandId: CommandId.nullable(),
  stopCommandId: CommandId.nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

const orderKey = { ...audience, clientId: ClientId, deviceId: DeviceId };
/**
 * Opens a session and orders the start, once per (tenant, client, order number) or idempotency key.
 * Errors: DEVICE_NOT_FOUND, PORT_NOT_FOUND, PORT_BUSY, PORT_FAULTED, DEVICE_IN_MAINTENANCE, PORT_IN_MAINTENANCE,
 * ORDER_CONFLICT, DEVICE_IS_OFFLINE (only when `requireOnline`), QUEUE_FULL.
 */
export const StartCharge = defineRequest({
  subject: 'cb.ask.session.start',
  timeoutMs: 6_000,
  request: z.object({
    ...orderKey,
    portNo: PortNo.nullable(), // null: the device chooses
    orderNo: z.string().min(1).max(100).nullable(),
    idempotencyKey: z.string().min(1).max(200).nullable(),
    userId: z.string().max(100).nullable(),
    limits: SessionLimits,
    notifyIntervalS: z.number().int().min(1).max(3600),
    autoStop: AutoStopConditions.nullable(),
    requestBody: z.unknown(), // as the integrator sent it, kept with the session (E32)
    waitMs: z
      .object({ until: z.enum(['sent', 'finished']), timeoutMs: z.number().int().min(1).max(120_000) })
      .nullable(),
    requireOnline: z.boolean(),
  }),
  reply: z.object({
    session: SessionView,
    commandStatus: CommandStatus,
    commandReason: z.string().nullable(),
    commandId: CommandId,
    deviceResponseTimeoutS: z.number(),
    estimatedStartAt: Instant,
    replayed: z.boolean(), // true: this order was accepted before
  }),
});
/** Asks the device to end a charge. Errors: DEVICE_NOT_FOUND, NOTHING_TO_STOP. */
export const StopCharge = defineRequest({
  subject: 'cb.ask.session.stop',
  timeoutMs: 6_000,
  request: z.object({
    ...orderKey,
    portNo: PortNo.nullable(),
    orderNo: z.string().min(1).max(100).nullable(), // finds the session when the port is not given
    reason: z.enum(['user_stop', 'timeout', 'emergency', 'maintenance']),
    force: z.boolean(), // stop whatever runs on the port, whoever ordered it
    waitMs: z
      .object({ until: z.enum(['sent', 'finished']), timeoutMs: z.number().int().min(1).max(120_000) })
      .nullable(),
  }),
  reply: z.object({
    session: SessionView,
    commandStatus: CommandStatus,
    commandReason: z.string().nullable(),
    commandId: CommandId.nullable(), // null: the start had not left yet and was withdrawn
    deviceResponseTimeoutS: z.number(),
  }),
});
/** The open session of a port, else its last one; from Redis. Errors: DEVICE_NOT_FOUND, PORT_NOT_FOUND. */
export const GetChargeStatus = defineRequest({
  subject: 'cb.ask.session.status',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: DeviceId, portNo: PortNo }),
  reply: z.object({ session: SessionView.nullable(), portState: PortState.nullable(), online: z.boolean() }),
});
export const ListSessions = defineRequest({
  subject: 'cb.ask.session.list',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    deviceId: DeviceId.nullable(),
    devices: DeviceFilter.nullish(), // null: whichever
    orderNo: z.string().nullable(),
    state: SessionState.nullable(),
    states: z.array(SessionState).nullish(), // one of these
    portNo: PortNo.nullish(),
    userId: z.string().nullish(),
    from: Instant.nullish(), // of creation
    until: Instant.nullish(), // excluded
    page: PageQuery,
  }),
  reply: Page(SessionView),
});
