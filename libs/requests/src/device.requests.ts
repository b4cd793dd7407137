import {
  Capabilities,
  DEVICE_STATES,
  DeviceFilter,
  DeviceId,
  DeviceType,
  Instant,
  PortNo,
  PortState,
  SessionId,
  TenantId,
} from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

export const PortView = z.object({
  portNo: PortNo,
  state: PortState,
  fault: z.string().nullable(),
  maintenance: z.boolean(), // it or its whole device: nothing can be started on it
  changedAt: Instant.nullable(), // null: never reported
  sessionId: SessionId.nullable(),
  powerW: z.number().nullable(),
});
export const DeviceView = z.object({
  deviceId: DeviceId,
  tenantId: TenantId,
  protocol: z.string().nullable(), // null: registered by an operator, never seen
  deviceNo: z.string().nullable(), // number printed on the device; finds it too
  name: z.string().nullable(),
  type: DeviceType,
  region: z.string().nullable(),
  station: z.string().nullable(),
  tags: z.array(z.string()),
  model: z.string().nullable(),
  firmwareVersion: z.string().nullable(),
  iccid: z.string().nullable(),
  imei: z.string().nullable(),
  portCount: z.number().int().nonnegative(),
  status: z.enum(DEVICE_STATES), // the first that is true of it
  maintenance: z.boolean(),
  online: z.boolean(),
  onlineScore: z.number().min(0).max(1), // weighted policy, see docs
  lastSeenAt: Instant.nullable(),
  offlineTimeoutS: z.number().int().positive(),
  heartbeatIntervalS: z.number().int().positive(),
  openFaults: z.number().int().nonnegative(),
  attributes: z.record(z.string(), z.unknown()),
  createdAt: Instant,
});
export type DeviceView = z.infer<typeof DeviceView>;
export type PortView = z.infer<typeof PortView>;

/** How a device does (G08): each part from 0 to 1, the score from 0 to 100. */
export const HealthView = z.object({
  level: z.enum(['healthy', 'warning', 'critical']),
  score: z.number().min(0).max(100),
  presence: z.number().min(0).max(1),
  faults: z.number().min(0).max(1),
  answers: z.number().min(0).max(1),
});
export type HealthView = z.infer<typeof HealthView>;

export const ListDevices = defineRequest({
  subject: 'cb.ask.device.list',
  timeoutMs: 5_000,
  request: z.object({ ...audience, filter: DeviceFilter, page: PageQuery }),
  reply: Page(DeviceView),
});
/** `deviceId` is the id or the printed number. Errors: DEVICE_NOT_FOUND. */
export const GetDevice = defineRequest({
  subject: 'cb.ask.device.get',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64) }),
  reply: DeviceView.extend({
    ports: z.array(PortView),
    groups: z.array(z.string()), // codes of those it is in, named or found
    health: HealthView,
    capabilities: Capabilities.nullable(), // null: nobody knows, because it was never seen or no gateway runs
  }),
});
/** What decides what can be done with a device now, from Redis as GetDeviceRealtime. Errors: DEVICE_NOT_FOUND. */
export const FindDevice = defineRequest({
  subject: 'cb.ask.device.find',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64) }),
  reply: z.object({
    deviceId: DeviceId,
    tenantId: TenantId,
    protocol: z.string().nullable(),
    online: z.boolean(),
    ports: z.array(PortView),
    capabilities: Capabilities.nullable(), // as GetDevice has them
  }),
});
/** Ports, last samples and open sessions from Redis: never asks Postgres while the shadow is there. */
export const GetDeviceRealtime = defineRequest({
  subject: 'cb.ask.device.realtime',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64) }),
  reply: z.object({
    deviceId: DeviceId,
    online: z.boolean(),
    lastSeenAt: Instant.nullable(),
    voltageV: z.number().nullable(),
    temperatureC: z.number().nullable(),
    signal: z.number().nullable(),
    ports: z.array(
      PortView.extend({
        sample: z
          .object({
            sampledAt: Instant,
            durationS: z.number(),
            energyWh: z.number(),
            powerW: z.number().nullable(),
            voltageV: z.number().nullable(),
            currentA: z.number().nullable(),
            temperatureC: z.number().nullable(),
            frequencyHz: z.number().nullable(),
          })
          .nullable(),
      }),
    ),
  }),
});
const registration = {
  deviceId: DeviceId,
  name: z.string().max(100).nullable(),
  protocol: z.string().max(20).nullable(),
  type: z.enum(['AC', 'DC']),
  region: z.string().max(64).nullable(),
  station: z.string().max(64).nullish(), // says the region
  model: z.string().max(100).nullish(),
  tags: z.array(z.string().max(64)).max(50).optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  portCount: z.number().int().min(0).max(1000),
  heartbeatIntervalS: z.number().int().min(5).max(86_400).nullable(), // null: the protocol profile's
  offlineTimeoutS: z.number().int().min(10).max(604_800).nullable(),
};
/** Errors: DEVICE_EXISTS, STATION_NOT_FOUND, BEYOND_DATA_SCOPE, VALIDATION_FAILED. Facts that were kept while it was unknown are handled afterwards. */
export const RegisterDevice = defineRequest({
  subject: 'cb.ask.device.register',
  timeoutMs: 5_000,
  request: z.object({ ...audience, ...registration }),
  reply: DeviceView,
});
export const QuarantinedDevice = z.object({
  deviceId: DeviceId,
  protocol: z.string(),
  remoteAddress: z.string().nullable(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  keptFacts: z.number().int().nonnegative(),
  reason: z.string(), // unregistered, duplicate_factory_id
});
export const ListQuarantined = defineRequest({
  subject: 'cb.ask.device.quarantined',
  timeoutMs: 5_000,
  request: z.object({ page: PageQuery }),
  reply: Page(QuarantinedDevice),
});
/** Moves a quarantined device into a tenant. Errors: DEVICE_NOT_FOUND, DEVICE_EXISTS. */
export const AdoptDevice = defineRequest({
  subject: 'cb.ask.device.adopt',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, ...registration }),
  reply: DeviceView,
});
/** Asked by the gateway while a card is held to a device; answered within 12 s or the fallback counts. */
export const AuthoriseCard = defineRequest({
  subject: 'cb.ask.device.authorise_card',
  timeoutMs: 10_000,
  request: z.object({
    deviceId: DeviceId,
    causeId: z.string(),
    cardId: z.string(),
    cardNumber: z.string(),
    aliases: z.array(z.string()).optional(), // how else the same token may have been written down
    tokenType: z.string().optional(), // absent: a card
    portNo: PortNo.nullable(),
    deadlineMs: z.number().int().positive().optional(), // how long the asker waits
    /** What makes a start the same start, where the device wants its charge numbered by us (OCPP 1.6). */
    transactionKey: z.string().min(1).max(200).optional(),
  }),
  reply: z.object({
    decision: z.enum([
      'accepted',
      'unknown_card',
      'insufficient_balance',
      'expired',
      'blocked',
      'device_not_registered',
      'port_fault',
    ]),
    rateMode: z.enum(['time', 'monthly', 'energy', 'per_charge']),
    balanceFen: z.number().int().nonnegative().nullable(),
    expiresAt: Instant.nullable(),
    groupId: z.string().nullish(), // tokens of one group may end each other's charges
    /** The same key has the same number, whenever it is asked; no other start of any device gets it. Absent: none was wanted. */
    transactionNo: z.number().int().min(1).max(0x7fff_ffff).optional(),
  }),
});
