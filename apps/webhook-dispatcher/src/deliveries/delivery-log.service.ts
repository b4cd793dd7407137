import { WebhookDeliveryNotFound } from '@chargebus/errors';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { DeliveryLogRepository } from '@chargebus/persistence/webhook';
import type {
  GetWebhookStatistics,
  ListWebhookDeliveries,
  ReplyOf,
  RequestOf,
  ResendWebhookDelivery,
  ResendWebhooksSince,
} from '@chargebus/requests';
import type { EndpointService } from '../endpoints/endpoint.service';
import { deliveryView } from '../endpoints/views';
import type { Dispatcher } from './dispatcher';

const MOST_AT_ONCE = 100_000;

/** What was sent to an endpoint, and sending it again. */
export class DeliveryLogService {
  constructor(
    private readonly database: Database,
    private readonly log: DeliveryLogRepository,
    private readonly endpoints: Pick<EndpointService, 'find'>,
    private readonly dispatcher: Pick<Dispatcher, 'wake'>,
  ) {}

  /** I24: of what is over, how much arrived. */
  async statistics({
    windowS,
    ...ref
  }: RequestOf<typeof GetWebhookStatistics>): Promise<ReplyOf<typeof GetWebhookStatistics>> {
    const endpoint = await this.endpoints.find(ref);
    const counts = await this.database.transaction(forTenant(ref.tenantId), (tx) =>
      this.log.statistics(tx, endpoint.endpointId, Date.now() - windowS * 1_000),
    );
    const successful = counts.succeededFirst + counts.succeededRetry;
    const total = successful + counts.dead;
    return { windowS, ...counts, successful, total, successRate: total === 0 ? null : successful / total };
  }

  async list(request: RequestOf<typeof ListWebhookDeliveries>): Promise<ReplyOf<typeof ListWebhookDeliveries>> {
    const { endpointId } = await this.endpoints.find(request);
    const found = await this.database.transaction(forTenant(request.tenantId), (tx) =>
      this.log.page(tx, { endpointId, state: request.state, eventType: request.eventType }, request.page),
    );
    return { ...found, items: found.items.map(deliveryView) };
  }

  /** While the endpoint is disabled the delivery waits until it is enabled. */
  async resend(request: RequestOf<typeof ResendWebhookDelivery>): Promise<ReplyOf<typeof ResendWebhookDelivery>> {
    const { endpointId } = await this.endpoints.find(request);
    const { deliveryId } = request;
    const delivery = await this.database.transaction(forTenant(request.tenantId), async (tx) =>
      (await this.log.resend(tx, endpointId, deliveryId)) ? this.log.find(tx, endpointId, deliveryId) : null,
    );
    if (delivery === null) throw new WebhookDeliveryNotFound({ deliveryId });
    this.dispatcher.wake([endpointId]);
    return deliveryView(delivery);
  }

  /** The oldest first, at most 100,000 in one call: who gets that many back calls again with a later time. */
  async resendSince(request: RequestOf<typeof ResendWebhooksSince>): Promise<ReplyOf<typeof ResendWebhooksSince>> {
    const { endpointId } = await this.endpoints.find(request);
    const sinceMs = Date.parse(request.since);
    let step: { scheduled: number; cursor: string | null } = { scheduled: 0, cursor: null };
    let scheduled = 0;
    do {
      const wanted = { endpointId, sinceMs, failedOnly: request.failedOnly, cursor: step.cursor };
      step = await this.database.transaction(forTenant(request.tenantId), (tx) => this.log.resendSince(tx, wanted));
      scheduled += step.scheduled;
    } while (step.cursor !== null && scheduled < MOST_AT_ONCE);
    this.dispatcher.wake([endpointId]);
    return { scheduled };
  }
}
