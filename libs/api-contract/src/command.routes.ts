import {
  CommandId,
  DANGEROUS_COMMANDS,
  DeviceCommand,
  GATEWAY_COMMANDS,
  MAINTENANCE_COMMANDS,
} from '@chargebus/domain';
import {
  CapabilityNotSupported,
  CommandNotCancellable,
  CommandNotFound,
  CommandNotReplayable,
  DeviceNotFound,
  IdempotencyKeyReused,
  QueueFull,
} from '@chargebus/errors';
import { CommandStatus } from '@chargebus/requests';
import { z } from 'zod';
import { Approval, approvalExample } from './approval.routes';
import { defineList, defineRoute, orAccepted } from './define-route';
import { deviceFilterShape } from './device-filter';
import { devicePath, idempotencyHeader, instant, numberInQuery, phyId, sessionId, text, wait } from './fields';
import { httpForm } from './http-form';

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

/** A caller brings the image along; which stored one a device may get is decided where its owner is known. */
const asGiven = (option: (typeof DeviceCommand.options)[number]): (typeof DeviceCommand.options)[number] =>
  option.shape.kind.value === 'firmware.update'
    ? ((option as z.ZodObject).omit({ imageBlob: true }) as unknown as typeof option)
    : option;
const [firstOrder, ...otherOrders] = DeviceCommand.options
  .filter(({ shape }) => !GATEWAY_COMMANDS.has(shape.kind.value))
  .map(asGiven);
if (firstOrder === undefined) throw new Error('the catalogue of orders is empty');
const reason = text(500).optional(); // why: for the audit log, and mandatory with what is dangerous
const withReason = <T extends z.ZodType>(order: T): T =>
  (order as unknown as z.ZodObject).extend({ reason }) as unknown as T;
const orders = z.discriminatedUnion('kind', [withReason(firstOrder), ...otherOrders.map(withReason)]);
const DeviceOrder = httpForm(orders).meta({ id: 'DeviceOrder' }) as z.ZodType<
  z.output<typeof orders> & { readonly reason?: string | undefined }
>;

/** Every order of the catalogue; `devices:maintain` or `devices:dangerous` is asked for by the kinds that need it. */
const order = defineRoute({
  id: 'orderDevice',
  method: 'POST',
  path: '/api/third/devices/{phyId}/commands',
  scope: 'commands:write',
  tag: 'Commands',
  summary: 'Give a device an order',
  description: `Any order of the catalogue, checked to the last field. What the device cannot do is refused with CAPABILITY_NOT_SUPPORTED, at once where it is known and as the outcome of the command otherwise; GET /api/third/devices/{phyId} shows what it can. Charges are started and stopped with charge/start and charge/stop, and radio networks are kept with sockets: as raw orders they, and ${[...MAINTENANCE_COMMANDS].filter((kind) => !/^(charge|network)\./.test(kind)).join(', ')}, also need the scope \`devices:maintain\`.\n\n**Dangerous orders** (${[...DANGEROUS_COMMANDS].join(', ')}) need the scope \`devices:dangerous\` and a \`reason\`, and are given only after a second person with \`approvals:decide\` has agreed: the answer is 202 with the approval to follow.`,
  params: devicePath,
  query: {
    wait: wait.default('none'),
    expires_in: numberInQuery(z.int().min(1).max(86_400))
      .default(300)
      .describe('s; after this it must not reach the device any more.'),
  },
  headers: idempotencyHeader,
  body: DeviceOrder,
  response: Command,
  ordersDevice: true,
  errors: [DeviceNotFound, CapabilityNotSupported, IdempotencyKeyReused, QueueFull],
  example: {
    params: { phyId: '04AB373B' },
    query: { wait: 'ack' },
    headers: { 'idempotency-key': 'b1f6c1de-locate-1' },
    body: { kind: 'device.locate', duration_s: 30 },
    response: {
      ...commandExample,
      session_id: null,
      action: 'device.locate',
      parameters: { duration_s: 30 },
      result: {},
    },
  },
});

export const orderDevice = orAccepted(order, Approval, approvalExample);

export const listCommands = defineList({
  id: 'listCommands',
  method: 'GET',
  path: '/api/third/commands',
  scope: 'commands:read',
  tag: 'Commands',
  summary: 'List commands',
  description: 'Of the devices that fit. status=dead lists the dead letters: commands that no retry could deliver.',
  query: { phy_id: phyId.optional(), ...deviceFilterShape, status: CommandStatus.optional() },
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
