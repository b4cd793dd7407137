import {
  AddressRefused,
  WebhookDeliveryNotFound,
  WebhookEndpointLimit,
  WebhookEndpointNotFound,
} from '@chargebus/errors';
import { PayloadVersion } from '@chargebus/domain';
import { SignatureKind } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, tag, text } from './fields';

const url = z
  .url({ protocol: /^https?$/, hostname: /^.{1,253}$/ })
  .max(2_000)
  .describe('Where events are posted. Private, loopback and link-local addresses are refused.');
const events = z
  .array(
    z
      .string()
      .regex(/^(\*|[a-z_]{1,40}(\.[a-z_]{1,40}|\.\*){0,3})$/, 'must be an event name or a pattern like charging.*'),
  )
  .min(1)
  .max(100)
  .describe('Event names or patterns: charging.*, *');

export const WebhookEndpoint = z
  .object({
    endpoint_id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    payload_version: PayloadVersion,
    signature: SignatureKind,
    description: z.string().nullable(),
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: z.string().nullable().describe('by_user, gone, failing'),
    secret_hint: z.string().describe('Last characters of the secret.'),
    previous_secret_until: instant.nullable().describe('Until then the secret before signs too.'),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;
const WithSecret = WebhookEndpoint.extend({ secret: z.string().describe('Shown this once.') }).meta({
  id: 'WebhookEndpointWithSecret',
});

const Attempt = z
  .object({
    attempt_no: z.int(),
    at: instant,
    status_code: z.int().nullable().describe('null: no answer.'),
    error: z.string().nullable(),
    duration_ms: z.number(),
    response_excerpt: z.string().nullable(),
  })
  .meta({ id: 'WebhookAttempt' });
export type WebhookAttempt = z.infer<typeof Attempt>;

const DeliveryState = z.enum(['pending', 'succeeded', 'dead', 'cancelled']);
export const WebhookDelivery = z
  .object({
    delivery_id: z.string(),
    endpoint_id: z.string(),
    event_id: z.string(),
    event: z.string(),
    state: DeliveryState,
    attempts: z.array(Attempt),
    next_attempt_at: instant.nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const params = z.object({ id: tag(64) });
const deliveryParams = z.object({ id: tag(64), deliveryId: tag(64) });
const settings = {
  url,
  events,
  payload_version: PayloadVersion,
  signature: SignatureKind,
  description: text(500).nullable(),
};

const endpointExample = {
  endpoint_id: 'whe_01hm0f3v',
  url: 'https://partner.example/chargebus',
  events: ['charging.*', 'device.offline'],
  payload_version: 'v1' as const,
  signature: 'both' as const,
  description: 'production',
  status: 'enabled' as const,
  disabled_reason: null,
  secret_hint: '…9f2c',
  previous_secret_until: null,
  created_at: '2024-01-13T09:00:00.000Z',
  updated_at: '2024-01-13T09:00:00.000Z',
};
const attemptExample = {
  attempt_no: 1,
  at: '2024-01-13T10:00:03.100Z',
  status_code: 200,
  error: null,
  duration_ms: 41,
  response_excerpt: 'ok',
};
const deliveryExample = {
  delivery_id: 'whd_01hm0f3w',
  endpoint_id: endpointExample.endpoint_id,
  event_id: 'evt_20240113_001',
  event: 'charging.started',
  state: 'succeeded' as const,
  attempts: [attemptExample],
  next_attempt_at: null,
  created_at: '2024-01-13T10:00:03.050Z',
  finished_at: '2024-01-13T10:00:03.141Z',
};
const example = { id: endpointExample.endpoint_id };
const deliveryOf = { ...example, deliveryId: deliveryExample.delivery_id };
const common = { tag: 'Webhooks' } as const;

export const createWebhook = defineRoute({
  ...common,
  id: 'createWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints',
  scope: 'webhooks:manage',
  summary: 'Add an endpoint',
  description: 'The secret that signs its deliveries is in this answer only.',
  body: z
    .strictObject({
      url,
      events,
      payload_version: PayloadVersion.default('v1'),
      signature: SignatureKind.default('both'),
      description: text(500).nullish(),
    })
    .meta({ id: 'NewWebhookEndpoint' }),
  status: 201,
  response: WithSecret,
  errors: [AddressRefused, WebhookEndpointLimit],
  example: {
    params: {},
    body: {
      url: endpointExample.url,
      events: endpointExample.events,
      payload_version: 'v1',
      signature: 'both',
      description: 'production',
    },
    response: { ...endpointExample, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
  },
});
export const listWebhooks = defineList({
  ...common,
  id: 'listWebhooks',
  method: 'GET',
  path: '/api/third/webhooks/endpoints',
  scope: 'webhooks:read',
  summary: 'List endpoints',
  sort: ['created_at'],
  response: WebhookEndpoint,
  example: { params: {}, response: endpointExample },
});
export const getWebhook = defineRoute({
  ...common,
  id: 'getWebhook',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:read',
  summary: 'One endpoint',
  params,
  response: WebhookEndpoint,
  errors: [WebhookEndpointNotFound],
  example: { params: example, response: endpointExample },
});
export const updateWebhook = defineRoute({
  ...common,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:manage',
  summary: 'Change an endpoint',
  description: 'Only what is given changes. status enabled brings back an endpoint that was disabled.',
  params,
  body: z
    .strictObject({ ...settings, status: z.enum(['enabled', 'disabled']) })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, 'must change at least one field')
    .meta({ id: 'WebhookEndpointChanges' }),
  response: WebhookEndpoint,
  errors: [WebhookEndpointNotFound, AddressRefused],
  example: {
    params: example,
    body: { events: ['*'], status: 'enabled' },
    response: { ...endpointExample, events: ['*'] },
  },
});
export const deleteWebhook = defineRoute({
  ...common,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:manage',
  summary: 'Remove an endpoint',
  params,
  response: z.object({ deleted: z.literal(true) }),
  errors: [WebhookEndpointNotFound],
  example: { params: example, response: { deleted: true } },
});
export const rotateWebhook = defineRoute({
  ...common,
  id: 'rotateWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/rotate',
  scope: 'webhooks:manage',
  summary: 'Make a new secret',
  description: 'The old one signs beside it for 24 hours.',
  params,
  response: WithSecret,
  errors: [WebhookEndpointNotFound],
  example: {
    params: example,
    response: {
      ...endpointExample,
      previous_secret_until: '2024-01-14T09:00:00.000Z',
      secret: 'whsec_b6oV7m0JmZ5jK1mH7hM3b0pXz2cQm4aT',
    },
  },
});
export const pingWebhook = defineRoute({
  ...common,
  id: 'pingWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/ping',
  scope: 'webhooks:manage',
  summary: 'Send a test event now',
  params,
  response: Attempt,
  errors: [WebhookEndpointNotFound],
  example: { params: example, response: attemptExample },
});
export const listDeliveries = defineList({
  ...common,
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/deliveries',
  scope: 'webhooks:read',
  summary: 'Delivery log with attempts',
  params,
  query: { state: DeliveryState.optional(), event: tag(100).optional() },
  sort: ['created_at'],
  response: WebhookDelivery,
  errors: [WebhookEndpointNotFound],
  example: { params: example, query: { state: 'dead' }, response: { ...deliveryExample, state: 'dead' } },
});
export const resendDelivery = defineRoute({
  ...common,
  id: 'resendDelivery',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/deliveries/{deliveryId}/resend',
  scope: 'webhooks:manage',
  summary: 'Deliver one event again',
  description: 'With the same event id, whatever its state.',
  params: deliveryParams,
  response: WebhookDelivery,
  errors: [WebhookEndpointNotFound, WebhookDeliveryNotFound],
  example: { params: deliveryOf, response: { ...deliveryExample, state: 'pending' } },
});
export const resendSince = defineRoute({
  ...common,
  id: 'resendSince',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/resend',
  scope: 'webhooks:manage',
  summary: 'Deliver again everything since a time',
  params,
  body: z
    .strictObject({ since: z.iso.datetime({ offset: true }), failed_only: z.boolean().default(true) })
    .meta({ id: 'ResendSince' }),
  response: z.object({ scheduled: z.int() }),
  errors: [WebhookEndpointNotFound],
  example: { params: example, body: { since: '2024-01-13T00:00:00Z', failed_only: true }, response: { scheduled: 12 } },
});
