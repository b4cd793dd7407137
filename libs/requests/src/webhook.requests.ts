import { Instant, PayloadVersion, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

export const SignatureKind = z.enum(['standard', 'classic', 'both']);

const settings = {
  url: z.url().max(2000),
  events: z.array(z.string().max(100)).min(1).max(100), // exact names or wildcards: `charging.*`, `*`
  payloadVersion: PayloadVersion,
  signature: SignatureKind,
  description: z.string().max(500).nullable(),
};
export const WebhookEndpointView = z.object({
  endpointId: z.string(),
  ...settings,
  status: z.enum(['enabled', 'disabled']),
  disabledReason: z.string().nullable(), // by_user, gone (410), failing
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
  state: z.enum(['pending', 'succeeded', 'dead', 'cancelled']),
  attempts: z.array(WebhookAttemptView),
  nextAttemptAt: Instant.nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
const ref = { tenantId: TenantId, endpointId: z.string().max(64) };
const withSecret = WebhookEndpointView.extend({ secret: z.string() }); // shown this once

/** Errors: ADDRESS_REFUSED, VALIDATION_FAILED (unknown event), WEBHOOK_ENDPOINT_LIMIT. */
export const CreateWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.create',
  timeoutMs: 5_000,
  request: z.object({ tenantId: TenantId, ...settings }),
  reply: withSecret,
});
export const ListWebhookEndpoints = defineRequest({
  subject: 'cb.ask.webhook.list',
  timeoutMs: 3_000,
  request: z.object({ tenantId: TenantId, page: PageQuery }),
  reply: Page(WebhookEndpointView),
});
export const GetWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.get',
  timeoutMs: 2_000,
  request: z.object(ref),
  reply: WebhookEndpointView,
});
/** Only what is given changes; `status` enables again what was disabled. */
export const UpdateWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.update',
  timeoutMs: 5_000,
  request: z.object({ ...ref, changes: z.object({ ...settings, status: z.enum(['enabled', 'disabled']) }).partial() }),
  reply: WebhookEndpointView,
});
export const DeleteWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.delete',
  timeoutMs: 3_000,
  request: z.object(ref),
  reply: z.object({ deleted: z.literal(true) }),
});
/** The old secret signs beside the new one for 24 h. */
export const RotateWebhookSecret = defineRequest({
  subject: 'cb.ask.webhook.rotate',
  timeoutMs: 3_000,
  request: z.object(ref),
  reply: withSecret,
});
/** Sends `webhook.ping` now and answers with the attempt. */
export const PingWebhookEndpoint = defineRequest({
  subject: 'cb.ask.webhook.ping',
  timeoutMs: 15_000,
  request: z.object(ref),
  reply: WebhookAttemptView,
});
export const ListWebhookDeliveries = defineRequest({
  subject: 'cb.ask.webhook.deliveries',
  timeoutMs: 3_000,
  request: z.object({
    ...ref,
    state: z.enum(['pending', 'succeeded', 'dead', 'cancelled']).nullable(),
    eventType: z.string().nullable(),
    page: PageQuery,
  }),
  reply: Page(WebhookDeliveryView),
});
/** Delivers again, whatever the state: same event id. Errors: WEBHOOK_DELIVERY_NOT_FOUND. */
export const ResendWebhookDelivery = defineRequest({
  subject: 'cb.ask.webhook.resend',
  timeoutMs: 3_000,
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
