import { randomUUID } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import { renderBody } from '@chargebus/events';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type {
  AttemptRecord,
  DeliveryQueueRepository,
  EndpointRef,
  WebhookEndpoint,
} from '@chargebus/persistence/webhook';
import type { PingWebhookEndpoint, ReplyOf } from '@chargebus/requests';
import type { AttemptService } from '../deliveries/attempt.service';
import type { Credentials, EndpointSecrets } from './endpoint-secrets';
import type { EndpointService } from './endpoint.service';
import { attemptView } from './views';

/** Not in the catalogue: nobody subscribes to it, it comes when it is asked for. */
const PING_EVENT = 'webhook.ping';

/**
 * One attempt right now, also at a disabled endpoint, so that its owner can try before enabling. It is not repeated, and
 * its result says nothing about the endpoint's health.
 */
export class PingService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: Pick<EndpointService, 'find'>,
    private readonly queue: DeliveryQueueRepository,
    private readonly secrets: EndpointSecrets,
    private readonly attempts: AttemptService,
    private readonly timeoutMs: number,
  ) {}

  async ping(ref: EndpointRef): Promise<ReplyOf<typeof PingWebhookEndpoint>> {
    const endpoint = await this.endpoints.find(ref);
    const nowMs = Date.now();
    const eventId = `evt_ping_${randomUUID().replaceAll('-', '')}`;
    const occurredAt = toInstant(nowMs);
    const body = renderBody(
      { id: eventId, type: PING_EVENT, deviceId: null, occurredAt, sequence: nowMs },
      { endpoint_id: endpoint.endpointId, message: 'this is a test' },
    );
    const message = { ...endpoint, ...this.credentialsOf(endpoint, nowMs), eventId, body };
    const timeoutMs = endpoint.timeoutS === null ? this.timeoutMs : endpoint.timeoutS * 1_000;
    const { record } = await this.attempts.send(message, timeoutMs);
    const attempt: AttemptRecord = { ...record, attemptNo: 1 };
    const { tenantId, endpointId } = ref;
    const delivery = { tenantId, endpointId, eventId, eventType: PING_EVENT, deviceId: null, occurredAt, body };
    const ok = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    await this.database.transaction(forTenant(ref.tenantId), (tx) =>
      this.queue.insertFinished(tx, delivery, ok ? 'succeeded' : 'dead', attempt),
    );
    return attemptView(attempt);
  }

  private credentialsOf(endpoint: WebhookEndpoint, nowMs: number): Credentials {
    const rotating = (endpoint.previousSecretUntil?.getTime() ?? 0) > nowMs;
    return this.secrets.credentialsOf(
      rotating ? endpoint : { ...endpoint, previousSecretSealed: null, previousEd25519Sealed: null },
    );
  }
}
