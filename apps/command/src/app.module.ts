import { BlobStore, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import {
  ARCHIVE_BUCKET,
  Archiver,
  Database,
  Outbox,
  RetentionKeeper,
  RetentionRepository,
} from '@chargebus/persistence';
import { AttemptRepository, COMMAND_ARCHIVE, CommandRepository } from '@chargebus/persistence/command';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AttemptJournal } from './attempts/attempt-journal';
import { AttemptLeases } from './attempts/attempt-leases';
import { AttemptRunner } from './attempts/attempt-runner';
import { DeviceLink } from './attempts/device-link';
import { DevicePlaces } from './attempts/device-places';
import { CommandAnswers } from './commands/command.answers';
import { CommandService } from './commands/command.service';
import { Endings } from './commands/endings';
import { StateWatch } from './commands/state-watch';
import { SubmissionService } from './commands/submission.service';
import type { Config } from './config';
import { ChargeSeenConsumer } from './consumers/charge-seen.consumer';
import { DeviceOnlineConsumer } from './consumers/device-online.consumer';
import { CommandMetrics } from './metrics';
import { CommandQueue } from './queue/command-queue';
import { CommandWorker } from './queue/command-worker';
import { QueueLevel } from './queue/queue-level';
import { Sweeper } from './queue/sweeper';

/** What the process has before the module is built. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: CommandMetrics;
  readonly bus: Bus;
  readonly database: Database;
  /** One connection fails fast, for adding jobs; the other waits for ever, for taking them. */
  readonly redis: { readonly adding: Redis; readonly taking: Redis };
}

type Instances<T extends readonly Type[]> = { [K in keyof T]: T[K] extends Type<infer I> ? I : never };
/** A provider whose dependencies are checked against its factory by the compiler. */
const provide = <T, const D extends readonly Type[]>(
  type: Type<T>,
  inject: D,
  useFactory: (...dependencies: Instances<D>) => T,
): FactoryProvider<T> => ({ provide: type, inject: [...inject], useFactory });

@Module({})
export class AppModule {
  static register({ config, logger, metrics, bus, database, redis }: Surroundings): DynamicModule {
    const policy = {
      maxFailures: config.ATTEMPTS_MAX,
      delayMs: config.RETRY_DELAY_MS,
      maxDelayMs: config.RETRY_DELAY_MAX_MS,
      maxOfflineDelayMs: config.OFFLINE_RECHECK_MAX_MS,
      sendWindowMs: config.SEND_WINDOW_MS,
    };
    const work = { concurrency: config.WORKER_CONCURRENCY, leaseMs: config.LEASE_MS };
    const limits = { perDevice: config.QUEUE_MAX_PER_DEVICE, leaseMs: config.LEASE_MS };
    const sweep = { intervalMs: config.SWEEP_INTERVAL_MS, overdueMs: config.OVERDUE_MS };
    return {
      module: AppModule,
      providers: [
        CommandRepository,
        AttemptRepository,
        provide(Outbox, [], () => new Outbox('command', database, bus, logger)),
        provide(StateWatch, [], () => new StateWatch(bus)),
        provide(Endings, [Outbox, StateWatch], (outbox, watch) => new Endings(outbox, watch, metrics, logger)),
        provide(CommandQueue, [], () => new CommandQueue(redis.adding, logger)),
        provide(
          QueueLevel,
          [CommandRepository],
          (commands) => new QueueLevel(database, commands, metrics, config.QUEUE_MAX_COMMANDS),
        ),
        provide(
          SubmissionService,
          [CommandRepository, AttemptRepository, Endings, CommandQueue, AttemptRunner, QueueLevel, StateWatch],
          (...parts) => new SubmissionService(database, ...parts, metrics, limits),
        ),
        provide(
          CommandService,
          [CommandRepository, Endings, CommandQueue, StateWatch],
          (...parts) => new CommandService(database, ...parts),
        ),
        provide(CommandAnswers, [SubmissionService, CommandService], (...parts) => new CommandAnswers(bus, ...parts)),
        provide(DevicePlaces, [], () => new DevicePlaces(config.DEVICE_IN_FLIGHT_MAX, config.WORKER_CONCURRENCY)),
        provide(DeviceLink, [], () => new DeviceLink(bus.nc, logger, config.SEND_GRACE_MS)),
        provide(
          AttemptLeases,
          [AttemptRepository],
          (attempts) => new AttemptLeases(database, attempts, logger, metrics, config.LEASE_MS),
        ),
        provide(
          AttemptJournal,
          [CommandRepository, AttemptRepository, Endings, StateWatch],
          (...parts) => new AttemptJournal(database, ...parts, config.LEASE_MS),
        ),
        provide(
          AttemptRunner,
          [AttemptJournal, AttemptLeases, DevicePlaces, CommandQueue, DeviceLink, StateWatch],
          (...parts) => new AttemptRunner(...parts, policy, metrics, logger),
        ),
        provide(
          CommandWorker,
          [AttemptRunner],
          (runner) => new CommandWorker(redis.taking, logger, (due) => runner.look(due), work),
        ),
        provide(
          Sweeper,
          [AttemptRepository, Endings, CommandQueue, QueueLevel],
          (...parts) => new Sweeper(database, ...parts, sweep, metrics, logger),
        ),
        provide(RetentionKeeper, [], () => {
          const archiver = new Archiver(database, () => BlobStore.open(bus, ARCHIVE_BUCKET));
          const log = archiver.retention(COMMAND_ARCHIVE, () => config.RETENTION_DAYS);
          return new RetentionKeeper([log], new RetentionRepository(database), logger);
        }),
        provide(
          DeviceOnlineConsumer,
          [AttemptRepository, CommandQueue],
          (attempts, queue) => new DeviceOnlineConsumer(bus, logger, database, attempts, queue, metrics),
        ),
        provide(
          ChargeSeenConsumer,
          [CommandRepository, AttemptRepository, Endings, CommandQueue],
          (...parts) => new ChargeSeenConsumer(bus, logger, database, ...parts),
        ),
      ],
    };
  }
}
