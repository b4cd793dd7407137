import { eventConsumer } from '@chargebus/messaging';
import type { BatchConsumer, Bus } from '@chargebus/messaging';
import { DELIVERABLE_EVENTS } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { IntakeService } from '../deliveries/intake.service';

const BATCH_EVENTS = 200;

/**
 * Every event that integrators can subscribe to; internal ones are not even asked for. A repeat adds nothing: an endpoint
 * has one delivery per event id. Overtaking does no harm: the payload carries the device's sequence.
 */
export const eventsConsumer = (bus: Bus, logger: Logger, intake: IntakeService): BatchConsumer<EventEnvelope> =>
  eventConsumer(bus, logger, {
    durable: 'webhook-events',
    types: DELIVERABLE_EVENTS,
    maxMessages: BATCH_EVENTS,
    handle: (events) => intake.take(events),
  });
