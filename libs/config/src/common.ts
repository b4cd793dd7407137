import { z } from 'zod';
import { ConfigError } from './read-config';
import { secret, tcpPort } from './define-config';

/** `development`: unknown devices are adopted, loopback webhooks are allowed, the demo client is internal. */
export const PROFILES = ['production', 'staging', 'test', 'development'] as const;
export type Profile = (typeof PROFILES)[number];

/** Settings that mean the same in every app. */
export const commonSettings = {
  CHARGEBUS_PROFILE: z
    .enum(PROFILES)
    .default('production')
    .describe('development loosens what a laptop needs, nothing else does'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NATS_URL: secret().describe('NATS with JetStream, 2.11 or newer; credentials in the URL'),
  NATS_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('copies of every stream that this app creates; 3 on a cluster'),
  OPS_HOST: z.string().default('127.0.0.1').describe('address of /health and /metrics'),
  OPS_PORT: tcpPort.default(0).describe('port of /health and /metrics; 0: any free one'),
};
export const databaseSettings = {
  DATABASE_URL: secret().describe('Postgres, with credentials'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
};
export const redisSettings = { REDIS_URL: secret().describe('Redis, maxmemory-policy noeviction') };
/** Keys of the SecretBox that seals secrets at rest; the same in every app that opens them. */
export const secretsSettings = {
  SECRETS_KEYS: secret().describe('id:base64 of 32 bytes, comma separated; the first one seals, all open'),
};

/** Where signed links of this app lead: the address under which devices and browsers reach `api`. */
export const linkSettings = {
  PUBLIC_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .describe('address under which devices and browsers reach api; download links begin with it'),
};

/** Development secrets carry this mark, so that no other profile can start with them. */
export const DEVELOPMENT_SECRET_MARK = 'development-only';

export function refuseDevelopmentSecrets(
  profile: Profile,
  secrets: Readonly<Record<string, string | undefined>>,
): void {
  if (profile === 'development' || profile === 'test') return;
  for (const [name, value] of Object.entries(secrets)) {
    if (value?.includes(DEVELOPMENT_SECRET_MARK) === true)
      throw new ConfigError(`${name} is a development secret; profile ${profile} refuses to start with it`);
  }
}
