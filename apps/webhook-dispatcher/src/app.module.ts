import { DeviceMembership } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Outbox, RetentionKeeper, RetentionRepository } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import {
  deliveryRetention,
  DeliveryLogRepository,
  DeliveryQueueRepository,
  EndpointRepository,
  ResendRepository,
  TokenCallbackRepository,
} from '@chargebus/persistence/webhook';
import type { GuardedClient, SecretBox } from '@chargebus/security';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import type { Config } from './config';
import { AttemptService } from './deliveries/attempt.service';
import { DeliveryLogService } from './deliveries/delivery-log.service';
import { Dispatcher } from './deliveries/dispatcher';
import { IntakeService } from './deliveries/intake.service';
import { ResultWriter } from './deliveries/result-writer';
import { ResendService } from './deliveries/resend.service';
import { Thinning } from './deliveries/thinning';
import { Disabling } from './endpoints/disabling';
import { EndpointSecrets } from './endpoints/endpoint-secrets';
import { EndpointService } from './endpoints/endpoint.service';
import { MakerWatch } from './endpoints/maker-watch';
import { PingService } from './endpoints/ping.service';
import type { WebhookMetrics } from './metrics';
import { CallbackAsker } from './token-callbacks/ask-callbacks';
import { TokenCallbackService } from './token-callbacks/token-callback.service';

/** What the process has before the module is built. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: WebhookMetrics;
  readonly bus: Bus;
  readonly database: Database;
  readonly client: GuardedClient;
  readonly secretBox: SecretBox;
}

type Instances<T extends readonly Type[]> = { [K in keyof T]: T[K] extends Type<infer I> ? I : never };
/** A provider whose dependencies are checked against its factory by the compiler. */
const provide = <T, const D extends readonly Type[]>(
  type: Type<T>,
  inject: D,
  useFactory: (...dependencies: Instances<D>) => T,
): FactoryProvider<T> => ({ provide: type, inject: [...inject], useFactory });

/** Whether a device is among those that an endpoint means is remembered for so long. */
const MEMBERSHIP = { ttlMs: 30_000, maxEntries: 500_000 };

@Module({})
export class AppModule {
  static register({ config, logger, metrics, bus, database, client, secretBox }: Surroundings): DynamicModule {
    const dispatching = {
      places: config.WEBHOOK_ENDPOINT_CONCURRENCY,
      maxInFlight: config.WEBHOOK_MAX_IN_FLIGHT,
      leaseMs: config.WEBHOOK_LEASE_MS,
      pollMs: config.WEBHOOK_POLL_MS,
      timeoutMs: config.WEBHOOK_TIMEOUT_MS,
      delaysS: config.WEBHOOK_RETRY_DELAYS_S,
    };
    const disableRule = {
      afterMs: config.WEBHOOK_DISABLE_AFTER_S * 1_000,
      afterFailures: config.WEBHOOK_DISABLE_AFTER_FAILURES,
    };
    const endpointRules = {
      perTenant: config.WEBHOOK_ENDPOINTS_PER_TENANT,
      overlapMs: config.WEBHOOK_SECRET_OVERLAP_S * 1_000,
    };
    return {
      module: AppModule,
      providers: [
        EndpointRepository,
        DeliveryQueueRepository,
        DeliveryLogRepository,
        TokenCallbackRepository,
        ResendRepository,
        provide(DeviceMembership, [], () => new DeviceMembership(bus, MEMBERSHIP)),
        provide(Outbox, [], () => new Outbox('webhook', database, bus, logger)),
        provide(EndpointSecrets, [], () => new EndpointSecrets(secretBox)),
        provide(AttemptService, [], () => new AttemptService(client, metrics)),
        provide(
          Disabling,
          [DeliveryQueueRepository, Outbox],
          (...parts) => new Disabling(database, ...parts, metrics, logger),
        ),
        provide(
          MakerWatch,
          [EndpointRepository, Disabling],
          (...parts) => new MakerWatch(database, bus, ...parts, logger),
        ),
        provide(
          ResultWriter,
          [DeliveryQueueRepository, EndpointRepository, Disabling],
          (...parts) => new ResultWriter(database, ...parts, metrics, logger, disableRule),
        ),
        provide(
          Dispatcher,
          [DeliveryQueueRepository, EndpointSecrets, AttemptService, ResultWriter],
          (...parts) => new Dispatcher(database, ...parts, metrics, logger, dispatching),
        ),
        provide(
          IntakeService,
          [EndpointRepository, DeliveryQueueRepository, DeviceMembership, Dispatcher],
          (...parts) => new IntakeService(database, ...parts, metrics, config.WEBHOOK_LEASE_MS),
        ),
        provide(
          Thinning,
          [DeliveryQueueRepository, Dispatcher],
          (...parts) => new Thinning(database, ...parts, logger, config.WEBHOOK_BEHIND_AFTER_MS),
        ),
        provide(
          EndpointService,
          [EndpointRepository, DeliveryQueueRepository, EndpointSecrets, Dispatcher],
          (endpoints, queue, secrets, dispatcher) =>
            new EndpointService(database, endpoints, queue, secrets, client, dispatcher, endpointRules),
        ),
        provide(
          PingService,
          [EndpointService, DeliveryQueueRepository, EndpointSecrets, AttemptService],
          (...parts) => new PingService(database, ...parts, config.WEBHOOK_TIMEOUT_MS),
        ),
        provide(
          DeliveryLogService,
          [DeliveryLogRepository, EndpointService, Dispatcher],
          (...parts) => new DeliveryLogService(database, ...parts),
        ),
        provide(
          ResendService,
          [ResendRepository, EndpointService, Dispatcher],
          (...parts) => new ResendService(database, ...parts, logger),
        ),
        provide(
          TokenCallbackService,
          [TokenCallbackRepository, EndpointSecrets],
          (...parts) => new TokenCallbackService(database, ...parts, client),
        ),
        provide(
          CallbackAsker,
          [TokenCallbackRepository, EndpointSecrets],
          (...parts) => new CallbackAsker(database, ...parts, client, metrics, logger),
        ),
        provide(
          RetentionKeeper,
          [DeliveryLogRepository],
          (log) =>
            new RetentionKeeper(
              [deliveryRetention(database, log, config.WEBHOOK_RETENTION_DAYS)],
              new RetentionRepository(database),
              logger,
            ),
        ),
      ],
    };
  }
}
