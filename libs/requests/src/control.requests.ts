import { CommandId, DeviceId, Instant } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { CommandStatus } from './command.requests';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';
import { Actor } from './parameter.requests';

const deviceId = z.string().min(1).max(64); // or the printed number
const ofDevice = { ...audience, deviceId };

export const ControlAction = z.enum(['reboot', 'reset', 'maintenance_mode', 'normal_mode']);
export const ControlState = z.enum(['scheduled', 'running', 'done']);
export const ControlView = z.object({
  controlId: z.string(),
  deviceId: DeviceId,
  action: ControlAction,
  reason: z.string().nullable(),
  force: z.boolean(),
  notifyBefore: z.boolean(),
  notified: z.boolean(),
  delayS: z.number().int(),
  actor: Actor,
  state: ControlState,
  outcome: z.enum(['done', 'rejected', 'refused', 'no_reply', 'expired', 'cancelled', 'failed']).nullable(),
  why: z.string().nullable(),
  commandId: CommandId.nullable(), // null: no order yet, or none needed
  commandStatus: CommandStatus.nullable(), // null: as above, or forgotten
  createdAt: Instant,
  scheduledAt: Instant,
  finishedAt: Instant.nullable(),
});
export type ControlView = z.infer<typeof ControlView>;

/** Errors: DEVICE_NOT_FOUND, CAPABILITY_NOT_SUPPORTED, DEVICE_IS_CHARGING. */
export const ControlDevice = defineRequest({
  subject: 'cb.ask.fleet.control.order',
  timeoutMs: 5_000, // plus waitMs
  request: z.object({
    ...ofDevice,
    action: ControlAction,
    delayS: z.number().int().min(0).max(2_592_000),
    reason: z.string().max(200).nullable(),
    notifyBefore: z.boolean(),
    force: z.boolean(),
    actor: Actor,
    waitMs: z.number().int().min(0).max(60_000),
  }),
  reply: ControlView,
});
export const GetControl = defineRequest({
  subject: 'cb.ask.fleet.control.get',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, controlId: z.string().max(100) }),
  reply: ControlView,
});
export const ListControls = defineRequest({
  subject: 'cb.ask.fleet.control.list',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, state: ControlState.nullable(), page: PageQuery }),
  reply: Page(ControlView),
});
/** Errors: CONTROL_NOT_FOUND, CONTROL_NOT_CANCELLABLE. */
export const CancelControl = defineRequest({
  subject: 'cb.ask.fleet.control.cancel',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, controlId: z.string().max(100) }),
  reply: ControlView,
});

export const TestItem = z.enum(['connectivity', 'ports', 'sensors', 'memory']);
export const DiagnosisView = z.object({
  diagnosisId: z.string(),
  deviceId: DeviceId,
  items: z.array(TestItem),
  actor: Actor,
  results: z
    .array(
      z.object({
        item: TestItem,
        status: z.enum(['passed', 'failed', 'not_supported']),
        reason: z.string().nullable(),
        evidence: z.record(z.string(), z.unknown()),
      }),
    )
    .nullable(), // null: not over
  report: z.record(z.string(), z.unknown()).nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type DiagnosisView = z.infer<typeof DiagnosisView>;
export const DiagnoseDevice = defineRequest({
  subject: 'cb.ask.fleet.diagnosis.run',
  timeoutMs: 5_000, // plus waitMs
  request: z.object({
    ...ofDevice,
    items: z.array(TestItem).min(1),
    actor: Actor,
    waitMs: z.number().int().min(0).max(60_000),
  }),
  reply: DiagnosisView,
});
export const GetDiagnosis = defineRequest({
  subject: 'cb.ask.fleet.diagnosis.get',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, diagnosisId: z.string().max(100) }),
  reply: DiagnosisView,
});
export const ListDiagnoses = defineRequest({
  subject: 'cb.ask.fleet.diagnosis.list',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, page: PageQuery }),
  reply: Page(DiagnosisView),
});
