import { DEVICE_STATES, DeviceType, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { ChargeStatus, RealtimeData } from './charge.routes';
import { defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { Port, portExample } from './device.routes';
import { instant, phyId } from './fields';

const MAX_DEVICES = 1_000;

const RealtimePort = z.object({
  port_no: z.int(),
  duration: z.number().nullable().describe('s; of the running charge'),
  energy_consumed: z.number().nullable().describe('kWh; of the running charge'),
  realtime_data: RealtimeData.nullable().describe('null: no sample.'),
});
const DeviceStatus = z
  .object({
    phy_id: z.string().describe('As it was asked for.'),
    found: z.boolean(),
    error: z.string().nullable().describe('DEVICE_NOT_FOUND, and then there is nothing else.'),
    online: z.boolean().optional(),
    status: z.enum(DEVICE_STATES).optional().describe('The first of these that is true of it.'),
    maintenance: z.boolean().optional(),
    open_faults: z.int().optional(),
    port_count: z.int().optional(),
    last_seen: instant.nullish(),
    ports: z.array(Port).optional().describe('With include_ports.'),
    realtime: z
      .object({
        voltage: z.number().nullable().describe('V'),
        temperature: z.number().nullable().describe('°C'),
        signal: z.number().nullable(),
        ports: z.array(RealtimePort),
      })
      .optional()
      .describe('With include_realtime.'),
    sessions: z.array(ChargeStatus).optional().describe('With include_session: open ones.'),
  })
  .meta({ id: 'DeviceStatus' });
export type DeviceStatus = z.infer<typeof DeviceStatus>;

export const batchStatus = defineRoute({
  id: 'batchStatus',
  method: 'POST',
  path: '/api/third/devices/batch/status',
  mutates: false,
  scope: 'devices:read',
  tag: 'Batches',
  summary: 'Status of many devices at once',
  description:
    'One entry per id, in the order asked, unknown ones too. Answered from memory: as fresh as one device alone.',
  body: z
    .strictObject({
      device_phy_ids: z.array(phyId).min(1).max(MAX_DEVICES),
      include_ports: z.boolean().default(false),
      include_realtime: z.boolean().default(false),
      include_session: z.boolean().default(false),
    })
    .meta({ id: 'BatchStatusRequest' }),
  response: z
    .object({
      total: z.int(),
      found: z.int(),
      not_found: z.array(z.string()),
      devices: z.array(DeviceStatus),
      timestamp: instant,
    })
    .meta({ id: 'BatchStatus' }),
  example: {
    params: {},
    body: { device_phy_ids: ['04AB373B', 'NONE'], include_ports: true },
    response: {
      total: 2,
      found: 1,
      not_found: ['NONE'],
      devices: [
        {
          phy_id: '04AB373B',
          found: true,
          error: null,
          online: true,
          status: 'charging',
          maintenance: false,
          open_faults: 0,
          port_count: 2,
          last_seen: '2024-01-13T10:30:00.000Z',
          ports: [portExample],
        },
        { phy_id: 'NONE', found: false, error: 'DEVICE_NOT_FOUND' },
      ],
      timestamp: '2024-01-13T10:30:01.000Z',
    },
  },
});

const share = { total: z.int(), online: z.int(), offline: z.int() };
const shareExample = { total: 3, online: 2, offline: 1 };
export const batchSummary = defineRoute({
  id: 'batchSummary',
  method: 'GET',
  path: '/api/third/devices/batch/summary',
  scope: 'devices:read',
  tag: 'Batches',
  summary: 'Totals of all devices, or of those that a filter means',
  description:
    'Counted at one moment: states of ports add up to the ports, health to the devices, and no more sessions run than ports charge.',
  query: deviceFilterShape,
  response: z
    .object({
      total_devices: z.int(),
      online_devices: z.int(),
      offline_devices: z.int(),
      by_online: z.object({ online: z.int(), offline: z.int() }),
      by_type: z.record(DeviceType, z.object(share)),
      by_region: z.array(z.object({ region: z.string().nullable().describe('null: in none.'), ...share })),
      by_state: z.record(z.enum(DEVICE_STATES), z.int()).describe('The first of these that is true of a device.'),
      health: z.object({ healthy: z.int(), warning: z.int(), critical: z.int() }),
      ports: z.object({ total: z.int(), by_state: z.record(PortState, z.int()) }),
      active_sessions: z.int(),
      last_seen: instant.nullable().describe('Of the device heard last.'),
      timestamp: instant,
    })
    .meta({ id: 'FleetSummary' }),
  example: {
    params: {},
    query: { region: 'beijing' },
    response: {
      total_devices: 3,
      online_devices: 2,
      offline_devices: 1,
      by_online: { online: 2, offline: 1 },
      by_type: { AC: shareExample, DC: { total: 0, online: 0, offline: 0 } },
      by_region: [{ region: 'beijing', ...shareExample }],
      by_state: { offline: 1, maintenance: 0, fault: 0, charging: 1, idle: 1 },
      health: { healthy: 2, warning: 1, critical: 0 },
      ports: {
        total: 6,
        by_state: {
          idle: 3,
          plugged: 0,
          charging: 1,
          suspended: 0,
          finished: 0,
          reserved: 0,
          unavailable: 0,
          fault: 0,
          unknown: 2,
        },
      },
      active_sessions: 1,
      last_seen: '2024-01-13T10:30:00.000Z',
      timestamp: '2024-01-13T10:30:01.000Z',
    },
  },
});
