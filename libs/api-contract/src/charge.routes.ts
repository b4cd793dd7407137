import { CommandId } from '@chargebus/domain';
import {
  DeviceInMaintenance,
  DeviceNotFound,
  DeviceOffline,
  IdempotencyKeyReused,
  NothingToStop,
  OrderConflict,
  OrderNumbersDiffer,
  PortBusy,
  PortFaulted,
  PortInMaintenance,
  PortNotFound,
  QueueFull,
} from '@chargebus/errors';
import { CommandStatus } from '@chargebus/requests';
import { z } from 'zod';
import { defineRoute } from './define-route';
import {
  devicePath,
  flagInQuery,
  idempotencyHeader,
  instant,
  numberInQuery,
  portNo,
  sessionId,
  text,
  thirdPartyOrderNo,
  wait,
} from './fields';

/** Which limit a `mode` makes the primary one (decision 26); mode 4 charges until the vehicle is full. */
const LIMIT_OF_MODE = { 1: 'time_limit', 2: 'energy_limit', 3: 'power_limit', 4: null } as const;

const AutoStopConditions = z
  .strictObject({
    low_power_threshold: z.number().min(0).max(1_000_000).nullish().describe('W; stops when power stays below it.'),
    max_temperature: z.number().min(-40).max(200).nullish().describe('°C; stops above it.'),
    voltage_range: z
      .tuple([z.number().min(0).max(2_000), z.number().min(0).max(2_000)])
      .refine(([low, high]) => low < high, 'must be [low, high] with low < high')
      .nullish()
      .describe('V, [low, high]; stops outside it.'),
  })
  .meta({ id: 'AutoStopConditions' });

const orderNumbers = {
  third_party_order_no: thirdPartyOrderNo.nullish(),
  order_no: thirdPartyOrderNo.nullish().describe('Another name of third_party_order_no.'),
};
export const StartChargeBody = z
  .strictObject({
    port_no: portNo.nullable().describe('Port, counted from 1; null: the device chooses.'),
    mode: z
      .literal([1, 2, 3, 4])
      .describe('Primary limit: 1 time, 2 energy, 3 power, 4 until full. Every other limit given is a cap.'),
    time_limit: z.int().min(1).max(10_080).nullish().describe('minutes; required for mode 1.'),
    energy_limit: z.number().min(0.001).max(10_000).nullish().describe('kWh; required for mode 2.'),
    power_limit: z.number().min(1).max(1_000_000).nullish().describe('W; required for mode 3.'),
    ...orderNumbers,
    third_party_user_id: text(100).nullish().describe('User of the integrator, echoed in events.'),
    notify_interval: z.int().min(1).max(3_600).default(30).describe('s; minimum spacing of charging.progress.'),
    auto_stop_conditions: AutoStopConditions.nullish(),
  })
  .superRefine((body, context) => {
    const limit = LIMIT_OF_MODE[body.mode];
    if (limit !== null && body[limit] == null)
      context.addIssue({ code: 'custom', path: [limit], message: `is required when mode is ${body.mode.toString()}` });
  })
  .meta({ id: 'StartCharge' });

const commandStatus = CommandStatus.describe(
  'queued: waits for its turn or for the device. sent: on the wire. acked, rejected: the device answered. The rest is final.',
);
const commandId = CommandId.describe('GET /api/third/commands/{id} follows it.');

export const startCharge = defineRoute({
  id: 'startCharge',
  method: 'POST',
  path: '/api/third/devices/{phyId}/charge/start',
  scope: 'charge:control',
  tag: 'Charging',
  summary: 'Start a charge',
  description:
    'Opens a session and orders the start. The same order number (or Idempotency-Key) with the same body answers with the same session, with a different body it is a conflict. The event charging.started follows once the device has confirmed.',
  params: devicePath,
  query: { wait: wait.default('sent') },
  headers: idempotencyHeader,
  body: StartChargeBody,
  ordersDevice: true,
  response: z
    .object({
      session_id: sessionId,
      internal_order_id: z.int(),
      third_party_order_no: z.string().nullable(),
      order_no: z.string().nullable(),
      estimated_start_time: instant,
      command_status: commandStatus,
      command_id: commandId,
      reason: z.string().nullable().describe('Why the device or the queue refused; null while it did not.'),
      device_response_timeout: z.number().describe('s; how long a device may take to answer.'),
      replayed: z.boolean().describe('true: this order had been accepted before.'),
    })
    .meta({ id: 'ChargeStart' }),
  errors: [
    OrderNumbersDiffer,
    DeviceNotFound,
    PortNotFound,
    PortBusy,
    PortFaulted,
    DeviceInMaintenance,
    PortInMaintenance,
    OrderConflict,
    IdempotencyKeyReused,
    DeviceOffline,
    QueueFull,
  ],
  example: {
    params: { phyId: '04AB373B' },
    body: {
      port_no: 1,
      mode: 1,
      time_limit: 120,
      energy_limit: 50,
      power_limit: 7000,
      third_party_order_no: 'ORD001',
      third_party_user_id: 'USER001',
      notify_interval: 30,
      auto_stop_conditions: { low_power_threshold: 1000, max_temperature: 60, voltage_range: [200, 250] },
    },
    response: {
      session_id: 'SES20240113001',
      internal_order_id: 12345,
      third_party_order_no: 'ORD001',
      order_no: 'ORD001',
      estimated_start_time: '2024-01-13T10:00:15.000Z',
      command_status: 'sent',
      command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
      reason: null,
      device_response_timeout: 15,
      replayed: false,
    },
  },
});

