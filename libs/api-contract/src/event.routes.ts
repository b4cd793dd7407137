import { PayloadVersion } from '@chargebus/domain';
import { z } from 'zod';
import { defineRoute } from './define-route';
import { tag } from './fields';

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
