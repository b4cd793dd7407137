import {
  CapabilityNotSupported,
  ControlNotCancellable,
  ControlNotFound,
  DeviceIsCharging,
  DeviceNotFound,
  DiagnosisNotFound,
} from '@chargebus/errors';
import { CommandStatus } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute, orAccepted } from './define-route';
import { devicePath, instant, phyId, text } from './fields';
import { RequestedBy } from './parameter.routes';

const orderFields = {
  delay_seconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .default(0)
    .describe('s; until then it can be cancelled. At most 30 days.'),
  reason: text(200).optional(),
  notify_before: z.boolean().default(false).describe('Send device.control_scheduled before it is done.'),
  force: z.boolean().default(false).describe('Restart whoever charges.'),
};
const ControlBody = z
  .strictObject({ action: z.enum(['reboot', 'reset', 'maintenance_mode', 'normal_mode']), ...orderFields })
  .meta({ id: 'ControlRequest' });
const RebootBody = z.strictObject(orderFields).prefault({}).meta({ id: 'RebootRequest' });

export const Control = z
  .object({
    control_id: z.string(),
    phy_id: z.string(),
    action: z.enum(['reboot', 'reset', 'maintenance_mode', 'normal_mode']),
    status: z.enum(['scheduled', 'running', 'done']),
    outcome: z
      .enum(['done', 'rejected', 'refused', 'no_reply', 'expired', 'cancelled', 'failed'])
      .nullable()
      .describe('null: not over. refused: the device charged when its time had come.'),
    outcome_reason: z.string().nullable(),
    reason: z.string().nullable().describe('As given.'),
    delay_seconds: z.int(),
    notify_before: z.boolean(),
    force: z.boolean(),
    requested_by: RequestedBy,
    command_id: z.string().nullable().describe('Order to the device; null: none yet, or none needed.'),
    command_status: CommandStatus.nullable().describe('Of that order; queued: the device is away or busy.'),
    created_at: instant,
    scheduled_at: instant.describe('When it is done.'),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Control' });
export type Control = z.infer<typeof Control>;

const TestItem = z.enum(['connectivity', 'ports', 'sensors', 'memory']);
export const Diagnosis = z
  .object({
    diagnosis_id: z.string(),
    phy_id: z.string(),
    status: z.enum(['running', 'done']),
    passed: z.boolean().nullable().describe('No item failed; null: not over.'),
    test_items: z.array(TestItem),
    results: z
      .array(
        z
          .object({
            item: TestItem,
            status: z.enum(['passed', 'failed', 'not_supported']),
            reason: z.string().nullable(),
            evidence: z.record(z.string(), z.unknown()).describe('What the verdict rests on.'),
          })
          .meta({ id: 'TestResult' }),
      )
      .nullable()
      .describe('null: not over.'),
    report: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('What was known of the device then; null: not over, or not asked for.'),
    requested_by: RequestedBy,
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;

const tag = 'Control';
const waits = z
  .enum(['none', 'ack'])
  .optional()
  .describe('none: answer at once. ack: until it is over, at most 30 s. Left out: at most 2 s.');
const requestedBy = { client_id: '0190a0e0-0000-7000-8000-0000000000c1', name: 'Platform' };
const controlExample: Control = {
  control_id: 'ctl_7c1d2e3f',
  phy_id: '04AB373B',
  action: 'reboot',
  status: 'scheduled',
  outcome: null,
  outcome_reason: null,
  reason: 'maintenance',
  delay_seconds: 30,
  notify_before: true,
  force: false,
  requested_by: requestedBy,
  command_id: null,
  command_status: null,
  created_at: '2024-01-13T10:00:00.000Z',
  scheduled_at: '2024-01-13T10:00:30.000Z',
  finished_at: null,
};
const device = { phyId: controlExample.phy_id };
const controlPath = z.object({ phyId, controlId: z.string().min(1).max(100) });
const controlPathExample = { ...device, controlId: controlExample.control_id };
const orderErrors = [DeviceNotFound, CapabilityNotSupported, DeviceIsCharging];
const RULE =
  'A device that charges is restarted only with `force`: without, a restart at once is refused, and one for later ends as refused if it charges then. Maintenance refuses new charges and lets the running ones go on.';

export const controlDevice = defineRoute({
  id: 'controlDevice',
  method: 'POST',
  path: '/api/third/devices/{phyId}/control',
  scope: 'commands:write',
  tag,
  summary: 'Restart a device, or take it out of service or back',
  description: `reboot: a restart. reset: a restart that waits for nothing (OCPP: hard); nothing stored is lost. maintenance_mode, normal_mode: see maintenance. ${RULE}`,
  params: devicePath,
  query: { wait: waits },
  body: ControlBody,
  response: Control,
  ordersDevice: true,
  errors: orderErrors,
  example: {
    params: device,
    body: { action: 'reboot', delay_seconds: 30, reason: 'maintenance', notify_before: true },
    response: controlExample,
  },
});

export const rebootDevice = defineRoute({
  id: 'rebootDevice',
  method: 'POST',
  path: '/api/third/devices/{phyId}/reboot',
  scope: 'commands:write',
  tag,
  summary: 'Restart a device',
  description: `The same as control with the action reboot. ${RULE}`,
  params: devicePath,
  query: { wait: waits },
  body: RebootBody,
  response: Control,
  ordersDevice: true,
  errors: orderErrors,
  example: {
    params: device,
    body: { reason: 'maintenance' },
    response: {
      ...controlExample,
      status: 'done',
      outcome: 'done',
      delay_seconds: 0,
      notify_before: false,
      command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
      command_status: 'acked',
      scheduled_at: controlExample.created_at,
      finished_at: '2024-01-13T10:00:02.000Z',
    },
  },
});

export const listControls = defineList({
  id: 'listControls',
  method: 'GET',
  path: '/api/third/devices/{phyId}/controls',
  scope: 'commands:read',
  tag,
  summary: 'Actions on a device',
  params: devicePath,
  query: { status: Control.shape.status.optional() },
  sort: ['created_at'],
  response: Control,
  errors: [DeviceNotFound],
  example: { params: device, query: { status: 'scheduled' }, response: controlExample },
});

export const getControl = defineRoute({
  id: 'getControl',
  method: 'GET',
  path: '/api/third/devices/{phyId}/controls/{controlId}',
  scope: 'commands:read',
  tag,
  summary: 'One action on a device',
  params: controlPath,
  response: Control,
  errors: [DeviceNotFound, ControlNotFound],
  example: { params: controlPathExample, response: controlExample },
});

export const cancelControl = defineRoute({
  id: 'cancelControl',
  method: 'POST',
  path: '/api/third/devices/{phyId}/controls/{controlId}/cancel',
  scope: 'commands:write',
  tag,
  summary: 'Take back an action that was not begun',
  params: controlPath,
  response: Control,
  errors: [DeviceNotFound, ControlNotFound, ControlNotCancellable],
  example: {
    params: controlPathExample,
    response: { ...controlExample, status: 'done', outcome: 'cancelled', finished_at: '2024-01-13T10:00:10.000Z' },
  },
});

const diagnosisExample: Diagnosis = {
  diagnosis_id: 'dgn_2b3c4d5e',
  phy_id: '04AB373B',
  status: 'done',
  passed: true,
  test_items: ['connectivity', 'memory'],
  results: [
    {
      item: 'connectivity',
      status: 'passed',
      reason: null,
      evidence: { online: true, online_score: 1, round_trip_ms: 180 },
    },
    { item: 'memory', status: 'passed', reason: null, evidence: { address: 0, asked_bytes: 16, read_bytes: 16 } },
  ],
  report: { protocol: 'ap3000', firmware_version: '6.40', open_faults: 0 },
  requested_by: requestedBy,
  created_at: '2024-01-13T10:00:00.000Z',
  finished_at: '2024-01-13T10:00:01.000Z',
};
const runningExample: Diagnosis = {
  ...diagnosisExample,
  status: 'running',
  passed: null,
  results: null,
  report: null,
  finished_at: null,
};
const diagnosisPath = z.object({ phyId, diagnosisId: z.string().min(1).max(100) });

const diagnose = defineRoute({
  id: 'diagnoseDevice',
  method: 'POST',
  path: '/api/third/devices/{phyId}/diagnose',
  scope: 'commands:write',
  tag,
  summary: 'Examine a device',
  description:
    'Every item is judged by what the device really answers: connectivity by presence and a status query, ports by what they report, sensors by what is measured and the limits that are set, memory by reading it or the configuration. What a protocol cannot show is not_supported. Answered with 202 when it takes longer than 20 s.',
  params: devicePath,
  body: z
    .strictObject({
      test_items: z.array(TestItem).min(1).max(20).default(['connectivity', 'ports', 'sensors', 'memory']),
      include_report: z.boolean().default(false),
    })
    .prefault({})
    .meta({ id: 'DiagnoseRequest' }),
  response: Diagnosis,
  ordersDevice: true,
  errors: [DeviceNotFound],
  example: {
    params: device,
    body: { test_items: ['connectivity', 'ports', 'sensors', 'memory'], include_report: true },
    response: diagnosisExample,
  },
});
export const diagnoseDevice = orAccepted(diagnose, Diagnosis, runningExample);

export const listDiagnoses = defineList({
  id: 'listDiagnoses',
  method: 'GET',
  path: '/api/third/devices/{phyId}/diagnoses',
  scope: 'devices:read',
  tag,
  summary: 'Examinations of a device',
  params: devicePath,
  sort: ['created_at'],
  response: Diagnosis,
  errors: [DeviceNotFound],
  example: { params: device, response: diagnosisExample },
});

export const getDiagnosis = defineRoute({
  id: 'getDiagnosis',
  method: 'GET',
  path: '/api/third/devices/{phyId}/diagnoses/{diagnosisId}',
  scope: 'devices:read',
  tag,
  summary: 'One examination, with its report',
  params: diagnosisPath,
  response: Diagnosis,
  errors: [DeviceNotFound, DiagnosisNotFound],
  example: { params: { ...device, diagnosisId: diagnosisExample.diagnosis_id }, response: diagnosisExample },
});
