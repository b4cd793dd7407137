import { DeviceExists, DeviceNotFound, ParkedMessageNotFound, TenantExists, TenantNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { Device, deviceExample } from './device.routes';
import { devicePath, instant, numberInQuery, phyId, tag, tenantId, text } from './fields';

const internal = { scope: 'internal' } as const;

export const Tenant = z
  .object({
    tenant_id: tenantId,
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    created_at: instant,
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof Tenant>;
const tenantExample = {
  tenant_id: '7d9f7d0e-52b6-4a53-9f63-0f3c2b6a0c11',
  name: 'North Charging',
  status: 'active' as const,
  created_at: '2024-01-01T08:00:00.000Z',
};

export const createTenant = defineRoute({
  ...internal,
  id: 'createTenant',
  method: 'POST',
  path: '/api/internal/tenants',
  tag: 'Tenants',
  summary: 'Add a tenant',
  body: z
    .strictObject({ tenant_id: tenantId.optional().describe('Made when it is left out.'), name: text(100) })
    .meta({ id: 'NewTenant' }),
  status: 201,
  response: Tenant,
  errors: [TenantExists],
  example: { params: {}, body: { name: 'North Charging' }, response: tenantExample },
});
export const listTenants = defineList({
  ...internal,
  id: 'listTenants',
  positional: true,
  method: 'GET',
  path: '/api/internal/tenants',
  tag: 'Tenants',
  summary: 'List tenants',
  sort: ['created_at', 'name'],
  response: Tenant,
  example: { params: {}, response: tenantExample },
});

const registration = {
  tenant_id: tenantId.optional().describe("The caller's own tenant when it is left out."),
  name: text(100).nullish(),
  protocol: tag(20).nullish(),
  type: z.enum(['AC', 'DC']).default('AC'),
  region: text(50).nullish(),
  port_count: z.int().min(0).max(1_000).default(0).describe('0: until the device tells.'),
  heartbeat_interval: z.int().min(5).max(86_400).nullish().describe('s; by the protocol when it is left out.'),
  offline_timeout: z.int().min(10).max(604_800).nullish().describe('s; by the protocol when it is left out.'),
};
export const registerDevice = defineRoute({
  ...internal,
  id: 'registerDevice',
  method: 'POST',
  path: '/api/internal/devices',
  tag: 'Devices',
  summary: 'Register a device',
  body: z.strictObject({ phy_id: phyId, ...registration }).meta({ id: 'NewDevice' }),
  status: 201,
  response: Device,
  errors: [TenantNotFound, DeviceExists],
  example: {
    params: {},
    body: { phy_id: '04AB373B', name: 'Gate 3', protocol: 'ap3000', type: 'AC', region: 'beijing', port_count: 2 },
    response: deviceExample,
  },
});
export const QuarantinedDevice = z
  .object({
    phy_id: z.string(),
    protocol: z.string(),
    remote_address: z.string().nullable(),
    first_seen: instant,
    last_seen: instant,
    kept_facts: z.int().describe('Messages kept; handled once it is adopted.'),
    reason: z.string().describe('unregistered, duplicate_factory_id'),
  })
  .meta({ id: 'QuarantinedDevice' });
export const listQuarantined = defineList({
  ...internal,
  id: 'listQuarantined',
  positional: true,
  method: 'GET',
  path: '/api/internal/devices/quarantined',
  tag: 'Devices',
  summary: 'List devices that connect and belong to nobody',
  sort: ['last_seen'],
  response: QuarantinedDevice,
  example: {
    params: {},
    response: {
      phy_id: '04AB373B',
      protocol: 'ap3000',
      remote_address: '203.0.113.7:49152',
      first_seen: '2024-01-13T09:00:00.000Z',
      last_seen: '2024-01-13T10:30:00.000Z',
      kept_facts: 31,
      reason: 'unregistered',
    },
  },
});
export const adoptDevice = defineRoute({
  ...internal,
  id: 'adoptDevice',
  method: 'POST',
  path: '/api/internal/devices/{phyId}/adopt',
  tag: 'Devices',
  summary: 'Move a quarantined device into a tenant',
  params: devicePath,
  body: z.strictObject(registration).prefault({}),
  response: Device,
  errors: [TenantNotFound, DeviceNotFound, DeviceExists],
  example: { params: { phyId: '04AB373B' }, body: { name: 'Gate 3', port_count: 2 }, response: deviceExample },
});

const ParkedMessage = z
  .object({
    sequence: z.int(),
    consumer: z.string().describe('Who gave it up.'),
    subject: z.string(),
    reason: z.string(),
    parked_at: z.string(),
    payload: z.string().describe('As it was on the bus.'),
  })
  .meta({ id: 'ParkedMessage' });
const parkedExample = {
  sequence: 17,
  consumer: 'session-facts-3',
  subject: 'cb.dev.3',
  reason: 'payload does not fit its schema',
  parked_at: '2024-01-13T10:30:00.000Z',
  payload: '{}',
};
export const listParkedMessages = defineRoute({
  ...internal,
  id: 'listParkedMessages',
  method: 'GET',
  path: '/api/internal/parked',
  tag: 'Dead letters',
  summary: 'Messages that no retry could get handled',
  description: 'The newest first. Dead commands are at GET /api/third/commands?status=dead.',
  query: {
    limit: numberInQuery(z.int().min(1).max(200)).default(50),
    before: numberInQuery(z.int().min(1)).optional().describe('Only sequences below it, for the next page.'),
  },
  response: z.object({ items: z.array(ParkedMessage) }),
  example: { params: {}, query: { limit: '50' }, response: { items: [parkedExample] } },
});
export const replayParkedMessage = defineRoute({
  ...internal,
  id: 'replayParkedMessage',
  method: 'POST',
  path: '/api/internal/parked/{sequence}/replay',
  tag: 'Dead letters',
  summary: 'Send a parked message to where it came from',
  params: z.object({ sequence: numberInQuery(z.int().min(1)) }),
  response: z.object({ sequence: z.int(), replayed: z.literal(true) }),
  errors: [ParkedMessageNotFound],
  example: { params: { sequence: '17' }, response: { sequence: 17, replayed: true } },
});
