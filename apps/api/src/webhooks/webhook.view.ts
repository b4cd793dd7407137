import { deviceFilterToBody } from '@chargebus/api-contract';
import type {
  ResultOf,
  startResend,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
  webhookStats,
} from '@chargebus/api-contract';
import type {
  GetWebhookStatistics,
  ReplyOf,
  WebhookAttemptView,
  WebhookDeliveryView,
  WebhookEndpointView,
  WebhookResendView,
} from '@chargebus/requests';
import type { z } from 'zod';

export const endpointView = (endpoint: WebhookEndpointView): z.infer<typeof WebhookEndpoint> => ({
  endpoint_id: endpoint.endpointId,
  url: endpoint.url,
  events: endpoint.events,
  payload_version: endpoint.payloadVersion,
  signature: endpoint.signature,
  description: endpoint.description,
  device_filter: deviceFilterToBody(endpoint.deviceFilter),
  rate_limit_per_min: endpoint.rateLimitPerMin,
  public_key: endpoint.publicKey,
  status: endpoint.status,
  disabled_reason: endpoint.disabledReason,
  secret_hint: endpoint.secretHint,
  previous_secret_until: endpoint.previousSecretUntil,
  created_at: endpoint.createdAt,
  updated_at: endpoint.updatedAt,
});

export const withSecret = (endpoint: WebhookEndpointView & { readonly secret: string }) => ({
  ...endpointView(endpoint),
  secret: endpoint.secret,
});

export const attemptView = (attempt: z.infer<typeof WebhookAttemptView>): WebhookAttempt => ({
  attempt_no: attempt.attemptNo,
  at: attempt.at,
  status_code: attempt.status,
  error: attempt.error,
  duration_ms: attempt.durationMs,
  response_excerpt: attempt.responseExcerpt,
});

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
