import { AddressRefused, WebhookEndpointLimit, WebhookEndpointNotFound } from '@chargebus/errors';
import { PayloadVersion } from '@chargebus/domain';
import { SignatureKind } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, text } from './fields';
import { webhookDeviceFilter } from './webhook-device-filter';
import {
  WebhookAttempt,
  webhookAttemptExample,
  webhookEvents,
  webhookExample,
  webhookParams,
  webhookTag,
} from './webhook-parts';

const url = z
  .url({ protocol: /^https?$/, hostname: /^.{1,253}$/ })
  .max(2_000)
  .describe('Where events are posted. Private, loopback and link-local addresses are refused.');
const rateLimit = z.int().min(1).max(600_000).describe('Attempts a minute at most; null: no limit.');

const RESERVED_HEADER = /^x-(api-key|timestamp|nonce|signature|forwarded-.*|real-ip)$/i;
/** What is said to a receiver beside the signature. Names that the signatures and the connection need are refused. */
const headers = z
  .record(
    z
      .string()
      .regex(/^([Aa]uthorization|[Xx]-[A-Za-z0-9-]{1,60})$/, 'must be Authorization or begin with X-')
      .refine((name) => !RESERVED_HEADER.test(name), 'is set by the platform'),
    z
      .string()
      .max(1_000)
      .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'must be visible ASCII characters'),
  )
  .refine((given) => {
    const names = Object.keys(given).map((name) => name.toLowerCase());
    return names.length <= 10 && new Set(names).size === names.length;
  }, 'must be ten different ones at most')
  .describe('Own headers of every attempt, such as Authorization. Kept encrypted; answers tell their names only.');
const timeout = z.int().min(1).max(30).describe('Seconds that an attempt may take; null: 10.');
const retryCount = z
  .int()
  .min(0)
  .max(20)
  .describe(
    'Retries after the first attempt; beyond the schedule its last step is repeated. null: the whole schedule.',
  );

export const WebhookEndpoint = z
  .object({
    endpoint_id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    payload_version: PayloadVersion,
    signature: SignatureKind,
    description: z.string().nullable(),
    device_filter: webhookDeviceFilter.nullable(),
    rate_limit_per_min: rateLimit.nullable(),
    header_names: z.array(z.string()).describe('Of its own headers.'),
    timeout: timeout.nullable(),
    retry_count: retryCount.nullable(),
    public_key: z.string().nullable().describe('ed25519, `whpk_…`; null: the endpoint never asked for one.'),
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: z
      .string()
      .nullable()
      .describe('by_user, gone (it answered 410), failing, maker_gone (who made it may not call any more).'),
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

const settings = {
  url,
  events: webhookEvents,
  payload_version: PayloadVersion,
  signature: SignatureKind,
  description: text(500).nullable(),
  device_filter: webhookDeviceFilter.nullable(),
  rate_limit_per_min: rateLimit.nullable(),
  headers: headers.nullable(),
  timeout: timeout.nullable(),
  retry_count: retryCount.nullable(),
};

const endpointExample = {
  endpoint_id: webhookExample.id,
  url: 'https://partner.example/chargebus',
  events: ['charging.*', 'device.offline'],
  payload_version: 'v1' as const,
  signature: 'both' as const,
  description: 'production',
  device_filter: { groups: ['north'] },
  rate_limit_per_min: null,
  header_names: ['Authorization'],
  timeout: 5,
  retry_count: 3,
  public_key: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  status: 'enabled' as const,
  disabled_reason: null,
  secret_hint: '…9f2c',
  previous_secret_until: null,
  created_at: '2024-01-13T09:00:00.000Z',
  updated_at: '2024-01-13T09:00:00.000Z',
};

export const createWebhook = defineRoute({
  ...webhookTag,
  id: 'createWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints',
  scope: 'webhooks:manage',
  summary: 'Add an endpoint',
  description: 'The secret that signs its deliveries is in this answer only.',
  body: z
    .strictObject({
      url: url.optional(),
      endpoint: url.optional().describe('The same as url.'),
      events: webhookEvents,
      payload_version: PayloadVersion.default('v1'),
      signature: SignatureKind.default('both'),
      description: text(500).nullish(),
      device_filter: webhookDeviceFilter.nullish(),
      rate_limit_per_min: rateLimit.nullish(),
      headers: headers.nullish(),
      timeout: timeout.nullish(),
      retry_count: retryCount.nullish(),
    })
    .refine((body) => (body.url === undefined) !== (body.endpoint === undefined), {
      path: ['url'],
      message: 'is needed, once: here or as endpoint',
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
      device_filter: { groups: ['north'] },
      rate_limit_per_min: null,
      headers: { Authorization: 'Bearer 4f1c' },
      timeout: 5,
      retry_count: 3,
    },
    response: { ...endpointExample, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
  },
});
export const listWebhooks = defineList({
  ...webhookTag,
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
  ...webhookTag,
  id: 'getWebhook',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:read',
  summary: 'One endpoint',
  params: webhookParams,
  response: WebhookEndpoint,
  errors: [WebhookEndpointNotFound],
  example: { params: webhookExample, response: endpointExample },
});
export const updateWebhook = defineRoute({
  ...webhookTag,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:manage',
  summary: 'Change an endpoint',
  description: 'Only what is given changes. status enabled brings back an endpoint that was disabled.',
  params: webhookParams,
  body: z
    .strictObject({ ...settings, status: z.enum(['enabled', 'disabled']) })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, 'must change at least one field')
    .meta({ id: 'WebhookEndpointChanges' }),
  response: WebhookEndpoint,
  errors: [WebhookEndpointNotFound, AddressRefused],
  example: {
    params: webhookExample,
    body: { events: ['*'], status: 'enabled' },
    response: { ...endpointExample, events: ['*'] },
  },
});
export const deleteWebhook = defineRoute({
  ...webhookTag,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/third/webhooks/endpoints/{id}',
  scope: 'webhooks:manage',
  summary: 'Remove an endpoint',
  params: webhookParams,
  response: z.object({ deleted: z.literal(true) }),
  errors: [WebhookEndpointNotFound],
  example: { params: webhookExample, response: { deleted: true } },
});
export const rotateWebhook = defineRoute({
  ...webhookTag,
  id: 'rotateWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/rotate',
  scope: 'webhooks:manage',
  summary: 'Make a new secret',
  description: 'The old one signs beside it for 24 hours.',
  params: webhookParams,
  response: WithSecret,
  errors: [WebhookEndpointNotFound],
  example: {
    params: webhookExample,
    response: {
      ...endpointExample,
      previous_secret_until: '2024-01-14T09:00:00.000Z',
      secret: 'whsec_b6oV7m0JmZ5jK1mH7hM3b0pXz2cQm4aT',
    },
  },
});
export const pingWebhook = defineRoute({
  ...webhookTag,
  id: 'pingWebhook',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/ping',
  scope: 'webhooks:manage',
  summary: 'Send a test event now',
  params: webhookParams,
  response: WebhookAttempt,
  errors: [WebhookEndpointNotFound],
  example: { params: webhookExample, response: webhookAttemptExample },
});
