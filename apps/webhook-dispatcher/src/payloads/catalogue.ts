import type { EventEnvelope } from '@chargebus/events';
import type { PayloadVersion } from '@chargebus/persistence/webhook';
import { chargingPayloads } from './charging.payloads';
import { devicePayloads } from './device.payloads';
import { jobPayloads } from './job.payloads';
import { renderBody } from './payload';
import { systemPayloads } from './system.payloads';

const SHAPES = new Map(
  [...chargingPayloads, ...devicePayloads, ...jobPayloads, ...systemPayloads].map((shape) => [shape.type, shape]),
);

/** The events that webhooks know how to say; nothing else can be subscribed to. */
export const DELIVERABLE_EVENTS: readonly string[] = [...SHAPES.keys()];

/** The bytes of one event for one payload version. Throws for an event that is not deliverable. */
export function renderEvent(event: EventEnvelope, version: PayloadVersion): string {
  const shape = SHAPES.get(event.type);
  if (shape === undefined) throw new Error(`no payload is declared for ${event.type}`);
  return renderBody(event, shape.render(event.data, version));
}
