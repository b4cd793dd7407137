import { WebhookDeliveryNotFound, WebhookEndpointNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, tag } from './fields';
import { WebhookAttempt, webhookAttemptExample, webhookExample, webhookParams, webhookTag } from './webhook-parts';

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
    attempts: z.array(WebhookAttempt),
    next_attempt_at: instant.nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const deliveryExample = {
  delivery_id: 'whd_01hm0f3w',
  endpoint_id: webhookExample.id,
  event_id: 'evt_20240113_001',
  event: 'charging.started',
  state: 'succeeded' as const,
  attempts: [webhookAttemptExample],
  next_attempt_at: null,
  created_at: '2024-01-13T10:00:03.050Z',
  finished_at: '2024-01-13T10:00:03.141Z',
};

export const listDeliveries = defineList({
  ...webhookTag,
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/deliveries',
  scope: 'webhooks:read',
  summary: 'Delivery log with attempts',
  params: webhookParams,
  query: { state: DeliveryState.optional(), event: tag(100).optional() },
  sort: ['created_at'],
  response: WebhookDelivery,
  errors: [WebhookEndpointNotFound],
  example: { params: webhookExample, query: { state: 'dead' }, response: { ...deliveryExample, state: 'dead' } },
});
export const resendDelivery = defineRoute({
  ...webhookTag,
  id: 'resendDelivery',
  method: 'POST',
  path: '/api/third/webhooks/endpoints/{id}/deliveries/{deliveryId}/resend',
  scope: 'webhooks:manage',
  summary: 'Deliver one event again',
  description: 'With the same event id, whatever its state.',
  params: webhookParams.extend({ deliveryId: tag(64) }),
  response: WebhookDelivery,
  errors: [WebhookEndpointNotFound, WebhookDeliveryNotFound],
  example: {
    params: { ...webhookExample, deliveryId: deliveryExample.delivery_id },
    response: { ...deliveryExample, state: 'pending' },
  },
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
  ...webhookTag,
  id: 'webhookStats',
  method: 'GET',
  path: '/api/third/webhooks/endpoints/{id}/stats',
  scope: 'webhooks:read',
  summary: 'How well deliveries arrive',
  description:
    'Of the newest 100,000 deliveries recorded within the window. success_rate is successful_webhooks / total_webhooks, of what is over.',
  params: webhookParams,
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
    params: webhookExample,
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