export const StopChargeBody = z
  .strictObject({
    port_no: portNo.nullish().describe('Port; may be left out where an order number is given.'),
    reason: z.enum(['user_stop', 'timeout', 'emergency', 'maintenance']).default('user_stop'),
    ...orderNumbers,
    force_stop: z.boolean().default(false).describe('Stop whatever runs on the port, whoever ordered it.'),
  })
  .superRefine((body, context) => {
    if (body.port_no == null && body.third_party_order_no == null && body.order_no == null)
      context.addIssue({ code: 'custom', path: ['port_no'], message: 'is required without an order number' });
    if (body.force_stop && body.port_no == null)
      context.addIssue({ code: 'custom', path: ['port_no'], message: 'is required when force_stop is true' });
  })
  .meta({ id: 'StopCharge' });

export const stopCharge = defineRoute({
  id: 'stopCharge',
  method: 'POST',
  path: '/api/third/devices/{phyId}/charge/stop',
  scope: 'charge:control',
  tag: 'Charging',
  summary: 'Stop a charge',
  description:
    'Asks the device to end the charge; a start that has not left yet is withdrawn. charging.stopped follows when the device has confirmed, charging.completed with the settlement.',
  params: devicePath,
  query: { wait: wait.default('sent') },
  body: StopChargeBody,
  ordersDevice: true,
  response: z
    .object({
      session_id: sessionId,
      internal_order_id: z.int(),
      third_party_order_no: z.string().nullable(),
      order_no: z.string().nullable(),
      command_status: commandStatus,
      command_id: commandId.nullable().describe('null: the start had not left yet and was withdrawn.'),
      reason: z.string().nullable(),
      device_response_timeout: z.number(),
    })
    .meta({ id: 'ChargeStop' }),
  errors: [OrderNumbersDiffer, DeviceNotFound, NothingToStop, QueueFull],
  example: {
    params: { phyId: '04AB373B' },
    body: { port_no: 1, reason: 'user_stop', third_party_order_no: 'ORD001', force_stop: false },
    response: {
      session_id: 'SES20240113001',
      internal_order_id: 12345,
      third_party_order_no: 'ORD001',
      order_no: 'ORD001',
      command_status: 'sent',
      command_id: '0c3f7f30-3a35-4b1d-8b6e-6b8a4d7b1f02',
      reason: null,
      device_response_timeout: 15,
    },
  },
});

/** Measurements of a charge; null: the device does not measure it. */
export const RealtimeData = z
  .object({
    voltage: z.number().nullable().describe('V'),
    current: z.number().nullable().describe('A'),
    power: z.number().nullable().describe('W'),
    temperature: z.number().nullable().describe('°C'),
    frequency: z.number().nullable().describe('Hz'),
    sampled_at: instant,
  })
  .meta({ id: 'RealtimeData' });
export type RealtimeData = z.infer<typeof RealtimeData>;

export const ChargeStatus = z
  .object({
    phy_id: z.string(),
    port_no: portNo,
    session_id: sessionId.nullable().describe('null: the port never charged.'),
    internal_order_id: z.int().nullable(),
    third_party_order_no: z.string().nullable(),
    order_no: z.string().nullable(),
    status: z.enum(['idle', 'charging', 'stopping', 'completed', 'fault']),
    detail_status: z
      .string()
      .describe(
        'The state behind status: pending, starting, charging, stopping, settled, failed or interrupted; without a session the state of the port.',
      ),
    reason: z.string().nullable().describe('Why it ended or failed.'),
    port_state: z.string().nullable().describe('What the device reports of the port; null: nothing yet.'),
    online: z.boolean(),
    start_time: instant.nullable(),
    end_time: instant.nullable(),
    duration: z.number().describe('s'),
    energy_consumed: z.number().describe('kWh'),
    estimated_remaining: z.number().nullable().describe('s; null: until full, or not known.'),
    progress_percentage: z.number().nullable(),
    realtime_data: RealtimeData.nullish().describe('Only with include_realtime=true; null: no sample yet.'),
  })
  .meta({ id: 'ChargeStatus' });
export type ChargeStatus = z.infer<typeof ChargeStatus>;

export const chargeStatus = defineRoute({
  id: 'chargeStatus',
  method: 'GET',
  path: '/api/third/devices/{phyId}/charge/status',
  scope: 'charge:read',
  tag: 'Charging',
  summary: 'Status of a charge',
  description: 'The open session of the port, else its last one.',
  params: devicePath,
  query: { port_no: numberInQuery(portNo), include_realtime: flagInQuery.default(false) },
  response: ChargeStatus,
  errors: [DeviceNotFound, PortNotFound],
  example: {
    params: { phyId: '04AB373B' },
    query: { port_no: '1', include_realtime: 'true' },
    response: {
      phy_id: '04AB373B',
      port_no: 1,
      session_id: 'SES20240113001',
      internal_order_id: 12345,
      third_party_order_no: 'ORD001',
      order_no: 'ORD001',
      status: 'charging',
      detail_status: 'charging',
      reason: null,
      port_state: 'charging',
      online: true,
      start_time: '2024-01-13T10:00:00.000Z',
      end_time: null,
      duration: 1800,
      energy_consumed: 3.6,
      estimated_remaining: 300,
      progress_percentage: 25,
      realtime_data: {
        voltage: 220.5,
        current: 32.7,
        power: 7200,
        temperature: 45,
        frequency: 50,
        sampled_at: '2024-01-13T10:30:00.000Z',
      },
    },
  },
});
