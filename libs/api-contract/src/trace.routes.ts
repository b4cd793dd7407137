import { PortState } from '@chargebus/domain';
import { DeviceNotFound, PortNotFound, SimulationRefused } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute, defineStream } from './define-route';
import { devicePath, flagInQuery, instant, phyId, portNo, text } from './fields';
import { moment, timeRangeShape } from './time-range';

export const Frame = z
  .object({
    at: instant,
    phy_id: z.string(),
    direction: z.enum(['up', 'down']).describe('up: from the device.'),
    protocol: z.string(),
    connection_id: z.string(),
    remote_address: z.string(),
    message: z.string().describe("As the protocol's page names it: 82, 0015/02, BootNotification; empty: unreadable."),
    name: z.string().nullable().describe('The same in words.'),
    message_id: z.string().nullable().describe('An answer repeats it.'),
    ok: z.boolean(),
    error: z.string().nullable().describe('Which check it failed.'),
    bytes: z.int().describe('On the wire.'),
    text: z.string().nullable().describe('What was sent, by protocols that are text. Passwords are ***.'),
    hex: z.string().nullable().describe('What was sent, by all others.'),
    cut: z.boolean().describe('text or hex is not all of it.'),
    fields: z.unknown().describe('Decoded; null: it could not be.'),
  })
  .meta({ id: 'Frame' });

const frameExample = {
  at: '2024-01-13T10:30:00.000Z',
  phy_id: '04A26CF3',
  direction: 'up' as const,
  protocol: 'ap3000',
  connection_id: '6f1c2a90d4-1',
  remote_address: '10.0.0.7',
  message: '21',
  name: 'heartbeat',
  message_id: '441',
  ok: true,
  error: null,
  bytes: 21,
  text: null,
  hex: '444e591000f36ca204b901212b09020000005d6e04',
  cut: false,
  fields: { voltageV: 234.7, portCount: 2, portStates: [0, 0], signal: 0, temperatureC: 28 },
};

const common = { tag: 'Protocol workbench', params: devicePath, errors: [DeviceNotFound] } as const;
const example = { phyId: '04A26CF3' };
const filter = {
  direction: z.enum(['up', 'down']).optional().describe('up: from the device.'),
  message: text(60).optional().describe('Code or name of the message, in any case: 82, heartbeat, StartTransaction.'),
  q: text(100).optional().describe('Text or hex digits that stand somewhere in the frame or its decoding.'),
  errors: flagInQuery.optional().describe('true: only frames that failed a check.'),
};

export const streamFrames = defineStream({
  ...common,
  id: 'streamFrames',
  method: 'GET',
  path: '/api/third/devices/{phyId}/frames/stream',
  scope: 'trace:read',
  summary: 'Frames of a device as they come and go',
  description:
    'Server-sent events: `event: frame` with a Frame as `data`. A comment every 15 s keeps the connection. A reader that is too slow misses frames, and a comment says how many.',
  query: filter,
  produces: 'text/event-stream',
  response: Frame,
  example: { params: example, response: frameExample },
});
export const searchFrames = defineList({
  ...common,
  id: 'searchFrames',
  method: 'GET',
  path: '/api/third/devices/{phyId}/frames',
  scope: 'trace:read',
  summary: 'Frames of a device in the last hours',
  description:
    'As far back as the memory for frames of all devices reaches; a server that starts anew has forgotten them.',
  query: { ...filter, ...timeRangeShape },
  sort: ['at'],
  response: Frame,
  example: { params: example, response: frameExample },
});
export const captureFrames = defineStream({
  ...common,
  id: 'captureFrames',
  method: 'GET',
  path: '/api/third/devices/{phyId}/frames/capture',
  scope: 'trace:read',
  summary: 'Frames of a device as a file',
  description:
    'JSON lines, oldest first: a header with `format` chargebus-capture, then one frame a line. `npm run simulate -- replay` sends what the device sent to a test installation. See docs/workbench.md.',
  query: { ...filter, ...timeRangeShape },
  produces: 'application/x-ndjson',
  fileName: 'capture.jsonl',
  response: Frame,
  example: { params: example, response: frameExample },
});

