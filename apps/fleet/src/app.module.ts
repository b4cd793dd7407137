import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Outbox } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import { JobItemRepository, JobRepository } from '@chargebus/persistence/fleet';
import type { GuardedClient } from '@chargebus/security';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { BatchAnswers } from './batch/batch.answers';
import { BatchControlJob } from './batch/batch-control.job';
import { ParamsPushJob } from './batch/params-push.job';
import { CommandLookup } from './commands/command-lookup';
import type { Config } from './config';
import { firmwareProviders } from './firmware/firmware.providers';
import { FleetNews } from './fleet-news';
import { JobAnswers } from './jobs/job.answers';
import { ItemEndings } from './jobs/item-endings';
import { JobBoard } from './jobs/job-board';
import { JobRegistry } from './jobs/job-registry';
import { JobService } from './jobs/job.service';
import { JobStore } from './jobs/job-store';
import { JobWatch } from './jobs/job-watch';
import { OrderEndsConsumer } from './jobs/order-ends.consumer';
import { OrderWatch } from './jobs/order-watch';
import { Orders } from './jobs/orders';
import { managementProviders } from './management';
import { ParameterService } from './params/parameter.service';
import { provide } from './provide';
import { TemplatePushJob } from './templates/template-push.job';
import { RolloutJob } from './rollouts/rollout.job';

/** What the process has before the module is built. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly bus: Bus;
  readonly database: Database;
  readonly client: GuardedClient; // the way out
}

@Module({})
export class AppModule {
  static register(surroundings: Surroundings): DynamicModule {
    const { config, logger, bus, database, client } = surroundings;
    const storing = { leaseMs: config.JOB_LEASE_MS, progressEveryMs: config.JOB_PROGRESS_INTERVAL_MS };
    const board = {
      maxJobs: config.JOBS_MAX,
      maxItems: config.JOB_ITEMS_MAX,
      retentionDays: config.JOB_RETENTION_DAYS,
    };
    return {
      module: AppModule,
      providers: [
        JobRepository,
        JobItemRepository,
        provide(Outbox, [], () => new Outbox('fleet', database, new FleetNews(bus, logger), logger)),
        // Jobs: the engine.
        provide(JobWatch, [], () => new JobWatch(bus)),
        provide(Orders, [], () => new Orders(bus)),
        provide(CommandLookup, [], () => new CommandLookup(bus)),
        provide(OrderWatch, [CommandLookup], (commands) => new OrderWatch(bus, commands)),
        provide(
          JobRegistry,
          [BatchControlJob, ParamsPushJob, TemplatePushJob, RolloutJob],
          (...kinds) => new JobRegistry(kinds),
        ),
        provide(
          JobStore,
          [JobRepository, JobItemRepository, Outbox],
          (...parts) => new JobStore(database, ...parts, storing),
        ),
        provide(
          JobService,
          [JobRepository, JobItemRepository, JobWatch],
          (...parts) => new JobService(database, ...parts),
        ),
        provide(
          ItemEndings,
          [JobRepository, JobItemRepository, JobRegistry, JobStore, JobWatch],
          (...parts) => new ItemEndings(database, ...parts, logger),
        ),
        provide(
          JobBoard,
          [JobRepository, JobRegistry, JobStore, OrderWatch, JobWatch],
          (...parts) => new JobBoard(database, ...parts, board, logger),
        ),
        provide(OrderEndsConsumer, [ItemEndings], (endings) => new OrderEndsConsumer(bus, logger, endings)),
        provide(JobAnswers, [JobService], (jobs) => new JobAnswers(bus, jobs)),
        // Batches: orders for many devices.
        provide(BatchControlJob, [Orders], (orders) => new BatchControlJob(bus, orders)),
        provide(ParamsPushJob, [ParameterService], (parameters) => new ParamsPushJob(bus, parameters)),
        provide(
          BatchAnswers,
          [JobService, BatchControlJob, ParamsPushJob],
          (...parts) => new BatchAnswers(bus, ...parts),
        ),
        ...managementProviders(surroundings),
        ...firmwareProviders(surroundings, client),
      ],
    };
  }
}
