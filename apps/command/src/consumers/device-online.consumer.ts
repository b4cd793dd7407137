import type { DeviceId } from '@chargebus/domain';
import { DeviceOnline } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { AttemptRepository } from '@chargebus/persistence/command';
import type { CommandMetrics } from '../metrics';
import type { CommandQueue } from '../queue/command-queue';

/** Wakes what waits for a device that can be reached again. A repeat, or an old event, only has a worker look once more. */
export class DeviceOnlineConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly database: Database,
    private readonly attempts: AttemptRepository,
    private readonly queue: CommandQueue,
    private readonly metrics: CommandMetrics,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'command-device-online',
      types: [DeviceOnline.type],
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
    const woken = await this.database.transaction(forTenants(tenants), (tx) => this.attempts.wake(tx, [...devices]));
    this.metrics.woken.inc(woken.length);
    await this.queue.addOrWake(woken);
  }
}
