import { DeviceNotFound } from '@chargebus/errors';
import { CommandStatus, SampleMetric, SessionState } from '@chargebus/requests';
import { z } from 'zod';
import { Command, commandExample } from './command.routes';
import { defineList, defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { devicePath, flagInQuery, instant, numberInQuery, phyId, portNo, sessionId, text } from './fields';
import { timeRangeShape } from './time-range';

/** `a,b` in a query becomes a list without repeats. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? [...new Set(value.split(',').map((part) => part.trim()))] : value),
    z.array(item).min(1),
  );
export const portInQuery = numberInQuery(portNo).optional();

const Spread = z
  .object({ avg: z.number(), min: z.number(), max: z.number() })
  .nullable()
  .describe('null: not measured.')
  .meta({ id: 'Spread' });
const spreads = {
  power: Spread.optional(),
  voltage: Spread.optional(),
  current: Spread.optional(),
  frequency: Spread.optional(),
  temperature: Spread.optional(),
  soc: Spread.optional(),
};
const HistoryPoint = z
  .object({
    at: instant.describe('Beginning of the bucket.'),
    port_no: portNo.nullable(),
    samples: z.int(),
    energy: z.number().describe('kWh delivered in the bucket.'),
    ...spreads,
  })
  .meta({ id: 'HistoryPoint' });
const HistorySample = z
  .object({
    sampled_at: instant,
    session_id: sessionId,
    port_no: portNo.nullable(),
    duration: z.number().describe('s; of the charge.'),
    energy_consumed: z.number().describe('kWh; of the charge so far.'),
    power: z.number().nullable().optional(),
    voltage: z.number().nullable().optional(),
    current: z.number().nullable().optional(),
    frequency: z.number().nullable().optional(),
    temperature: z.number().nullable().optional(),
    soc: z.number().nullable().optional(),
  })
  .meta({ id: 'HistorySample' });
export const HISTORY_UNITS = {
  power: 'W',
  voltage: 'V',
  current: 'A',
  frequency: 'Hz',
  temperature: '°C',
  soc: '%',
  energy: 'kWh',
} as const;
const DeviceHistory = z
  .object({
    phy_id: z.string(),
    from: instant,
    to: instant,
    raw: z.boolean(),
    step: z.int().nullable().describe('s; length of a bucket. null: raw.'),
    source: z.enum(['samples', 'hours']).describe('hours: from hours that were rolled up.'),
    units: z.record(z.string(), z.string()),
    items: z.array(z.union([HistorySample, HistoryPoint])).describe('Points, or samples when raw.'),
    next_cursor: z.string().nullable().describe('null: there is no more; only when raw.'),
  })
  .meta({ id: 'DeviceHistory' });

export const getHistory = defineRoute({
  id: 'getHistory',
  method: 'GET',
  path: '/api/third/devices/{phyId}/history',
  scope: 'history:read',
  tag: 'History',
  summary: 'Measurements of a device over time',
  description:
    'The last 24 hours unless told. Samples are gathered in at most `points` buckets of equal length, each with average, minimum and maximum per metric and the energy delivered in it, one item per port. Buckets of an hour and more, and ranges over eight days, come from rolled up hours, which are kept as long as sessions are. `raw=true` gives the samples themselves, by cursor.',
  params: devicePath,
  query: {
    ...timeRangeShape,
    port_no: portInQuery,
    session_id: text(64).optional(),
    metrics: list(z.enum([...SampleMetric.options, 'energy']))
      .optional()
      .describe('Comma separated; all unless told.'),
    points: numberInQuery(z.int().min(1).max(2_000)).default(500).describe('At most so many buckets.'),
    raw: flagInQuery.default(false),
    limit: numberInQuery(z.int().min(1).max(2_000)).optional().describe('Samples on a page, 500 unless told; raw.'),
    cursor: z.string().min(1).max(100).optional().describe('next_cursor of the page before; raw.'),
  },
  response: DeviceHistory,
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    query: { from: '2024-01-13T00:00:00Z', to: '2024-01-14T00:00:00Z', points: '24', metrics: 'power' },
    response: {
      phy_id: '04AB373B',
      from: '2024-01-13T00:00:00.000Z',
      to: '2024-01-14T00:00:00.000Z',
      raw: false,
      step: 3_600,
      source: 'hours',
      units: { power: 'W', energy: 'kWh' },
      items: [
        {
          at: '2024-01-13T10:00:00.000Z',
          port_no: 1,
          samples: 60,
          energy: 3.6,
          power: { avg: 7_150, min: 6_900, max: 7_200 },
        },
      ],
      next_cursor: null,
    },
  },
});

export const Alarm = z
  .object({
    id: z.string(),
    device_phy_id: z.string().nullable(),
    port_no: portNo.nullable(),
    type: z.string().describe('What is wrong, as in device.fault and system.alarm.'),
    source: z.enum(['device', 'system']).describe('Reported by the device, or found out about it.'),
    level: z.enum(['info', 'warning', 'critical']),
    severity: z.enum(['info', 'warning', 'critical']).describe('The same as level.'),
    message: z.string(),
    status: z.enum(['active', 'resolved']),
    details: z.record(z.string(), z.unknown()),
    created_at: instant,
    resolved_at: instant.nullable().describe('null: it goes on. Alarms of the system are over when they are raised.'),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.infer<typeof Alarm>;

export const alarmFilterShape = {
  level: z.enum(['info', 'warning', 'critical']).optional(),
  severity: z.enum(['info', 'warning', 'critical']).optional().describe('Another name of level.'),
  status: z.enum(['active', 'resolved']).optional(),
  port_no: portInQuery,
  type: text(60).optional(),
  ...timeRangeShape,
};
export const getDeviceAlarms = defineList({
  id: 'getDeviceAlarms',
  method: 'GET',
  path: '/api/third/devices/{phyId}/alarms',
  scope: 'history:read',
  tag: 'History',
  summary: 'Alarms of a device, active and past',
  description: 'Faults that the device reported and alarms of the installation about it.',
  params: devicePath,
  query: alarmFilterShape,
  sort: ['created_at', 'level', 'resolved_at'],
  response: Alarm,
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    query: { level: 'warning', status: 'active', page: '1', size: '20' },
    response: {
      id: 'flt_9Gk2l0aTqW8sYp4uXb3e',
      device_phy_id: '04AB373B',
      port_no: 1,
      type: 'temperature_overheat',
      source: 'device',
      level: 'warning',
      severity: 'warning',
      message: 'temperature_overheat on port 1',
      status: 'active',
      details: { current_temperature: 75 },
      created_at: '2024-01-13T10:30:00.000Z',
      resolved_at: null,
    },
  },
});

export const commandFilterShape = {
  status: CommandStatus.optional(),
  action: text(60).optional().describe('Kind of order, as charge.start; `charge.*` for all of its family.'),
  session_id: text(64).optional(),
  q: text(100).optional().describe('Part of the order, of what the device answered or of the reason.'),
  ...timeRangeShape,
};
export const getDeviceLogs = defineList({
  id: 'getDeviceLogs',
  method: 'GET',
  path: '/api/third/devices/{phyId}/logs',
  scope: 'commands:read',
  tag: 'History',
  summary: 'Command log of a device',
  description: 'Every order that was given to the device with every attempt, the newest first.',
  params: devicePath,
  query: commandFilterShape,
  sort: ['created_at'],
  response: Command,
  errors: [DeviceNotFound],
  example: { params: { phyId: '04AB373B' }, query: { limit: '20', offset: '0' }, response: commandExample },
});

export const Session = z
  .object({
    session_id: sessionId,
    internal_order_id: z.int(),
    phy_id: z.string(),
    port_no: portNo.nullable().describe('null: the device has not chosen yet.'),
    third_party_order_no: z.string().nullable(),
    order_no: z.string().nullable().describe('Another name of third_party_order_no.'),
    third_party_user_id: z.string().nullable(),
    status: z.enum(['idle', 'charging', 'stopping', 'completed', 'fault']),
    detail_status: SessionState,
    reason: z.string().nullable().describe('Why it ended or failed, or what it waits for.'),
    end_reason: z.string().nullable().describe('As in charging.completed; null: it has not ended.'),
    created_at: instant,
    start_time: instant.nullable(),
    end_time: instant.nullable(),
    duration: z.number().describe('s'),
    energy_consumed: z.number().describe('kWh'),
    start_command_id: z.string().nullable(),
    stop_command_id: z.string().nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const sessionFilterShape = {
  status: z.enum(['idle', 'charging', 'stopping', 'completed', 'fault']).optional(),
  detail_status: SessionState.optional(),
  port_no: portInQuery,
  third_party_order_no: text(100).optional(),
  order_no: text(100).optional().describe('Another name of third_party_order_no.'),
  third_party_user_id: text(100).optional(),
  ...timeRangeShape,
};
const sessions = {
  method: 'GET' as const,
  scope: 'history:read' as const,
  tag: 'History',
  sort: ['created_at', 'start_time', 'end_time'] as const,
  response: Session,
};
const sessionExample = {
  session_id: 'SES20240113001',
  internal_order_id: 12_345,
  phy_id: '04AB373B',
  port_no: 1,
  third_party_order_no: 'ORD001',
  order_no: 'ORD001',
  third_party_user_id: 'USER001',
  status: 'completed' as const,
  detail_status: 'settled' as const,
  reason: 'time_limit_reached',
  end_reason: 'time_limit_reached',
  created_at: '2024-01-13T10:00:00.000Z',
  start_time: '2024-01-13T10:00:03.000Z',
  end_time: '2024-01-13T11:00:03.000Z',
  duration: 3_600,
  energy_consumed: 5.8,
  start_command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
  stop_command_id: null,
};

export const getDeviceSessions = defineList({
  ...sessions,
  id: 'getDeviceSessions',
  path: '/api/third/devices/{phyId}/sessions',
  summary: 'Charging sessions of a device',
  description: 'By the time of their order; the newest first.',
  params: devicePath,
  query: sessionFilterShape,
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    query: { status: 'completed', time_range: '7d' },
    response: sessionExample,
  },
});

export const listSessions = defineList({
  ...sessions,
  id: 'listSessions',
  path: '/api/third/sessions',
  summary: 'Charging sessions',
  description: 'Of the devices that fit, by the time of their order; the newest first.',
  query: { phy_id: phyId.optional(), ...deviceFilterShape, ...sessionFilterShape },
  example: { params: {}, query: { station: 'BJ-1', third_party_order_no: 'ORD001' }, response: sessionExample },
});
