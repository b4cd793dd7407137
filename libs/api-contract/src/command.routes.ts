import { CommandId } from '@chargebus/domain';
import { CommandNotCancellable, CommandNotFound, CommandNotReplayable } from '@chargebus/errors';
import { CommandStatus } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, phyId, sessionId, wait } from './fields';

const Attempt = z
  .object({
    attempt_no: z.int(),
    started_at: instant,
    sent_at: instant.nullable().describe('null: never reached the wire.'),
    finished_at: instant.nullable(),
    outcome: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CommandAttempt' });

export const Command = z
  .object({
    command_id: CommandId,
    phy_id: z.string(),
    session_id: sessionId.nullable(),
    action: z.string().describe('charge.start, charge.stop …'),
    parameters: z.record(z.string(), z.unknown()),
    command_status: CommandStatus,
    reason: z.string().nullable(),
    result: z.record(z.string(), z.unknown()).nullable().describe('What the device reported.'),
    attempts: z.int(),
    created_at: instant,
    sent_at: instant.nullable(),
    finished_at: instant.nullable(),
    expires_at: instant,
    log: z.array(Attempt).optional().describe('One entry per attempt; not with cancel and replay.'),
  })
  .meta({ id: 'Command' });
export type Command = z.infer<typeof Command>;

const withoutLog = {
  command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
  phy_id: '04AB373B',
  session_id: 'SES20240113001',
  action: 'charge.start',
  parameters: { port_no: 1, duration_limit_s: 7200 },
  command_status: 'acked' as const,
  reason: null,
  result: { port_no: 1 },
  attempts: 1,
  created_at: '2024-01-13T10:00:00.000Z',
  sent_at: '2024-01-13T10:00:00.050Z',
  finished_at: '2024-01-13T10:00:02.700Z',
  expires_at: '2024-01-13T10:05:00.000Z',
};
export const commandExample = {
  ...withoutLog,
  log: [
    {
      attempt_no: 1,
      started_at: '2024-01-13T10:00:00.020Z',
      sent_at: '2024-01-13T10:00:00.050Z',
      finished_at: '2024-01-13T10:00:02.700Z',
      outcome: 'acked',
      reason: null,
    },
  ],
};

const params = z.object({ id: CommandId });
const example = { id: commandExample.command_id };

export const listCommands = defineList({
  id: 'listCommands',
  method: 'GET',
  path: '/api/third/commands',
  scope: 'commands:read',
  tag: 'Commands',
  summary: 'List commands',
  description: 'status=dead lists the dead letters: commands that no retry could deliver.',
  query: { phy_id: phyId.optional(), status: CommandStatus.optional() },
  sort: ['created_at'],
  response: Command,
  example: { params: {}, query: { status: 'dead' }, response: { ...commandExample, command_status: 'dead' } },
});

export const getCommand = defineRoute({
  id: 'getCommand',
  method: 'GET',
  path: '/api/third/commands/{id}',
  scope: 'commands:read',
  tag: 'Commands',
  summary: 'One command with its attempts',
  params,
  query: { wait: wait.default('none') },
  response: Command,
  errors: [CommandNotFound],
  example: { params: example, response: commandExample },
});

export const cancelCommand = defineRoute({
  id: 'cancelCommand',
  method: 'POST',
  path: '/api/third/commands/{id}/cancel',
  scope: 'commands:write',
  tag: 'Commands',
  summary: 'Take back a command that was not sent yet',
  params,
  response: Command,
  errors: [CommandNotFound, CommandNotCancellable],
  example: { params: example, response: { ...withoutLog, command_status: 'cancelled' } },
});

export const replayCommand = defineRoute({
  id: 'replayCommand',
  method: 'POST',
  path: '/api/third/commands/{id}/replay',
  scope: 'commands:write',
  tag: 'Commands',
  summary: 'Put a dead command back to work',
  params,
  body: z
    .strictObject({ expires_in: z.int().min(1).max(86_400).default(300).describe('s; how long it may wait now.') })
    .prefault({}),
  response: Command,
  errors: [CommandNotFound, CommandNotReplayable],
  example: { params: example, body: { expires_in: 300 }, response: { ...withoutLog, command_status: 'queued' } },
});
