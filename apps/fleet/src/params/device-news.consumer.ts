import type { DeviceId } from '@chargebus/domain';
import { ChargingCompleted, ChargingFailed, DeviceOnline } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { ParameterChangeRepository } from '@chargebus/persistence/fleet';

/** Wakes what waits for a device to come, or for its charges to end. A repeat only has it looked at once more. */
export class DeviceNewsConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly database: Database,
    private readonly changes: ParameterChangeRepository,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'fleet-param-device-news',
      types: [DeviceOnline.type, ChargingCompleted.type, ChargingFailed.type],
      maxMessages: 500,
      handle: (events) => this.handle(events),
    });
  }

  start(): Promise<void> {
    return this.consumer.start();
  }
  stop(): Promise<void> {
    return this.consumer.stop();
  }

  private async handle(events: readonly EventEnvelope[]): Promise<void> {
    const devices = new Set<DeviceId>();
    for (const { deviceId } of events) if (deviceId !== null) devices.add(deviceId);
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    await this.database.transaction(forTenants(tenants), (tx) => this.changes.wake(tx, [...devices]));
  }
}
