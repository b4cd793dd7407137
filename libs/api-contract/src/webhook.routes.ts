import {
  AddressRefused,
  WebhookDeliveryNotFound,
  WebhookEndpointLimit,
  WebhookEndpointNotFound,
  WebhookResendNotFound,
} from '@chargebus/errors';
import { DeviceFilter, DeviceId, DeviceType, MasterCode, PayloadVersion } from '@chargebus/domain';
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

/** The names of the query parameters of lists of devices, in lists. */
const values = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(1_000).optional();
const deviceFilter = z
  .strictObject({
    device_types: values(DeviceType),
    regions: values(MasterCode),
    stations: values(MasterCode),
    groups: values(MasterCode),
    tags: values(MasterCode),
    models: values(text(100)),
    protocols: values(tag(20)),
    device_phy_ids: values(DeviceId),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must name something')
  .meta({ id: 'WebhookDeviceFilter' })
  .describe('Only events about these devices; every part narrows. null: all devices, and events about none.');
const rateLimit = z
  .int()
  .min(1)
  .max(600_000)
  .describe('Attempts a minute at most; null: no limit.');

export const deviceFilterFromBody = (body: z.output<typeof deviceFilter> | null): DeviceFilter | null =>
  body === null
    ? null
    : DeviceFilter.parse({
        types: body.device_types,
        regions: body.regions,
        stations: body.stations,
        groups: body.groups,
        tags: body.tags,
        models: body.models,
        protocols: body.protocols,
        deviceIds: body.device_phy_ids,
      });
const part = <T>(name: string, value: readonly T[] | null) => (value === null ? {} : { [name]: value });
export const deviceFilterToBody = (filter: DeviceFilter | null): z.output<typeof deviceFilter> | null =>
  filter === null
    ? null
    : {
        ...part('device_types', filter.types),
        ...part('regions', filter.regions),
        ...part('stations', filter.stations),
        ...part('groups', filter.groups),
        ...part('tags', filter.tags),
        ...part('models', filter.models),
        ...part('protocols', filter.protocols),
        ...part('device_phy_ids', filter.deviceIds),
      };

export const WebhookEndpoint = z
  .object({
    endpoint_id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    payload_version: PayloadVersion,
    signature: SignatureKind,
    description: z.string().nullable(),
    device_filter: deviceFilter.nullable(),
    rate_limit_per_min: rateLimit.nullable(),
    public_key: z.string().nullable().describe('ed25519, `whpk_…`; null: the endpoint never asked for one.'),
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

const DeliveryState = z
  .enum(['pending', 'succeeded', 'dead', 'cancelled', 'superseded'])
  .describe('superseded: the endpoint was behind, and a newer charging.progress of the same charge was enough.');
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
  device_filter: deviceFilter.nullable(),
  rate_limit_per_min: rateLimit.nullable(),
};

const endpointExample = {
  endpoint_id: 'whe_01hm0f3v',
  url: 'https://partner.example/chargebus',
  events: ['charging.*', 'device.offline'],
  payload_version: 'v1' as const,
  signature: 'both' as const,
  description: 'production',
  device_filter: { groups: ['north'] },
  rate_limit_per_min: null,
  public_key: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
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
      device_filter: deviceFilter.nullish(),
      rate_limit_per_min: rateLimit.nullish(),
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

const WINDOW = /^([1-9]\d{0,3})(m|h|d)$/;
const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };
const timeRange = z
  .string()
  .regex(WINDOW, 'must be like 30m, 24h or 7d')
  .transform((range) => {
    const [, count = '', unit = ''] = WINDOW.exec(range) ?? [];
    return Number(count) * (SECONDS[unit] ?? 0);
  })
  .refine((seconds) => seconds <= 30 * 86_400, 'must be 30 days at most');
const seconds = z.number().nonnegative().nullable();

export const webhookStats = defineRoute({
  ...common,
  id: 'webhookStats',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/stats',
  scope: 'webhooks:read',
  summary: 'How well deliveries arrive',
  description:
    'Of the newest 100,000 deliveries recorded within the window. success_rate is successful_webhooks / total_webhooks, of what is over.',
  params,
  query: { time_range: timeRange.prefault('24h').describe('Such as 30m, 24h, 7d.') },
  response: z
    .object({
      window_seconds: z.int(),
      successful_webhooks: z.int(),
      total_webhooks: z.int().describe('Successful and dead.'),
      success_rate: z.number().nullable().describe('null: nothing is over.'),
      succeeded_first_attempt: z.int(),
      succeeded_after_retries: z.int(),
      pending: z.int(),
      dead: z.int(),
      cancelled: z.int(),
      superseded: z.int(),
      age_seconds: z
        .object({ p50: seconds, p95: seconds, p99: seconds })
        .describe('From recording to success; null: nothing succeeded.'),
    })
    .meta({ id: 'WebhookStats' }),
  errors: [WebhookEndpointNotFound],
  example: {
    params: example,
    query: { time_range: '24h' },
    response: {
      window_seconds: 86_400,
      successful_webhooks: 1999,
      total_webhooks: 2000,
      success_rate: 0.9995,
      succeeded_first_attempt: 1990,
      succeeded_after_retries: 9,
      pending: 3,
      dead: 1,
      cancelled: 0,
      superseded: 12,
      age_seconds: { p50: 0.021, p95: 0.09, p99: 0.31 },
    },
  },
});

const Resend = z
  .object({
    resend_id: z.string(),
    endpoint_id: z.string(),
    status: z.enum(['running', 'finished']),
    total: z.int().describe('Deliveries that fitted when it was asked for.'),
    scheduled: z.int(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'WebhookResend' });
const resendExample = {
  resend_id: 'wr_01hm0f3x',
  endpoint_id: endpointExample.endpoint_id,
  status: 'running' as const,
  total: 25_000,
  scheduled: 4_000,
  created_at: '2024-01-13T10:00:00.000Z',
  finished_at: null,
};
export const startResend = defineRoute({
  ...common,
  id: 'startResend',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/resends',
  scope: 'webhooks:manage',
  summary: 'Deliver again what fits a filter, in the background',
  description: 'With the same event ids, the oldest first; any number. Ask for the resend to see how far it is.',
  params,
  body: z
    .strictObject({
      since: z.iso.datetime({ offset: true }),
      until: z.iso.datetime({ offset: true }).nullish().describe('Now, unless told.'),
      events: events.nullish(),
      device_phy_ids: z.array(DeviceId).min(1).max(1_000).nullish(),
      status: z
        .array(z.enum(['succeeded', 'dead', 'cancelled', 'superseded']))
        .min(1)
        .default(['dead', 'cancelled']),
    })
    .meta({ id: 'NewWebhookResend' }),
  status: 201,
  response: Resend,
  errors: [WebhookEndpointNotFound],
  example: {
    params: example,
    body: { since: '2024-01-13T00:00:00Z', until: null, events: ['charging.*'], status: ['dead'] },
    response: resendExample,
  },
});
export const getResend = defineRoute({
  ...common,
  id: 'getResend',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/resends/{resendId}',
  scope: 'webhooks:read',
  summary: 'How far a resend is',
  params: z.object({ id: tag(64), resendId: tag(64) }),
  response: Resend,
  errors: [WebhookEndpointNotFound, WebhookResendNotFound],
  example: { params: { ...example, resendId: resendExample.resend_id }, response: resendExample },
});
