import type { Logger } from '@chargebus/observability';
import { Redis } from 'ioredis';

/** A connection that fails fast: a caller gets 503 at once instead of waiting for Redis to come back. */
export async function connectRedis(url: string, logger: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    enableAutoPipelining: true, // calls that arrive together share one write
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  redis.on('error', (error: Error) => {
    logger.warn({ err: error }, 'redis');
  });
  await redis.connect();
  return redis;
}
