import type { PayloadVersion } from '@chargebus/domain';
import { payloadExample, payloadJsonSchema, PAYLOADS } from './payloads/catalogue';
import { STREAM_EVENTS } from './stream-events';

type Json = Readonly<Record<string, unknown>>;
const VERSIONS: readonly PayloadVersion[] = ['v1', 'v1-flat'];

/** Whether the two payload versions of an event differ. */
const differs = (type: string): boolean =>
  JSON.stringify(payloadExample(type, 'v1')) !== JSON.stringify(payloadExample(type, 'v1-flat'));
const messageName = (type: string, version: PayloadVersion): string => (version === 'v1' ? type : `${type}.flat`);

function eventMessages(): Record<string, Json> {
  const messages: Record<string, Json> = {};
  for (const { event } of PAYLOADS)
    for (const version of VERSIONS) {
      if (version === 'v1-flat' && !differs(event.type)) continue;
      messages[messageName(event.type, version)] = {
        name: event.type,
        title: event.title,
        summary: `Payload version ${version}${differs(event.type) ? '' : ' and v1-flat'}.`,
        contentType: 'application/json',
        payload: payloadJsonSchema(event.type, version),
        examples: [{ name: version, payload: payloadExample(event.type, version) }],
      };
    }
  return messages;
}

const streamMessages = (): Record<string, Json> =>
  Object.fromEntries(
    STREAM_EVENTS.map(({ type, title, schema, example }) => [
      type,
      { name: type, title, contentType: 'application/json', payload: schema, examples: [{ payload: example }] },
    ]),
  );

const refs = (names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
const text = (description: string): Json => ({ type: 'string', description });

/** Headers of a webhook: Standard Webhooks, and the classic scheme, as the endpoint chose. */
const WEBHOOK_HEADERS: Json = {
  type: 'object',
  properties: {
    'webhook-id': text('event_id of the body.'),
    'webhook-timestamp': text('Unix seconds of this attempt.'),
    'webhook-signature': text('`v1,` HMAC-SHA256 and `v1a,` ed25519 signatures in base64, separated by spaces.'),
    'x-api-key': text('endpoint_id: which secret signed.'),
    'x-timestamp': text('Unix seconds of this attempt.'),
    'x-nonce': text('Never the same twice.'),
    'x-signature': text('HMAC-SHA256 in lower-case hex over method, target, timestamp, nonce and hash of the body.'),
  },
};

/** What integrators receive, by webhook and by live stream, as an AsyncAPI 3.0 document. */
export function asyncApiDocument(version: string): Json {
  const events = eventMessages();
  const controls = streamMessages();
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Chargebus events',
      version,
      description:
        'The same events come by webhook (POST to an endpoint of yours, at least once, signed) and by live stream ' +
        '(server-sent events). An endpoint and a stream choose a payload version: v1 is nested, v1-flat is not.',
    },
    defaultContentType: 'application/json',
    channels: {
      webhook: {
        address: null,
        title: 'Webhook',
        description: 'The url of an endpoint: POST /api/third/webhooks/endpoints.',
        messages: refs(Object.keys(events)),
        bindings: { http: {} },
      },
      stream: {
        address: '/api/third/events/stream',
        title: 'Live stream',
        description: 'text/event-stream; `id` is the position for Last-Event-ID, `event` the name, `data` the payload.',
        messages: refs([...Object.keys(events), ...Object.keys(controls)]),
      },
    },
    operations: {
      postWebhook: {
        action: 'send',
        title: 'Post an event to an endpoint',
        channel: { $ref: '#/channels/webhook' },
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
        traits: [{ $ref: '#/components/operationTraits/atLeastOnce' }],
      },
      streamEvents: {
        action: 'send',
        title: 'Stream events to whoever asked',
        channel: { $ref: '#/channels/stream' },
        bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
        traits: [{ $ref: '#/components/operationTraits/atLeastOnce' }],
      },
    },
    components: {
      operationTraits: {
        atLeastOnce: { description: 'At least once: `event_id` tells a repeat, `sequence` the order of one device.' },
      },
      schemas: { WebhookHeaders: WEBHOOK_HEADERS },
      messages: {
        ...Object.fromEntries(
          Object.entries(events).map(([name, message]) => [
            name,
            { ...message, headers: { $ref: '#/components/schemas/WebhookHeaders' } },
          ]),
        ),
        ...controls,
      },
    },
  };
}
