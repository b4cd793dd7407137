import { ClientId, DeviceFilter, DeviceId, Instant, PayloadVersion, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';
import { audience } from './audience';
import { Page, PageQuery } from './paging';

export const SignatureKind = z.enum(['standard', 'classic', 'both', 'ed25519', 'all']);
const DeliveryState = z.enum(['pending', 'succeeded', 'dead', 'cancelled', 'superseded']);

const settings = {
  url: z.url().max(2000),
  events: z.array(z.string().max(100)).min(1).max(100), // exact names or wildcards: `charging.*`, `*`
  payloadVersion: PayloadVersion,
  signature: SignatureKind,
  description: z.string().max(500).nullable(),
  deviceFilter: DeviceFilter.nullable(), // null: all devices, and events about none
  rateLimitPerMin: z.number().int().positive().nullable(), // null: none
  timeoutS: z.number().int().min(1).max(30).nullable(), // of one attempt; null: the installation's
  retryCount: z.number().int().min(0).max(20).nullable(), // after the first attempt; null: the whole schedule
};
/** Sent with every attempt; kept sealed. */
const ownHeaders = z.record(z.string(), z.string()).nullable();
export const WebhookEndpointView = z.object({
  endpointId: z.string(),
  ...settings,
  status: z.enum(['enabled', 'disabled']),
  disabledReason: z.string().nullable(), // by_user, gone (410), failing, maker_gone
  headerNames: z.array(z.string()),
  publicKey: z.string().nullable(), // ed25519; null: none was asked for
  secretHint: z.string(), // last four characters
  previousSecretUntil: Instant.nullable(), // while both secrets sign
  createdAt: Instant,
  updatedAt: Instant,
});
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;
export const WebhookAttemptView = z.object({
  attemptNo: z.number().int().positive(),
  at: Instant,
  status: z.number().int().nullable(), // HTTP; null: no answer
  error: z.string().nullable(),
  durationMs: z.number(),
  responseExcerpt: z.string().nullable(),
});
export const WebhookDeliveryView = z.object({
  deliveryId: z.string(),
  endpointId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  state: DeliveryState,
  attempts: z.array(WebhookAttemptView),
  nextAttemptAt: Instant.nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
/** `ownedBy`: whose endpoints the caller may see; absent or null: everybody's of the tenant. */
const viewer = { tenantId: TenantId, ownedBy: ClientId.nullish() };
const ref = { ...viewer, endpointId: z.string().max(64) };
const withSecret = WebhookEndpointView.extend({ secret: z.string() }); // shown this once

/** Errors: ADDRESS_REFUSED, VALIDATION_FAILED (unknown event), WEBHOOK_ENDPOINT_LIMIT. */
export const CreateWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.create',
  timeoutMs: 5_000,
  request: z.object({ ...audience, clientId: ClientId, ...settings, headers: ownHeaders }),
  reply: withSecret,
});
export const ListWebhookEndpoints = defineRequest({
  subject: 'cb.ask.webhook.list',
  timeoutMs: 5_000,
  request: z.object({ ...viewer, page: PageQuery }),
  reply: Page(WebhookEndpointView),
});
export const GetWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.get',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: WebhookEndpointView,
});
/** Only what is given changes; `status` enables again what was disabled. */
export const UpdateWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.update',
  timeoutMs: 5_000,
  request: z.object({
    ...ref,
    ...audience,
    changes: z.object({ ...settings, headers: ownHeaders, status: z.enum(['enabled', 'disabled']) }).partial(),
  }),
  reply: WebhookEndpointView,
});
export const DeleteWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.delete',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: z.object({ deleted: z.literal(true) }),
});
/** The old secret signs beside the new one for 24 h. */
export const RotateWebhookSecret = defineRequest({
  subject: 'cb.ask.webhook.rotate',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: withSecret,
});
/** Sends `webhook.ping` now and answers with the attempt. */
export const PingWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.ping',
  timeoutMs: 35_000, // longer than an attempt may take
  request: z.object(ref),
  reply: WebhookAttemptView,
});
export const ListWebhookDeliveries = defineRequest({
  subject: 'cb.ask.webhook.deliveries',
  timeoutMs: 5_000,
  request: z.object({
    ...ref,
    state: DeliveryState.nullable(),
    eventType: z.string().nullable(),
    page: PageQuery,
  }),
  reply: Page(WebhookDeliveryView),
});
/** Delivers again, whatever the state: same event id. Errors: WEBHOOK_DELIVERY_NOT_FOUND. */
export const ResendWebhookDelivery = defineRequest({
  subject: 'cb.ask.webhook.resend',
  timeoutMs: 5_000,
  request: z.object({ ...ref, deliveryId: z.string().max(64) }),
  reply: WebhookDeliveryView,
});
/** Delivers again all that the endpoint should have had since a time; `failedOnly` leaves the delivered ones out. */
export const ResendWebhooksSince = defineRequest({
  subject: 'cb.ask.webhook.resend_since',
  timeoutMs: 10_000,
  request: z.object({ ...ref, since: Instant, failedOnly: z.boolean() }),
  reply: z.object({ scheduled: z.number().int().nonnegative() }),
});

/** Of what was recorded within the window. Ages in seconds from recording to success; null: nothing succeeded. */
export const GetWebhookStatistics = defineRequest({
  subject: 'cb.ask.webhook.statistics',
  timeoutMs: 5_000,
  request: z.object({ ...ref, windowS: z.number().int().positive() }),
  reply: z.object({
    windowS: z.number(),
    succeededFirst: z.number().int(),
    succeededRetry: z.number().int(),
    pending: z.number().int(),
    dead: z.number().int(),
    cancelled: z.number().int(),
    superseded: z.number().int(),
    successful: z.number().int(),
    total: z.number().int(), // successful and dead: what is over
    successRate: z.number().min(0).max(1).nullable(), // null: nothing is over
    ageS: z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() }),
  }),
});

export const WebhookResendView = z.object({
  resendId: z.string(),
  endpointId: z.string(),
  state: z.enum(['running', 'finished']),
  total: z.number().int(), // that fitted when it was asked for
  scheduled: z.number().int(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type WebhookResendView = z.infer<typeof WebhookResendView>;
/** Sends again in the background what fits. Errors: WEBHOOK_ENDPOINT_NOT_FOUND, VALIDATION_FAILED (unknown event). */
export const StartWebhookResend = defineRequest({
  subject: 'cb.ask.webhook.resend_start',
  timeoutMs: 10_000,
  request: z.object({
    ...ref,
    since: Instant,
    until: Instant.nullable(), // null: now
    events: z.array(z.string().max(100)).min(1).max(100).nullable(), // names and wildcards
    devices: z.array(DeviceId).min(1).max(1_000).nullable(),
    states: z.array(z.enum(['succeeded', 'dead', 'cancelled', 'superseded'])).min(1),
  }),
  reply: WebhookResendView,
});
/** Errors: WEBHOOK_RESEND_NOT_FOUND. */
export const GetWebhookResend = defineRequest({
  subject: 'cb.ask.webhook.resend_get',
  timeoutMs: 5_000,
  request: z.object({ ...ref, resendId: z.string().max(64) }),
  reply: WebhookResendView,
});
