import type { ResultOf, startResend, WebhookDelivery, webhookStats } from '@chargebus/api-contract';
import type { GetWebhookStatistics, ReplyOf, WebhookDeliveryView, WebhookResendView } from '@chargebus/requests';
import type { z } from 'zod';
import { attemptView } from './webhook-endpoint.view';

export const deliveryView = (delivery: z.infer<typeof WebhookDeliveryView>): z.infer<typeof WebhookDelivery> => ({
  delivery_id: delivery.deliveryId,
  endpoint_id: delivery.endpointId,
  event_id: delivery.eventId,
  event: delivery.eventType,
  state: delivery.state,
  attempts: delivery.attempts.map(attemptView),
  next_attempt_at: delivery.nextAttemptAt,
  created_at: delivery.createdAt,
  finished_at: delivery.finishedAt,
});

export const statisticsView = (stats: ReplyOf<typeof GetWebhookStatistics>): ResultOf<typeof webhookStats> => ({
  window_seconds: stats.windowS,
  successful_webhooks: stats.successful,
  total_webhooks: stats.total,
  success_rate: stats.successRate,
  succeeded_first_attempt: stats.succeededFirst,
  succeeded_after_retries: stats.succeededRetry,
  pending: stats.pending,
  dead: stats.dead,
  cancelled: stats.cancelled,
  superseded: stats.superseded,
  age_seconds: stats.ageS,
});

export const resendView = (resend: WebhookResendView): ResultOf<typeof startResend> => ({
  resend_id: resend.resendId,
  endpoint_id: resend.endpointId,
  status: resend.state,
  total: resend.total,
  scheduled: resend.scheduled,
  created_at: resend.createdAt,
  finished_at: resend.finishedAt,
});
