import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { NatsConnection } from '@nats-io/nats-core';

export const DEVICE_STREAM = 'DEVICE';
export const EVENTS_STREAM = 'EVENTS';
export const PARKED_STREAM = 'PARKED';
export const TRACE_STREAM = 'TRACE';

const TRACE_BYTES = 134_217_728; // a quarter of a million frames

const HOUR_MS = 3_600_000;

/** What every stream is, whoever creates it first. `replicas` 3 on a cluster. */
export const streamConfigs = (replicas: number): readonly (Partial<StreamConfig> & { name: string })[] => [
  {
    name: DEVICE_STREAM,
    subjects: ['cb.dev.*'],
    ...common(replicas),
    max_age: nanos(72 * HOUR_MS),
    duplicate_window: nanos(120_000),
  },
  {
    name: EVENTS_STREAM,
    subjects: ['cb.evt.>'],
    ...common(replicas),
    max_age: nanos(7 * 24 * HOUR_MS),
    duplicate_window: nanos(HOUR_MS),
  },
  // Frames of the last hours, for people who look for a fault. Lost with the server, and nobody waits for it.
  {
    name: TRACE_STREAM,
    subjects: ['cb.trace.*.*'],
    storage: StorageType.Memory,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    num_replicas: 1,
    no_ack: true,
    allow_direct: true,
    max_bytes: TRACE_BYTES,
    max_age: nanos(24 * HOUR_MS),
  },
  { name: PARKED_STREAM, subjects: ['cb.parked.>'], ...common(replicas), max_age: nanos(30 * 24 * HOUR_MS) },
];
const common = (replicas: number) => ({
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.Old,
  num_replicas: replicas,
});

/** Creates or updates the streams; harmless when every app does it at once. */
export async function ensureStreams(nc: NatsConnection, replicas = 1): Promise<JetStreamManager> {
  const manager = await jetstreamManager(nc);
  for (const config of streamConfigs(replicas)) {
    try {
      await manager.streams.add(config);
    } catch {
      await manager.streams.update(config.name, config);
    }
  }
  return manager;
}