const simulated = {
  port_no: portNo,
  energy: z.number().nonnegative().max(100_000).default(0).describe('kWh'),
};
const Simulated = z
  .discriminatedUnion('event', [
    z.strictObject({
      event: z.literal('heartbeat'),
      voltage: z.number().min(0).max(2_000).nullish().describe('V'),
      temperature: z.number().min(-60).max(200).nullish().describe('°C'),
      signal: z.number().min(-200).max(200).nullish(),
    }),
    z.strictObject({
      event: z.literal('status'),
      port_no: simulated.port_no,
      status: PortState,
      fault: text(60).nullish().describe('Token; with status fault.'),
    }),
    z.strictObject({
      event: z.literal('start'),
      port_no: simulated.port_no,
      card: text(40)
        .nullish()
        .describe('Card that started it; none: what was ordered for the port begins, or somebody.'),
    }),
    z.strictObject({
      event: z.literal('stop'),
      port_no: simulated.port_no,
      energy: simulated.energy,
      duration: z.int().min(0).max(31_536_000).default(0).describe('s'),
      end_reason: text(40).default('remote').describe("Token of the device's settlement."),
      abnormal: z.boolean().default(false),
    }),
  ])
  .meta({ id: 'SimulatedEvent' });

export const simulateEvent = defineRoute({
  ...common,
  id: 'simulateEvent',
  method: 'POST',
  path: '/api/third/devices/{phyId}/simulate',
  scope: 'simulate',
  summary: 'Let a device seem to say something',
  description:
    'For those who build on the platform. It goes the way of what devices say: port states, sessions and webhooks follow, and each of these events is marked `simulated`. Refused in profile production.',
  body: Simulated,
  response: z
    .object({ event: z.string(), fact_ids: z.array(z.string()), at: instant, simulated: z.literal(true) })
    .meta({ id: 'SimulatedAnswer' }),
  errors: [DeviceNotFound, PortNotFound, SimulationRefused],
  example: {
    params: example,
    body: { event: 'start', port_no: 1, card: null },
    response: {
      event: 'start',
      fact_ids: ['simulated:0b5f6f0a-0000-4000-8000-000000000001'],
      at: '2024-01-13T10:30:00.000Z',
      simulated: true as const,
    },
  },
});

const Counted = {
  frames: z.int().describe('Whole frames, and those with a wrong checksum.'),
  rejected: z.int(),
  rejected_by_reason: z.record(z.string(), z.int()).describe('They sum up to rejected.'),
  error_rate: z.number().describe('rejected / frames, 0 to 1.'),
};
export const protocolStatistics = defineRoute({
  id: 'protocolStatistics',
  method: 'GET',
  path: '/api/third/protocol/stats',
  scope: 'trace:read',
  tag: 'Protocol workbench',
  summary: 'Frames and errors by protocol, model and firmware',
  description:
    'Of the last day unless told; the hour in which it begins counts as a whole. Counted by the hour, a few seconds late, and kept for 31 days.',
  query: {
    ...timeRangeShape,
    since: moment.optional().describe('Another name of from.'),
    until: moment.optional().describe('Another name of to.'),
    protocol: text(40).optional(),
    phy_id: phyId.optional().describe('Of one device only.'),
  },
  response: z
    .object({
      since: instant,
      until: instant,
      totals: z.object(Counted),
      items: z.array(
        z
          .object({
            protocol: z.string(),
            model: z.string().nullable(),
            firmware_version: z.string().nullable(),
            devices: z.int(),
            ...Counted,
          })
          .meta({ id: 'ProtocolStatistics' }),
      ),
    })
    .meta({ id: 'ProtocolStatisticsList' }),
  errors: [DeviceNotFound],
  example: {
    params: {},
    query: { protocol: 'ap3000' },
    response: {
      since: '2024-01-12T10:00:00.000Z',
      until: '2024-01-13T10:30:00.000Z',
      totals: {
        frames: 1_440,
        rejected: 3,
        rejected_by_reason: { checksum: 2, payload_too_short: 1 },
        error_rate: 0.00208,
      },
      items: [
        {
          protocol: 'ap3000',
          model: 'dual_socket',
          firmware_version: '6.40',
          devices: 2,
          frames: 1_440,
          rejected: 3,
          rejected_by_reason: { checksum: 2, payload_too_short: 1 },
          error_rate: 0.00208,
        },
      ],
    },
  },
});
