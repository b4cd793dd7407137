import { commonSettings, defineConfig, tcpPort } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { z } from 'zod';

const count = z.coerce.number().int().positive();

export const configDefinition = defineConfig('protocol-gateway', {
  ...commonSettings,
  DEVICE_TCP_HOST: z.string().default('127.0.0.1').describe('address that devices connect to'),
  DEVICE_TCP_PORT: tcpPort.default(7000).describe('one port for every TCP protocol; 0: any free one'),
  DEVICE_MAX_CONNECTIONS: count.default(50_000).describe('further connections are refused'),
  DEVICE_MAX_CONNECTIONS_PER_ADDRESS: count
    .default(25_000)
    .describe('generous by default: carriers put a city of SIM cards behind one address'),
  CONNECTION_MAX_DEVICES: count.default(64).describe('devices behind one connection (a host and its slaves)'),
  CONNECTION_BYTES_PER_S: count.default(16_384).describe('sustained; above it, and a burst of 8 s, reading pauses'),
  CONNECTION_ERRORS_PER_MINUTE: count.default(60).describe('bad frames and noise; above it the connection is closed'),
  CONNECTION_IDENTIFY_S: count.default(60).describe('a connection without a whole frame by then is closed'),
  FACT_BATCH_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(10)
    .describe('least time between two publishes of one partition; the first one after quiet goes at once'),
  FACT_BATCH_MAX_BYTES: z.coerce.number().int().min(1_024).max(900_000).default(262_144),
  FACT_BACKLOG_MAX_BYTES: count
    .default(33_554_432)
    .describe('facts that the stream has not acknowledged; above it devices are not read'),
  ORDER_QUEUE_MAX: count.default(100).describe('orders that wait for one device'),
  DRAIN_ORDERS_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(3_000)
    .describe('at the end: how long orders on the wire may still be answered'),
});
export type Config = ConfigOf<typeof configDefinition>;
