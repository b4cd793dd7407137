import { SystemAlarm } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { AlarmRepository } from '@chargebus/persistence/session';

/** Alarms of any app become a history. A repeat is the same row: the id of the event is its key. */
export class AlarmConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly alarms: AlarmRepository,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'session-alarms',
      types: [SystemAlarm.type],
      maxMessages: 256,
      handle: (events) => this.handle(events as readonly SystemAlarm[]),
    });
  }

  start(): Promise<void> {
    return this.consumer.start();
  }
  stop(): Promise<void> {
    return this.consumer.stop();
  }

  handle(events: readonly SystemAlarm[]): Promise<void> {
    return this.alarms.add(
      events.map(({ id, tenantId, deviceId, occurredAt, data }) => ({
        alarmId: id,
        tenantId,
        deviceId,
        ...data,
        raisedAt: occurredAt,
      })),
    );
  }
}
