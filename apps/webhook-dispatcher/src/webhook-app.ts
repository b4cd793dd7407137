import { refuseDevelopmentSecrets } from '@chargebus/config';
import { Bus } from '@chargebus/messaging';
import { asSystem, Database, Outbox, RetentionKeeper } from '@chargebus/persistence';
import { DeliveryLogRepository, DeliveryQueueRepository } from '@chargebus/persistence/webhook';
import type { RunningService, ServiceContext } from '@chargebus/runtime';
import { GuardedClient, SecretBox } from '@chargebus/security';
import { NestFactory } from '@nestjs/core';
import { answerRequests } from './answers';
import { AppModule } from './app.module';
import type { Config } from './config';
import { eventsConsumer } from './consumers/events.consumer';
import { DeliveryLogService } from './deliveries/delivery-log.service';
import { Dispatcher } from './deliveries/dispatcher';
import { IntakeService } from './deliveries/intake.service';
import { ResendService } from './deliveries/resend.service';
import { Thinning } from './deliveries/thinning';
import { EndpointService } from './endpoints/endpoint.service';
import { MakerWatch } from './endpoints/maker-watch';
import { PingService } from './endpoints/ping.service';
import { WebhookMetrics } from './metrics';
import { CallbackAsker } from './token-callbacks/ask-callbacks';
import { TokenCallbackService } from './token-callbacks/token-callback.service';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const WAITING_COUNTED = 100_000;

/** Connects, builds the module, takes up work; resolves when the service is ready. */
export async function startWebhookApp(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, logger } = context;
  refuseDevelopmentSecrets(config.CHARGEBUS_PROFILE, { SECRETS_KEYS: config.SECRETS_KEYS });
  const secretBox = new SecretBox(config.SECRETS_KEYS);
  const client = new GuardedClient({
    allowCidrs: [...config.OUTBOUND_ALLOW_CIDRS, ...(config.CHARGEBUS_PROFILE === 'development' ? LOOPBACK : [])],
  });
  const database = await Database.connect({
    url: config.DATABASE_URL,
    app: 'webhook-dispatcher',
    poolSize: config.DATABASE_POOL_SIZE,
  });
  const bus = await Bus.connect({
    url: config.NATS_URL,
    replicas: config.NATS_STREAM_REPLICAS,
    app: 'webhook-dispatcher',
    logger,
  });
  const metrics = new WebhookMetrics(context.metrics);
  const app = await NestFactory.createApplicationContext(
    AppModule.register({ config, logger, metrics, bus, database, client, secretBox }),
    { logger: false },
  );

  const [dispatcher, retention, outbox] = [app.get(Dispatcher), app.get(RetentionKeeper), app.get(Outbox)];
  const [resends, thinning, makers] = [app.get(ResendService), app.get(Thinning), app.get(MakerWatch)];
  await database.transaction(asSystem('partitions belong to no tenant'), (tx) =>
    app.get(DeliveryLogRepository).prepareDays(tx),
  );
  const queue = app.get(DeliveryQueueRepository);
  metrics.watchWaiting(() => queue.countWaiting(database.alone(asSystem('a gauge over all tenants')), WAITING_COUNTED));
  const consumer = eventsConsumer(bus, logger, app.get(IntakeService));
  answerRequests(
    bus,
    app.get(EndpointService),
    app.get(DeliveryLogService),
    resends,
    app.get(PingService),
    app.get(TokenCallbackService),
    app.get(CallbackAsker),
  );
  retention.start();
  resends.start();
  thinning.start();
  makers.start();
  outbox.startRelay();
  dispatcher.start();
  await consumer.start();

  return {
    checks: { postgres: () => database.ping(), nats: () => bus.ping() },
    stop: async () => {
      await consumer.stop();
      await Promise.all([dispatcher.stop(), retention.stop(), resends.stop(), thinning.stop(), makers.stop()]);
      await outbox.stop();
      await bus.close();
      await app.close();
      await client.close();
      await database.close();
    },
  };
}
