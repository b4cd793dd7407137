import { WebhookEndpointNotFound, WebhookResendNotFound } from '@chargebus/errors';
import { DeviceId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRoute } from './define-route';
import { instant, tag } from './fields';
import { webhookEvents, webhookExample, webhookParams, webhookTag } from './webhook-parts';

export const resendSince = defineRoute({
  ...webhookTag,
  id: 'resendSince',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/resend',
  scope: 'webhooks:manage',
  summary: 'Deliver again everything since a time',
  params: webhookParams,
  body: z
    .strictObject({ since: z.iso.datetime({ offset: true }), failed_only: z.boolean().default(true) })
    .meta({ id: 'ResendSince' }),
  response: z.object({ scheduled: z.int() }),
  errors: [WebhookEndpointNotFound],
  example: {
    params: webhookExample,
    body: { since: '2024-01-13T00:00:00Z', failed_only: true },
    response: { scheduled: 12 },
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
  endpoint_id: webhookExample.id,
  status: 'running' as const,
  total: 25_000,
  scheduled: 4_000,
  created_at: '2024-01-13T10:00:00.000Z',
  finished_at: null,
};
export const startResend = defineRoute({
  ...webhookTag,
  id: 'startResend',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/resends',
  scope: 'webhooks:manage',
  summary: 'Deliver again what fits a filter, in the background',
  description: 'With the same event ids, the oldest first; any number. Ask for the resend to see how far it is.',
  params: webhookParams,
  body: z
    .strictObject({
      since: z.iso.datetime({ offset: true }),
      until: z.iso.datetime({ offset: true }).nullish().describe('Now, unless told.'),
      events: webhookEvents.nullish(),
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
    params: webhookExample,
    body: { since: '2024-01-13T00:00:00Z', until: null, events: ['charging.*'], status: ['dead'] },
    response: resendExample,
  },
});
export const getResend = defineRoute({
  ...webhookTag,
  id: 'getResend',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/resends/{resendId}',
  scope: 'webhooks:read',
  summary: 'How far a resend is',
  params: webhookParams.extend({ resendId: tag(64) }),
  response: Resend,
  errors: [WebhookEndpointNotFound, WebhookResendNotFound],
  example: { params: { ...webhookExample, resendId: resendExample.resend_id }, response: resendExample },
});
