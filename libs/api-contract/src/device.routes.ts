import { DEVICE_STATES, DeviceType, MasterCode, PortState } from '@chargebus/domain';
import { BeyondDataScope, DeviceExists, DeviceIsCharging, DeviceNotFound, StationNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { RealtimeData } from './charge.routes';
import { defineList, defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { devicePath, instant, phyId, portNo, sessionId, tag, text } from './fields';

export const Port = z
  .object({
    port_no: portNo,
    status: PortState,
    fault: z.string().nullable().describe('Fault that the device reports; null: none.'),
    maintenance: z.boolean().describe('It or its device is in maintenance: nothing can be started on it.'),
    changed_at: instant.nullable().describe('null: never reported.'),
    session_id: sessionId.nullable().describe('Open session.'),
    power: z.number().nullable().describe('W'),
  })
  .meta({ id: 'Port' });
export type Port = z.infer<typeof Port>;

export const Device = z
  .object({
    phy_id: z.string(),
    device_no: z.string().nullable().describe('Number printed on the device.'),
    name: z.string().nullable(),
    protocol: z.string().nullable().describe('null: registered, never seen.'),
    type: z.enum(['AC', 'DC']),
    region: z.string().nullable().describe('Code; that of the station, where it has one.'),
    station: z.string().nullable().describe('Code.'),
    tags: z.array(z.string()),
    model: z.string().nullable(),
    firmware_version: z.string().nullable(),
    iccid: z.string().nullable(),
    imei: z.string().nullable(),
    port_count: z.int(),
    status: z.enum(DEVICE_STATES).describe('The first of these that is true of it.'),
    maintenance: z.boolean(),
    online: z.boolean(),
    online_score: z.number().describe('0 to 1; online from 0.5.'),
    last_seen: instant.nullable(),
    heartbeat_interval: z.int().describe('s'),
    offline_timeout: z.int().describe('s'),
    open_faults: z.int(),
    attributes: z.record(z.string(), z.unknown()).describe('What else the device tells, and what its owner added.'),
    created_at: instant,
  })
  .meta({ id: 'Device' });
export type Device = z.infer<typeof Device>;
const Health = z
  .object({
    level: z.enum(['healthy', 'warning', 'critical']).describe('healthy from 85, warning from 50.'),
    score: z.number().describe('0 to 100; a critical fault keeps it below 50.'),
    presence: z.number().describe('0 to 1, weight 0.4: connected.'),
    faults: z.number().describe('0 to 1, weight 0.4: by the worst open fault.'),
    answers: z.number().describe('0 to 1, weight 0.2: share of the last 20 orders that it answered.'),
  })
  .meta({ id: 'DeviceHealth' });
export const DeviceDetail = Device.extend({
  ports: z.array(Port),
  groups: z.array(z.string()).describe('Codes of the groups it is in, named or found.'),
  health: Health,
  capabilities: z
    .record(
      z.string(),
      z
        .object({
          support: z.enum(['native', 'emulated', 'none']),
          why: z.string().nullable().describe('What limits it, what does it instead, or why it cannot be done.'),
        })
        .meta({ id: 'Capability' }),
    )
    .nullable()
    .describe('One entry per kind of order; null: not known, for a device that was never seen.'),
}).meta({ id: 'DeviceDetail' });

export const deviceExample = {
  phy_id: '04AB373B',
  device_no: '78329659',
  name: 'Gate 3',
  protocol: 'ap3000',
  type: 'AC' as const,
  region: 'beijing',
  station: 'BJ-001',
  tags: ['vip'],
  model: 'dual_port',
  firmware_version: '1.28',
  iccid: '89860418192390001234',
  imei: null,
  port_count: 2,
  status: 'charging' as const,
  maintenance: false,
  online: true,
  online_score: 1,
  last_seen: '2024-01-13T10:30:00.000Z',
  heartbeat_interval: 180,
  offline_timeout: 375,
  open_faults: 0,
  attributes: { signal: 22 },
  created_at: '2024-01-01T08:00:00.000Z',
};
export const portExample = {
  port_no: 1,
  status: 'charging' as const,
  fault: null,
  maintenance: false,
  changed_at: '2024-01-13T10:00:03.000Z',
  session_id: 'SES20240113001',
  power: 7200,
};

export const listDevices = defineList({
  id: 'listDevices',
  method: 'GET',
  path: '/api/third/devices',
  scope: 'devices:read',
  tag: 'Devices',
  summary: 'List devices',
  query: deviceFilterShape,
  sort: ['created_at', 'phy_id', 'name', 'last_seen'],
  response: Device,
  example: { params: {}, query: { page: '1', size: '20', sort: 'created_at', order: 'desc' }, response: deviceExample },
});

export const getDevice = defineRoute({
  id: 'getDevice',
  method: 'GET',
  path: '/api/third/devices/{phyId}',
  scope: 'devices:read',
  tag: 'Devices',
  summary: 'One device with its ports and what it can do',
  params: devicePath,
  response: DeviceDetail,
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    response: {
      ...deviceExample,
      ports: [portExample],
      groups: ['night'],
      health: { level: 'healthy', score: 100, presence: 1, faults: 1, answers: 1 },
      capabilities: {
        'charge.start': { support: 'native', why: 'time, energy or until full; a power tier runs as one of them' },
        'lock.move': { support: 'none', why: 'no ground lock' },
      },
    },
  },
});

/** What its owner may say about a device. */
export const DeviceFields = {
  name: text(100).nullish(),
  type: DeviceType.optional().describe('AC unless told.'),
  region: text(64).nullish().describe('Made with the device where nobody declared it. A station says its own.'),
  station: text(64).nullish(),
  model: text(100).nullish().describe('Until the device tells its own.'),
  tags: z.array(MasterCode).max(50).optional(),
  attributes: z
    .record(text(64), z.unknown())
    .refine((all) => JSON.stringify(all).length <= 16_384, 'is too large')
    .optional()
    .describe('Merged; null takes one away.'),
  port_count: z.int().min(0).max(1_000).optional().describe('0: until the device tells.'),
  heartbeat_interval: z.int().min(5).max(86_400).nullish().describe('s; null: by the protocol.'),
  offline_timeout: z.int().min(10).max(604_800).nullish().describe('s; null: by the protocol.'),
};
export const createDevice = defineRoute({
  id: 'createDevice',
  method: 'POST',
  path: '/api/third/devices',
  scope: 'devices:write',
  tag: 'Devices',
  summary: 'Register a device',
  description: 'What it said while nobody owned it is handled now.',
  body: z.strictObject({ phy_id: phyId, protocol: tag(20).nullish(), ...DeviceFields }).meta({ id: 'NewOwnDevice' }),
  status: 201,
  response: Device,
  errors: [DeviceExists, StationNotFound, BeyondDataScope],
  example: {
    params: {},
    body: { phy_id: '04AB373B', name: 'Gate 3', type: 'AC', station: 'BJ-001', tags: ['vip'], port_count: 2 },
    response: deviceExample,
  },
});
export const updateDevice = defineRoute({
  id: 'updateDevice',
  method: 'PATCH',
  path: '/api/third/devices/{phyId}',
  scope: 'devices:write',
  tag: 'Devices',
  summary: 'Change what is kept about a device',
  description: 'In maintenance nothing can be started on it; what charges goes on.',
  params: devicePath,
  body: z.strictObject({ ...DeviceFields, maintenance: z.boolean().optional() }).meta({ id: 'DeviceChange' }),
  response: Device,
  errors: [DeviceNotFound, StationNotFound, BeyondDataScope],
  example: { params: { phyId: '04AB373B' }, body: { name: 'Gate 3', station: 'BJ-001' }, response: deviceExample },
});
export const deleteDevice = defineRoute({
  id: 'deleteDevice',
  method: 'DELETE',
  path: '/api/third/devices/{phyId}',
  scope: 'devices:write',
  tag: 'Devices',
  summary: 'Delete a device that charges nothing',
  description: 'Its settled sessions stay. Should it connect again, it waits in quarantine.',
  params: devicePath,
  response: z.object({ phy_id: z.string() }).meta({ id: 'RemovedDevice' }),
  errors: [DeviceNotFound, DeviceIsCharging],
  example: { params: { phyId: '04AB373B' }, response: { phy_id: '04AB373B' } },
});

export const getPorts = defineRoute({
  id: 'getPorts',
  method: 'GET',
  path: '/api/third/devices/{phyId}/ports',
  scope: 'devices:read',
  tag: 'Devices',
  summary: 'States of the ports',
  params: devicePath,
  response: z.object({ phy_id: z.string(), online: z.boolean(), ports: z.array(Port) }).meta({ id: 'DevicePorts' }),
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    response: { phy_id: '04AB373B', online: true, ports: [portExample] },
  },
});

