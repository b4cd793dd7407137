import { CommandFinished } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { ItemEndings } from './item-endings';

/**
 * Ends items whose orders are over, of all jobs. A repeat finds nothing that awaits the order; an event that overtakes
 * the row that awaits it is made up for by the next look at the item.
 */
export class OrderEndsConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly endings: ItemEndings,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'fleet-order-ends',
      types: [CommandFinished.type],
      maxMessages: 500,
      handle: (events) => this.handle(events as readonly CommandFinished[]),
    });
  }

  start(): Promise<void> {
    return this.consumer.start();
  }
  stop(): Promise<void> {
    return this.consumer.stop();
  }

  private async handle(events: readonly CommandFinished[]): Promise<void> {
    await this.endings.ordersEnded(
      events.map(({ data }) => ({ commandId: data.commandId, status: data.outcome, reason: data.reason })),
    );
  }
}
