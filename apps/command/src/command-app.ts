import { Bus } from '@chargebus/messaging';
import { Database, Outbox, RetentionKeeper } from '@chargebus/persistence';
import type { RunningService, ServiceContext } from '@chargebus/runtime';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { AppModule } from './app.module';
import { AttemptLeases } from './attempts/attempt-leases';
import { AttemptRunner } from './attempts/attempt-runner';
import { DeviceLink } from './attempts/device-link';
import { CommandAnswers } from './commands/command.answers';
import { Endings } from './commands/endings';
import type { Config } from './config';
import { ChargeSeenConsumer } from './consumers/charge-seen.consumer';
import { DeviceOnlineConsumer } from './consumers/device-online.consumer';
import { CommandMetrics } from './metrics';
import { CommandQueue } from './queue/command-queue';
import { CommandWorker } from './queue/command-worker';
import { Sweeper } from './queue/sweeper';

/** Attempts under way may end within this at a stop; the rest goes to another replica. */
const DRAIN_MS = 10_000;

/** Connects, builds, starts in the order in which parts need each other, and stops in the reverse. */
export async function startCommandApp({ config, logger, metrics }: ServiceContext<Config>): Promise<RunningService> {
  const bus = await Bus.connect({
    url: config.NATS_URL,
    replicas: config.NATS_STREAM_REPLICAS,
    app: 'command',
    logger,
  });
  const database = await Database.connect({
    url: config.DATABASE_URL,
    app: 'command',
    poolSize: config.DATABASE_POOL_SIZE,
  });
  const redis = {
    adding: new Redis(config.REDIS_URL, { maxRetriesPerRequest: 1, enableOfflineQueue: false, ...RECONNECT }),
    taking: new Redis(config.REDIS_URL, { maxRetriesPerRequest: null, ...RECONNECT }),
  };
  for (const connection of Object.values(redis))
    connection.on('error', (error) => {
      logger.debug({ err: error }, 'connection to Redis');
    });
  const app = await NestFactory.createApplicationContext(
    AppModule.register({ config, logger, bus, database, redis, metrics: new CommandMetrics(metrics) }),
    { logger: false, abortOnError: false },
  );
  await start(app);
  return {
    checks: {
      nats: () => bus.ping(),
      postgres: () => database.ping(),
      redis: async () => {
        await redis.adding.ping();
      },
    },
    stop: async () => {
      await stop(app);
      await app.close();
      await bus.close();
      redis.adding.disconnect();
      redis.taking.disconnect();
      await database.close();
    },
  };
}

const RECONNECT = { retryStrategy: (times: number) => Math.min(1_000, 50 * 2 ** times) };

async function start(app: INestApplicationContext): Promise<void> {
  app.get(Outbox).startRelay();
  app.get(AttemptLeases).start();
  app.get(CommandWorker).start();
  await app.get(Sweeper).start();
  app.get(RetentionKeeper).start();
  await Promise.all([app.get(DeviceOnlineConsumer).start(), app.get(ChargeSeenConsumer).start()]);
  await app.get(CommandAnswers).start();
}

async function stop(app: INestApplicationContext): Promise<void> {
  await Promise.all([
    app.get(DeviceOnlineConsumer).stop(),
    app.get(ChargeSeenConsumer).stop(),
    app.get(Sweeper).stop(),
    app.get(RetentionKeeper).stop(),
  ]);
  await Promise.all([app.get(CommandWorker).stop(DRAIN_MS), app.get(AttemptRunner).stop(DRAIN_MS)]);
  app.get(DeviceLink).abandon();
  await app.get(AttemptLeases).releaseAll();
  await app.get(CommandQueue).close();
  await app.get(Endings).settled();
  await app.get(Outbox).stop();
}
