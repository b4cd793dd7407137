import { SessionId } from '@chargebus/domain';
import { ChargingCompleted, ChargingFailed, ChargingStarted } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { AttemptRepository, CommandRepository } from '@chargebus/persistence/command';
import { z } from 'zod';
import type { Endings } from '../commands/endings';
import type { CommandQueue } from '../queue/command-queue';

/**
 * Ends starts that must not be tried again, because their charge was seen to run or their session is over: a start
 * whose answer was lost would otherwise be repeated later, and a device that has finished the order and forgotten it
 * would charge a second time. A repeat finds nothing open; an event that overtakes the start's own answer ends it all
 * the same, with the same result.
 */
export class ChargeSeenConsumer {
  private readonly consumer: BatchConsumer<EventEnvelope>;

  constructor(
    bus: Bus,
    logger: Logger,
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly attempts: AttemptRepository,
    private readonly endings: Endings,
    private readonly queue: CommandQueue,
  ) {
    this.consumer = eventConsumer(bus, logger, {
      durable: 'command-charge-seen',
      types: [ChargingStarted.type, ChargingCompleted.type, ChargingFailed.type],
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
    const seen = sessionsOf(events.filter(({ type }) => type !== ChargingFailed.type));
    const failed = sessionsOf(events.filter(({ type }) => type === ChargingFailed.type));
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    const ended = await this.database.transaction(forTenants(tenants), async (tx) => {
      const ids = [
        ...(await this.commands.callOffSessions(tx, seen, 'charge_seen')),
        ...(await this.commands.callOffSessions(tx, failed, 'session_over')),
      ];
      const closed = ids.length === 0 ? [] : await this.attempts.closeSpent(tx, ids, ids.length);
      await this.endings.record(tx, closed);
      return closed;
    });
    this.endings.publish(ended);
    await this.queue.remove(ended);
  }
}

const OfSession = z.object({ sessionId: SessionId });
const sessionsOf = (events: readonly EventEnvelope[]): SessionId[] =>
  events.map(({ data }) => OfSession.parse(data).sessionId);
