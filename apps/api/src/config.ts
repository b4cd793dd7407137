import {
  commonSettings,
  csvStrings,
  databaseSettings,
  defineConfig,
  linkSettings,
  redisSettings,
  secretsSettings,
  tcpPort,
} from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { z } from 'zod';

const perMinute = (fallback: number) => z.coerce.number().int().min(1).max(100_000_000).default(fallback);

export const configDefinition = defineConfig('api', {
  ...commonSettings,
  ...databaseSettings,
  ...redisSettings,
  ...secretsSettings,
  ...linkSettings,
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: tcpPort.default(3000),
  HTTP_BODY_LIMIT_BYTES: z.coerce.number().int().min(1_024).max(16_777_216).default(262_144),
  TRUSTED_PROXIES: csvStrings
    .default([])
    .describe('addresses or ranges whose X-Forwarded-For and X-Forwarded-Proto are believed'),
  DEFAULT_LANGUAGE: z.enum(['zh', 'en']).default('zh').describe('of messages where Accept-Language names neither'),
  SIGNATURE_WINDOW_S: z.coerce
    .number()
    .int()
    .min(10)
    .max(3_600)
    .default(300)
    .describe('how far X-Timestamp may be off'),
  CLIENT_CACHE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(5_000)
    .describe('how long a client is remembered'),
  RATE_LIMIT_CLIENT_PER_MIN: perMinute(180_000).describe('requests of one client that has no limit of its own'),
  RATE_LIMIT_TENANT_PER_MIN: perMinute(360_000).describe('requests of all clients of a tenant'),
  RATE_LIMIT_DEVICE_ORDERS_PER_MIN: perMinute(300).describe('starts and stops for one device'),
  REQUEST_LOG_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  REQUEST_LOG_BUFFER_ROWS: z.coerce
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(20_000)
    .describe('calls kept in memory while Postgres is away; the oldest go first'),
});
export type Config = ConfigOf<typeof configDefinition>;
