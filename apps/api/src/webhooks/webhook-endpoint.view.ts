import { deviceFilterToBody } from '@chargebus/api-contract';
import type { WebhookAttempt, WebhookEndpoint } from '@chargebus/api-contract';
import type { WebhookAttemptView, WebhookEndpointView } from '@chargebus/requests';
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
  header_names: endpoint.headerNames,
  timeout: endpoint.timeoutS,
  retry_count: endpoint.retryCount,
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
