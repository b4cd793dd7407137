import type { SystemAlarm } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Database, Outbox, Transaction } from '@chargebus/persistence';
import type { DeliveryQueueRepository, DisabledEndpoint } from '@chargebus/persistence/webhook';
import { cancelAllWaiting } from '../deliveries/cancel-waiting';
import { disabledAlarm } from '../deliveries/disabled-alarm';
import type { WebhookMetrics } from '../metrics';

/** What follows when endpoints are disabled by rule: their tenants hear of it, and what waits for them is cancelled. */
export class Disabling {
  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueueRepository,
    private readonly outbox: Outbox,
    private readonly metrics: WebhookMetrics,
    private readonly logger: Logger,
  ) {}

  /** In the transaction that disables; what comes back is for `publish`. */
  async announce(tx: Transaction, disabled: readonly DisabledEndpoint[]): Promise<readonly SystemAlarm[]> {
    const alarms = disabled.map((endpoint) => disabledAlarm(endpoint, Date.now()));
    await this.outbox.append(tx, alarms);
    return alarms;
  }

  async publish(alarms: readonly SystemAlarm[]): Promise<void> {
    await this.outbox.flush(alarms).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'alarm left to the relay');
    });
  }

  async cancelWaiting(disabled: readonly DisabledEndpoint[]): Promise<void> {
    for (const { endpointId, tenantId, reason, failures } of disabled) {
      this.metrics.disabled.inc({ reason });
      this.logger.warn({ endpoint_id: endpointId, tenant_id: tenantId, reason, failures }, 'endpoint.disabled');
    }
    const cancelled = await cancelAllWaiting(this.database, this.queue, disabled).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'waiting deliveries of a disabled endpoint were not cancelled');
      return 0;
    });
    this.metrics.deliveries.inc({ outcome: 'cancelled' }, cancelled);
  }
}
