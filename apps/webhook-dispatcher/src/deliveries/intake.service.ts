import type { DeviceId, PayloadVersion, SessionId, TenantId } from '@chargebus/domain';
import { ANY_DEVICE } from '@chargebus/domain';
import { renderEvent, wantsEvent } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { DeviceMembership } from '@chargebus/messaging';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type {
  ClaimedDelivery,
  DeliveryQueueRepository,
  EndpointRepository,
  NewDelivery,
  Subscription,
} from '@chargebus/persistence/webhook';
import type { WebhookMetrics } from '../metrics';
import type { Dispatcher } from './dispatcher';

/** An event on its way to one endpoint. */
interface Wanted {
  readonly event: EventEnvelope;
  readonly endpoint: Subscription;
}
interface Planned {
  readonly endpoint: Subscription;
  readonly delivery: Omit<NewDelivery, 'taken'>;
}

/** Turns events into deliveries. */
export class IntakeService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly membership: DeviceMembership,
    private readonly dispatcher: Pick<Dispatcher, 'admits' | 'handOver' | 'wakeFresh'>,
    private readonly metrics: Pick<WebhookMetrics, 'events'>,
    private readonly leaseMs: number,
  ) {}

  /** Commits a delivery for every endpoint that wants one of the events, then hands them over. */
  async take(events: readonly EventEnvelope[]): Promise<void> {
    for (const { type } of events) this.metrics.events.inc({ type });
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    const subscriptions = await this.endpoints.subscriptions(this.database.alone(forTenants(tenants)), tenants);
    const planned = plan(await this.withinDevices(wanted(events, subscriptions)));
    if (planned.length > 0) await this.write(tenants, planned);
  }

  /** What the dispatcher admits is written as taken by this process, the rest waits in Postgres. */
  private async write(tenants: readonly TenantId[], planned: readonly Planned[]): Promise<void> {
    const deliveries = planned.map(({ delivery, endpoint }) => ({
      ...delivery,
      taken: this.dispatcher.admits(endpoint),
    }));
    const admitted = deliveries.filter(({ taken }) => taken).map(({ endpointId }) => endpointId);
    let claims: readonly ClaimedDelivery[] = [];
    try {
      claims = await this.queue.insert(this.database.alone(forTenants(tenants)), deliveries, this.leaseMs);
    } finally {
      this.dispatcher.handOver(admitted, claims);
    }
    const left = deliveries.filter(({ taken, state }) => !taken && state === 'pending');
    if (left.length > 0) this.dispatcher.wakeFresh(new Set(left.map(({ endpointId }) => endpointId)));
  }

  /** Leaves out what is about devices that an endpoint does not mean, or its owner may not see. */
  private async withinDevices(all: readonly Wanted[]): Promise<readonly Wanted[]> {
    const narrow = new Map(
      all.filter(({ endpoint }) => isNarrow(endpoint)).map(({ endpoint }) => [endpoint.endpointId, endpoint]),
    );
    if (narrow.size === 0) return all;
    const members = new Map<string, ReadonlySet<DeviceId>>();
    for (const endpoint of narrow.values()) {
      const { tenantId, within } = endpoint;
      const ids = all.flatMap(({ event, endpoint: { endpointId } }) =>
        endpointId === endpoint.endpointId && event.deviceId !== null ? [event.deviceId] : [],
      );
      const selection = this.membership.of({ tenantId, within }, endpoint.deviceFilter ?? ANY_DEVICE);
      members.set(endpoint.endpointId, await selection.membersAmong(ids));
    }
    return all.filter(({ event: { deviceId }, endpoint }) => {
      const known = members.get(endpoint.endpointId);
      return known === undefined || (deviceId !== null && known.has(deviceId));
    });
  }
}

const isNarrow = ({ deviceFilter, within }: Subscription): boolean => deviceFilter !== null || within !== null;

const wanted = (events: readonly EventEnvelope[], subscriptions: readonly Subscription[]): readonly Wanted[] =>
  events.flatMap((event) =>
    subscriptions
      .filter(({ tenantId, events: patterns }) => tenantId === event.tenantId && wantsEvent(patterns, event.type))
      .map((endpoint) => ({ event, endpoint })),
  );

/** Who gets what. A body is rendered once per event and payload version, whoever reads it. */
function plan(all: readonly Wanted[]): readonly Planned[] {
  const bodies = new Map<EventEnvelope, Map<PayloadVersion, string>>();
  const bodyFor = (event: EventEnvelope, version: PayloadVersion): string => {
    const known = bodies.get(event) ?? new Map<PayloadVersion, string>();
    const body = known.get(version) ?? renderEvent(event, version);
    bodies.set(event, known.set(version, body));
    return body;
  };
  return all.map(({ event, endpoint }) => ({
    endpoint,
    delivery: {
      endpointId: endpoint.endpointId,
      tenantId: event.tenantId,
      eventId: event.id,
      eventType: event.type,
      deviceId: event.deviceId,
      occurredAt: event.occurredAt,
      body: bodyFor(event, endpoint.payloadVersion),
      priority: priorityOf(event.type),
      coalesceKey: event.type === 'charging.progress' ? (event.data as { sessionId: SessionId }).sessionId : null,
      state: endpoint.enabled ? 'pending' : 'cancelled',
    },
  }));
}

/** What ends a charge or asks for a person passes what waits at an endpoint that is behind; samples let everything pass. */
const URGENT: ReadonlySet<string> = new Set([
  'charging.completed',
  'charging.failed',
  'charging.stopped',
  'charging.corrected',
  'device.fault',
  'system.alarm',
]);
const SAMPLES: ReadonlySet<string> = new Set(['charging.progress', 'device.heartbeat']);
function priorityOf(type: string): number {
  if (URGENT.has(type)) return 0;
  return SAMPLES.has(type) ? 2 : 1;
}
