import { PayloadVersion } from '@chargebus/domain';
import { z } from 'zod';
import { defineRoute, defineStream } from './define-route';
import { deviceFilterShape } from './device-filter';
import { numberInQuery, phyId, portNo, sessionId, tag } from './fields';
import { StreamLimit } from '@chargebus/errors';

/** Positions go beyond what a query number may be. */
const numberInText = (message: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number);
const tagPattern = () =>
  z
    .string()
    .regex(/^(\*|[a-z_]{1,40}(\.[a-z_]{1,40}|\.\*){0,3})$/, 'must be an event name or a pattern like charging.*');

const byVersion = <T extends z.ZodType>(value: T) => z.object({ v1: value, 'v1-flat': value });
const anyObject = z.record(z.string(), z.unknown());

export const CataloguedEvent = z
  .object({
    event: z.string(),
    title: z.string(),
    version: z.int().describe('Of the event; a new optional field does not change it.'),
    named_only: z.boolean().describe('Frequent: comes only to who names it, never by a wildcard.'),
    schemas: byVersion(anyObject.describe('JSON Schema 2020-12 of a whole body.')),
    examples: byVersion(anyObject),
  })
  .meta({ id: 'CataloguedEvent' });
export type CataloguedEvent = z.infer<typeof CataloguedEvent>;

const body = {
  event: 'device.recovered',
  event_id: 'evt_20240113_001',
  device_phy_id: '04AB373B',
  timestamp: 1705140060,
  occurred_at: '2024-01-13T10:01:00.250Z',
  sequence: 42,
  data: { fault_id: 'flt_1', fault_type: 'temperature_overheat', port_no: 1, duration: 600 },
};
const schema = { type: 'object', properties: { event: { const: 'device.recovered' } } };

export const eventCatalogue = defineRoute({
  id: 'eventCatalogue',
  tag: 'Events',
  method: 'GET',
  path: '/api/third/events/catalogue',
  scope: 'events:read',
  summary: 'Every event, with schemas and examples',
  description:
    'What webhooks and the live stream carry, in both payload versions. The same as an AsyncAPI 3.0 document: /api/docs/asyncapi.json.',
  query: { event: tag(100).optional().describe('Only this one.') },
  response: z.object({ payload_versions: z.array(PayloadVersion), events: z.array(CataloguedEvent) }),
  example: {
    params: {},
    query: { event: 'device.recovered' },
    response: {
      payload_versions: ['v1', 'v1-flat'],
      events: [
        {
          event: 'device.recovered',
          title: 'A fault is over',
          version: 1,
          named_only: false,
          schemas: { v1: schema, 'v1-flat': schema },
          examples: { v1: body, 'v1-flat': body },
        },
      ],
    },
  },
});

/** `a,b,c`. */
const list = (item: z.ZodType<string, string>, max: number) =>
  z
    .string()
    .max(8_000)
    .transform((given) => given.split(','))
    .pipe(z.array(item).min(1).max(max));
const position = numberInText('must be the id of an event of the stream');
const { type, region, station, group, tag: deviceTag, model, protocol } = deviceFilterShape;

export const streamEvents = defineStream({
  id: 'streamEvents',
  tag: 'Events',
  method: 'GET',
  path: '/api/third/events/stream',
  scope: 'events:read',
  summary: 'Events as they happen',
  description:
    'Server-sent events. `id` is the position in the stream, `event` the name, `data` the body as a webhook would carry it. ' +
    'Send the last `id` as `Last-Event-ID` to go on where a connection broke: events are kept for seven days, and ' +
    '`stream.gap` says when some are missing. A comment comes every 15 seconds when nothing happens. ' +
    '`stream.overflow` ends the stream of a reader that stopped reading, `stream.closing` one that has to connect anew; ' +
    'both name the position to resume after. What a device filter means is noticed at most 30 seconds late.',
  produces: 'text/event-stream',
  query: {
    events: list(tagPattern(), 100).default(['*']).describe('Event names or patterns, with commas between them.'),
    phy_id: list(phyId, 100).optional().describe('Physical ids of devices.'),
    device: list(phyId, 100).optional().describe('Another name of phy_id.'),
    ...{ type, region, station, group, tag: deviceTag, model, protocol },
    port_no: numberInQuery(portNo).optional().describe('Only what is about this port.'),
    session_id: sessionId.optional().describe('Only what is about this charge.'),
    payload_version: PayloadVersion.default('v1'),
    last_event_id: position.optional().describe('Where the header Last-Event-ID cannot be sent.'),
  },
  headers: z.object({ 'last-event-id': position.optional().describe('Position to go on after.') }),
  response: z.string(),
  errors: [StreamLimit],
  example: {
    params: {},
    query: { events: 'charging.*,device.fault', payload_version: 'v1' },
    response: `id: 58120\nevent: device.recovered\ndata: ${JSON.stringify(body)}\n\n`,
  },
});
