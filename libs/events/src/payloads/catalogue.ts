import type { PayloadVersion } from '@chargebus/domain';
import { z } from 'zod';
import type { EventEnvelope } from '../define-event';
import { approvalPayloads } from './approval.payloads';
import { chargingPayloads } from './charging.payloads';
import { withDescriptions } from './descriptions';
import { devicePayloads } from './device.payloads';
import { jobPayloads } from './job.payloads';
import { jsonSchemaOf } from './json-schema';
import type { JsonSchema } from './json-schema';
import { PayloadEnvelope, renderBody } from './payload';
import type { PayloadShape } from './payload';
import { systemPayloads } from './system.payloads';

/** Every event that leaves the system, and how it looks outside: webhooks, live stream and documents say the same. */
export const PAYLOADS: readonly PayloadShape[] = [
  ...chargingPayloads,
  ...devicePayloads,
  ...approvalPayloads,
  ...jobPayloads,
  ...systemPayloads,
];
const BY_TYPE = new Map(PAYLOADS.map((shape) => [shape.event.type, shape]));

/** The events that integrators can subscribe to. */
export const DELIVERABLE_EVENTS: readonly string[] = [...BY_TYPE.keys()];

function shapeFor(type: string): PayloadShape {
  const shape = BY_TYPE.get(type);
  if (shape === undefined) throw new Error(`no payload is declared for ${type}`);
  return shape;
}

/** The bytes of one event for one payload version. Throws for an event that is not deliverable. */
export const renderEvent = (event: EventEnvelope, version: PayloadVersion): string =>
  renderBody(event, shapeFor(event.type).render(event.data, version));

/** JSON Schema (2020-12) of a whole body: envelope and data. */
export function payloadJsonSchema(type: string, version: PayloadVersion): JsonSchema {
  const body = PayloadEnvelope.extend({ event: z.literal(type), data: shapeFor(type).schema(version) });
  return withDescriptions(jsonSchemaOf(body));
}

/** A whole body, as it is sent for the event's example. */
export function payloadExample(type: string, version: PayloadVersion): Readonly<Record<string, unknown>> {
  const { event } = shapeFor(type);
  const occurredAt = '2024-01-13T10:01:00.250Z';
  const aboutDevice = !/^(system|job|api)\./.test(type);
  return JSON.parse(
    renderBody(
      { id: 'evt_20240113_001', type, deviceId: aboutDevice ? EXAMPLE_DEVICE : null, occurredAt, sequence: 42 },
      shapeFor(type).render(event.data.parse(event.example), version),
    ),
  ) as Readonly<Record<string, unknown>>;
}
const EXAMPLE_DEVICE = '04AB373B' as NonNullable<EventEnvelope['deviceId']>;
