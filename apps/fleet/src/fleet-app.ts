import { refuseDevelopmentSecrets } from '@chargebus/config';
import { Bus } from '@chargebus/messaging';
import { Database, Outbox } from '@chargebus/persistence';
import type { RunningService, ServiceContext } from '@chargebus/runtime';
import { GuardedClient } from '@chargebus/security';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { BatchAnswers } from './batch/batch.answers';
import type { Config } from './config';
import { beginFirmwareWork } from './firmware/firmware.work';
import { JobAnswers } from './jobs/job.answers';
import { JobBoard } from './jobs/job-board';
import { OrderEndsConsumer } from './jobs/order-ends.consumer';
import { startManagement, stopManagement } from './management';

/** Items under way at a stop may end within this; the rest is left to another process. */
const DRAIN_MS = 5_000;
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Connects, builds the module, takes up work; resolves when the service is ready. */
export async function startFleetApp(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, logger } = context;
  refuseDevelopmentSecrets(config.CHARGEBUS_PROFILE, { SECRETS_KEYS: config.SECRETS_KEYS });
  const client = new GuardedClient({
    allowCidrs: [...config.OUTBOUND_ALLOW_CIDRS, ...(config.CHARGEBUS_PROFILE === 'development' ? LOOPBACK : [])],
  });
  const database = await Database.connect({
    url: config.DATABASE_URL,
    app: 'fleet',
    poolSize: config.DATABASE_POOL_SIZE,
  });
  const bus = await Bus.connect({
    url: config.NATS_URL,
    replicas: config.NATS_STREAM_REPLICAS,
    app: 'fleet',
    logger,
  });
  const app = await NestFactory.createApplicationContext(
    AppModule.register({ config, logger, bus, database, client }),
    {
      logger: false,
    },
  );
  const outbox = app.get(Outbox);
  outbox.startRelay();
  await app.get(OrderEndsConsumer).start();
  app.get(JobBoard).start();
  app.get(JobAnswers).start();
  app.get(BatchAnswers).start();
  await startManagement(app);
  const endFirmwareWork = await beginFirmwareWork(app, bus, config.FTP_PORT !== 0);
  await bus.nc.flush(); // whoever hears that we are ready can ask us

  return {
    checks: { postgres: () => database.ping(), nats: () => bus.ping() },
    stop: async () => {
      await stopManagement(app, DRAIN_MS);
      await app.get(JobBoard).stop(DRAIN_MS);
      await app.get(OrderEndsConsumer).stop();
      await endFirmwareWork();
      await outbox.stop();
      await bus.close();
      await app.close();
      await client.close();
      await database.close();
    },
  };
}
