import { ClientId, CommandId, DeviceCommand, DeviceId, Instant, SessionId, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

/** queued: waits for its turn or for the device; sent: on the wire; the rest is final. */
export const CommandStatus = z.enum([
  'queued',
  'sent',
  'acked',
  'rejected',
  'no_reply',
  'expired',
  'cancelled',
  'withdrawn',
  'dead',
]);
export type CommandStatus = z.infer<typeof CommandStatus>;

export const CommandAttempt = z.object({
  attemptNo: z.number().int().positive(),
  startedAt: Instant,
  sentAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  outcome: z.string().nullable(), // CommandOutcome status, or an error of ours
  reason: z.string().nullable(),
});
export const CommandView = z.object({
  commandId: CommandId,
  tenantId: TenantId,
  deviceId: DeviceId,
  sessionId: SessionId.nullable(),
  clientId: ClientId.nullable(),
  command: DeviceCommand,
  status: CommandStatus,
  reason: z.string().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  attempts: z.number().int().nonnegative(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  expiresAt: Instant,
});
export type CommandView = z.infer<typeof CommandView>;

/** How long the caller is willing to wait, and for what. */
const wait = z
  .object({ until: z.enum(['sent', 'finished']), timeoutMs: z.number().int().min(1).max(120_000) })
  .nullable();

/** Accepts an order to a device, once: the same id again answers with the command as it stands now. */
export const SubmitCommand = defineRequest({
  subject: 'cb.cmd.submit',
  timeoutMs: 5_000, // plus `wait.timeoutMs`, which the caller adds
  request: z.object({
    commandId: CommandId, // made by the caller from what makes the order unique
    tenantId: TenantId,
    deviceId: DeviceId,
    clientId: ClientId.nullable(),
    sessionId: SessionId.nullable(),
    command: DeviceCommand,
    /** After this the device must not get it any more. */
    expiresAt: Instant,
    wait,
  }),
  reply: CommandView,
});
export const GetCommand = defineRequest({
  subject: 'cb.cmd.get',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, commandId: CommandId, wait }),
  reply: CommandView.extend({ log: z.array(CommandAttempt) }),
});
/** How a command stands, for who keeps what it was himself. */
export const CommandState = CommandView.pick({
  commandId: true,
  tenantId: true,
  status: true,
  reason: true,
  result: true,
  finishedAt: true,
});
export type CommandState = z.infer<typeof CommandState>;
export const COMMAND_STATES_MAX = 100; // results of 4 KiB each are still one message
/** How these commands stand, in any order; without those that their tenant does not have. */
export const GetCommandStates = defineRequest({
  subject: 'cb.cmd.states',
  timeoutMs: 5_000,
  request: z.object({
    commands: z
      .array(z.object({ tenantId: TenantId, commandId: CommandId }))
      .min(1)
      .max(COMMAND_STATES_MAX),
  }),
  reply: z.object({ items: z.array(CommandState) }),
});
/** Takes a command back that was not sent yet. Errors: COMMAND_NOT_FOUND, COMMAND_NOT_CANCELLABLE. */
export const CancelCommand = defineRequest({
  subject: 'cb.cmd.cancel',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, commandId: CommandId }),
  reply: CommandView,
});
/** The device's command log (G06), newest first; `status: 'dead'` lists the dead letters. */
export const ListCommands = defineRequest({
  subject: 'cb.cmd.list',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: TenantId,
    deviceId: DeviceId.nullable(),
    deviceIds: z.array(DeviceId).max(10_000).nullish(), // one of these; null or absent: any
    status: CommandStatus.nullable(),
    kind: z.string().max(60).nullish(), // `charge.*` is all of its family
    sessionId: z.string().max(64).nullish(),
    text: z.string().max(100).nullish(), // part of the order, of the device's answer or of the reason
    from: Instant.nullish(), // of creation
    until: Instant.nullish(), // excluded
    page: PageQuery,
  }),
  reply: Page(CommandView.extend({ log: z.array(CommandAttempt) })),
});
/** Puts a dead command back to work with a fresh expiry. */
export const ReplayCommand = defineRequest({
  subject: 'cb.cmd.replay',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, commandId: CommandId, expiresAt: Instant }),
  reply: CommandView,
});