export const getRealtime = defineRoute({
  id: 'getRealtime',
  method: 'GET',
  path: '/api/third/devices/{phyId}/realtime',
  scope: 'devices:read',
  tag: 'Devices',
  summary: 'Last measurements of the device and its ports',
  params: devicePath,
  response: z
    .object({
      phy_id: z.string(),
      online: z.boolean(),
      last_seen: instant.nullable(),
      voltage: z.number().nullable().describe('V'),
      temperature: z.number().nullable().describe('°C'),
      signal: z.number().nullable(),
      ports: z.array(
        Port.extend({
          duration: z.number().nullable().describe('s; of the running charge'),
          energy_consumed: z.number().nullable().describe('kWh; of the running charge'),
          realtime_data: RealtimeData.nullable().describe('null: no sample.'),
        }).meta({ id: 'RealtimePort' }),
      ),
    })
    .meta({ id: 'DeviceRealtime' }),
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    response: {
      phy_id: '04AB373B',
      online: true,
      last_seen: '2024-01-13T10:30:00.000Z',
      voltage: 220.5,
      temperature: 45,
      signal: 22,
      ports: [
        {
          ...portExample,
          duration: 1800,
          energy_consumed: 3.6,
          realtime_data: {
            voltage: 220.5,
            current: 32.7,
            power: 7200,
            temperature: 45,
            frequency: 50,
            sampled_at: '2024-01-13T10:30:00.000Z',
          },
        },
      ],
    },
  },
});
