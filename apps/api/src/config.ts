import {
  commonSettings,
  csvStrings,
  databaseSettings,
  defineConfig,
  flag,
  linkSettings,
  redisSettings,
  secret,
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
  FIRMWARE_UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(268_435_456)
    .default(33_554_432)
    .describe('of an image in a call; larger ones are fetched from an address'),
  TRUSTED_PROXIES: csvStrings
    .default([])
    .describe('addresses or ranges whose X-Forwarded-For and X-Forwarded-Proto are believed'),
  HTTP_TLS_CERT_FILE: z
    .string()
    .optional()
    .describe('certificate and chain in PEM: the port speaks TLS 1.2 or newer; unset: a proxy does that'),
  HTTP_TLS_KEY_FILE: z.string().optional().describe('key of the certificate, in PEM'),
  HTTP_MAX_CALLS: z.coerce
    .number()
    .int()
    .min(4)
    .max(100_000)
    .default(1_000)
    .describe('calls under way at once in one replica; tenants share them fairly'),
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
  AUTH_TOKEN_ISSUER: z.string().min(1).default('chargebus').describe('iss of the tokens that this installation signs'),
  AUTH_TOKEN_AUDIENCE: z.string().min(1).optional().describe('aud that tokens must name; unset: not looked at'),
  AUTH_JWKS_FILE: z
    .string()
    .optional()
    .describe('public keys of another issuer of tokens (JWKS): RS256, PS256, ES256; read again when it changes'),
  AUTH_JWKS_ISSUER: z.string().min(1).optional().describe('iss of the tokens that those keys sign'),
  AUTH_SHARED_SECRET: secret()
    .refine((text) => Buffer.byteLength(text) >= 32, 'must be 32 bytes or longer')
    .optional()
    .describe('secret shared with an issuer of HS256 tokens'),
  AUTH_SHARED_SECRET_ISSUER: z.string().min(1).optional().describe('iss of the tokens that it signs'),
  AUTH_CLOCK_SKEW_S: z.coerce
    .number()
    .int()
    .min(0)
    .max(300)
    .default(30)
    .describe('by how much clocks of issuers may be off'),
  AUTH_BEARER_PLAIN_HTTP: flag.default(false).describe('whether tokens are taken without TLS: for development'),
  UNKNOWN_KEYS_PER_MIN: perMinute(120).describe('API keys that nobody has, of one address, before it has to wait'),
  RATE_LIMIT_CLIENT_PER_MIN: perMinute(180_000).describe('requests of one client that has no limit of its own'),
  RATE_LIMIT_TENANT_PER_MIN: perMinute(360_000).describe('requests of all clients of a tenant'),
  RATE_LIMIT_DEVICE_ORDERS_PER_MIN: perMinute(300).describe('starts and stops for one device'),
  STREAMS_PER_CLIENT: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('live event streams of one client, per process'),
  STREAMS_MAX: z.coerce.number().int().min(1).default(1_000).describe('live event streams of all clients, per process'),
  STREAM_HEARTBEAT_MS: z.coerce
    .number()
    .int()
    .min(50)
    .default(15_000)
    .describe('silence on a live stream until a comment'),
  STREAM_STALL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .default(30_000)
    .describe('a reader that takes nothing for so long is cut off'),
  STREAM_LIFETIME_S: z.coerce
    .number()
    .int()
    .min(1)
    .default(3_600)
    .describe('after so long a reader has to connect anew'),
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
