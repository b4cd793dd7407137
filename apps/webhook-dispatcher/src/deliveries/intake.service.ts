import type { PayloadVersion } from '@chargebus/domain';
import { renderEvent, wantsEvent } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type {
  DeliveryQueueRepository,
  EndpointRepository,
  NewDelivery,
  Subscription,
} from '@chargebus/persistence/webhook';
import type { WebhookMetrics } from '../metrics';
import type { Dispatcher } from './dispatcher';

/** Turns events into deliveries. */
export class IntakeService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly dispatcher: Pick<Dispatcher, 'wakeFresh'>,
    private readonly metrics: Pick<WebhookMetrics, 'events'>,
  ) {}

  /** Commits a delivery for every endpoint that wants one of the events, then wakes the dispatcher. */
  async take(events: readonly EventEnvelope[]): Promise<void> {
    for (const { type } of events) this.metrics.events.inc({ type });
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    const fresh = await this.database.transaction(forTenants(tenants), async (tx) => {
      const deliveries = plan(events, await this.endpoints.subscriptions(tx, tenants));
      return deliveries.length === 0 ? new Set<string>() : this.queue.insert(tx, deliveries);
    });
    if (fresh.size > 0) this.dispatcher.wakeFresh(fresh);
  }
}

/** Who gets what. A body is rendered once per event and payload version, whoever reads it. */
export function plan(events: readonly EventEnvelope[], subscriptions: readonly Subscription[]): NewDelivery[] {
  return events.flatMap((event) => {
    const bodies = new Map<PayloadVersion, string>();
    const bodyFor = (version: PayloadVersion): string => {
      const body = bodies.get(version) ?? renderEvent(event, version);
      bodies.set(version, body);
      return body;
    };
    return subscriptions
      .filter(({ tenantId, events: patterns }) => tenantId === event.tenantId && wantsEvent(patterns, event.type))
      .map(({ endpointId, payloadVersion, enabled }) => ({
        endpointId,
        tenantId: event.tenantId,
        eventId: event.id,
        eventType: event.type,
        deviceId: event.deviceId,
        occurredAt: event.occurredAt,
        body: bodyFor(payloadVersion),
        state: enabled ? 'pending' : 'cancelled',
      }));
  });
}
