import type { AttemptRecord, Delivery, WebhookEndpoint } from '@chargebus/persistence/webhook';
import type { WebhookAttemptView, WebhookDeliveryView, WebhookEndpointView } from '@chargebus/requests';
import type { z } from 'zod';

/** A previous secret counts only while it still signs. */
export function endpointView(endpoint: WebhookEndpoint, nowMs: number): WebhookEndpointView {
  const until = endpoint.previousSecretUntil;
  return {
    endpointId: endpoint.endpointId,
    url: endpoint.url,
    events: [...endpoint.events],
    payloadVersion: endpoint.payloadVersion,
    signature: endpoint.signature,
    description: endpoint.description,
    status: endpoint.status,
    disabledReason: endpoint.disabledReason,
    deviceFilter: endpoint.deviceFilter,
    rateLimitPerMin: endpoint.rateLimitPerMin,
    timeoutS: endpoint.timeoutS,
    retryCount: endpoint.retryCount,
    headerNames: [...endpoint.headerNames],
    publicKey: endpoint.ed25519Public,
    secretHint: endpoint.secretHint,
    previousSecretUntil: until !== null && until.getTime() > nowMs ? until.toISOString() : null,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

export const attemptView = (attempt: AttemptRecord): z.infer<typeof WebhookAttemptView> => ({
  attemptNo: attempt.attemptNo,
  at: attempt.at.toISOString(),
  status: attempt.status,
  error: attempt.error,
  durationMs: Math.round(attempt.durationMs * 10) / 10,
  responseExcerpt: attempt.responseExcerpt,
});

export const deliveryView = (delivery: Delivery): z.infer<typeof WebhookDeliveryView> => ({
  ...delivery,
  attempts: delivery.attempts.map(attemptView),
  nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
  createdAt: delivery.createdAt.toISOString(),
  finishedAt: delivery.finishedAt?.toISOString() ?? null,
});
