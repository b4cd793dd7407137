import { envelopeSchema, findEvent, ProtocolEventBatch } from '@chargebus/events';
import type { EventEnvelope, ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import { BatchConsumer } from './batch-consumer';
import type { Bus } from './bus';
import { Unrecoverable } from './errors';
import { DEVICE_STREAM, EVENTS_STREAM } from './streams';
import { partSubject } from './subjects';

/** The facts of one partition of DEVICE, in order, by one replica at a time. */
export function factConsumer(
  bus: Bus,
  logger: Logger,
  options: {
    readonly app: string;
    readonly part: number;
    readonly maxMessages: number;
    handle(facts: readonly ProtocolEvent[]): Promise<void>;
  },
): BatchConsumer<readonly ProtocolEvent[]> {
  return new BatchConsumer(bus, logger, {
    stream: DEVICE_STREAM,
    durable: `${options.app}-facts-${options.part.toString()}`,
    filter: partSubject(options.part),
    maxMessages: options.maxMessages,
    exclusive: true,
    decode: (message) => readable(() => ProtocolEventBatch.parse(message.json()).facts),
    handle: (batches) => options.handle(batches.flat()),
  });
}

/** Business events of the given types (all when empty), shared between replicas, no order promised between them. */
export function eventConsumer(
  bus: Bus,
  logger: Logger,
  options: {
    readonly durable: string;
    readonly types: readonly string[];
    readonly maxMessages: number;
    handle(events: readonly EventEnvelope[]): Promise<void>;
  },
): BatchConsumer<EventEnvelope> {
  return new BatchConsumer(bus, logger, {
    stream: EVENTS_STREAM,
    durable: options.durable,
    filter: options.types.length === 0 ? 'cb.evt.>' : options.types.map((type) => `cb.evt.*.*.${type}`),
    maxMessages: options.maxMessages,
    exclusive: false,
    decode: (message) => {
      const envelope = readable(() => envelopeSchema.parse(message.json()));
      const definition = findEvent(envelope.type);
      if (definition === undefined) return null; // newer than this build: readers ignore what they do not know
      return { ...envelope, data: readable(() => definition.data.parse(envelope.data)) };
    },
    handle: (events) => options.handle(events),
  });
}

function readable<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Unrecoverable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
