import { Module } from '@nestjs/common';
import type { Abstract, DynamicModule, FactoryProvider } from '@nestjs/common';
import { RETENTION_DAYS } from '@chargebus/domain';
import type { RetentionDays } from '@chargebus/domain';
import { BlobStore, Bus } from '@chargebus/messaging';
import {
  ARCHIVE_BUCKET,
  archiveRetention,
  ArchiveRepository,
  Archiver,
  Database,
  Outbox,
  RetentionKeeper,
  RetentionRepository,
  StatisticsKeeper,
} from '@chargebus/persistence';
import {
  AlarmRepository,
  AnswerRepository,
  CertificateRepository,
  ChargeNameRepository,
  CredentialRepository,
  DeviceGroupRepository,
  DeviceRepository,
  FrameCountRepository,
  HealthRepository,
  HistoryRepository,
  MeterRepository,
  OrganizationRepository,
  QuarantineRepository,
  RegionRepository,
  RegistryRepository,
  RejectedFrameRepository,
  RollupRepository,
  SampleHistoryRepository,
  SESSION_ARCHIVES,
  StationRepository,
  TokenRepository,
} from '@chargebus/persistence/session';
import type { ServiceContext } from '@chargebus/runtime';
import { Redis } from 'ioredis';
import {
  answerAll,
  answerDoor,
  answerEdits,
  answerFrames,
  answerHistory,
  answerOrganization,
  answerSettings,
  answerStatuses,
  answerTokens,
} from './answers';
import { openAuthority } from './certificates/open-authority';
import { CertificateService } from './certificates/certificate.service';
import { ExpiryWatch } from './certificates/expiry-watch';
import { adoptionTenant, credentialRulesOf, retentionOf, rulesOf } from './config';
import type { Config } from './config';
import { AlarmConsumer } from './consumers/alarm.consumer';
import { CommandFinishedConsumer } from './consumers/command-finished.consumer';
import { FactConsumer } from './consumers/fact.consumer';
import { CapabilityService } from './devices/capability.service';
import { AdmissionService } from './credentials/admission.service';
import { raiseAlarm } from './credentials/alarms';
import { CredentialService } from './credentials/credential.service';
import { DirectOrders } from './credentials/direct-order';
import { DeviceEditor } from './devices/device-editor';
import { DeviceImporter } from './devices/device-importer';
import { DeviceFinder } from './devices/device-finder';
import { DeviceService } from './devices/device.service';
import { StatusService } from './devices/status.service';
import { ProtocolBook } from './devices/protocol-book';
import { Engine } from './engine/engine';
import { OrderDesk } from './engine/order-desk';
import { FrameStatisticsService } from './frames/frame-statistics.service';
import { RetentionService } from './history/retention.service';
import { HistoryKeeper } from './history/history-keeper';
import { HistoryService } from './history/history.service';
import { Rollup } from './history/rollup';
import { createMetrics } from './metrics';
import { NetworkService } from './networks/network.service';
import { SettingsService } from './settings/settings.service';
import { OrganizationService } from './organization/organization.service';
import { TreeService } from './organization/tree.service';
import { Replay } from './quarantine/replay';
import { Strangers } from './quarantine/strangers';
import { SessionService } from './service';
import { ChargeService } from './sessions/charge.service';
import { ChargeNames } from './sessions/charge-names';
import { OrderLookup } from './sessions/order-lookup';
import { DeviceShadow } from './shadow/device-shadow';
import { Sweeper } from './sweeper/sweeper';
import { AuthorisationService } from './tokens/authorisation.service';
import { TokenService } from './tokens/token.service';

type Instances<I extends readonly Abstract<unknown>[]> = { [K in keyof I]: I[K]['prototype'] };

/** One provider whose dependencies are its factory's arguments, checked by the compiler. */
const provide = <T, const I extends readonly Abstract<unknown>[]>(
  type: Abstract<T>,
  inject: I,
  useFactory: (...deps: Instances<I>) => T | Promise<T>,
): FactoryProvider => ({ provide: type, inject: [...inject], useFactory: useFactory as (...args: unknown[]) => T });

/** All the wiring of the app. `now` is the clock of every decision. */
@Module({})
export class AppModule {
  static register({ config, logger, metrics }: ServiceContext<Config>, now: () => number = Date.now): DynamicModule {
    const rules = rulesOf(config);
    const adoptInto = adoptionTenant(config);
    const credentialRules = credentialRulesOf(config);
    const counted = createMetrics(metrics);
    return {
      module: AppModule,
      providers: [
        provide(Bus, [], () =>
          Bus.connect({ url: config.NATS_URL, replicas: config.NATS_STREAM_REPLICAS, app: 'session', logger }),
        ),
        provide(
          Redis,
          [],
          () => new Redis(config.REDIS_URL, { maxRetriesPerRequest: null, enableAutoPipelining: true }),
        ),
        provide(Database, [], () =>
          Database.connect({ url: config.DATABASE_URL, app: 'session', poolSize: config.DATABASE_POOL_SIZE }),
        ),
        provide(Outbox, [Database, Bus], (database, bus) => new Outbox('session', database, bus, logger)),
        provide(DeviceRepository, [Database], (database) => new DeviceRepository(database, now)),
        provide(HistoryRepository, [Database], (database) => new HistoryRepository(database)),
        provide(MeterRepository, [Database], (database) => new MeterRepository(database, now)),
        provide(QuarantineRepository, [Database], (database) => new QuarantineRepository(database)),
        provide(RegistryRepository, [Database], (database) => new RegistryRepository(database)),
        provide(AnswerRepository, [Database], (database) => new AnswerRepository(database)),
        provide(DeviceShadow, [Redis, DeviceRepository], (redis, devices) => new DeviceShadow(redis, devices, counted)),
        provide(
          DeviceFinder,
          [RegistryRepository, DeviceShadow],
          (registry, shadow) => new DeviceFinder(registry, shadow),
        ),
        provide(OrderDesk, [Bus], (bus) => new OrderDesk(bus, counted)),
        provide(
          Strangers,
          [QuarantineRepository, RegistryRepository],
          (quarantine, registry) => new Strangers(quarantine, registry, adoptInto, logger, now),
        ),
        provide(
          Engine,
          [Database, DeviceRepository, Outbox, DeviceShadow, OrderDesk, Strangers],
          (database, devices, outbox, shadow, desk, strangers) =>
            new Engine(
              {
                database,
                devices,
                frames: new RejectedFrameRepository(),
                outbox,
                shadow,
                desk,
                strangers,
                metrics: counted,
                logger,
                rules,
                now,
              },
              { lanes: config.COMMIT_LANES, maxBatch: config.COMMIT_BATCH_MAX, cacheSize: config.DEVICE_CACHE_SIZE },
            ),
        ),
        provide(Replay, [QuarantineRepository, Engine], (quarantine, engine) => new Replay(quarantine, engine)),
        provide(
          Sweeper,
          [DeviceRepository, MeterRepository, Engine, Replay, ExpiryWatch],
          (devices, meters, engine, replay, expiries) =>
            new Sweeper(devices, meters, engine, replay, expiries, logger, { everyMs: config.SWEEP_EVERY_MS }, now),
        ),
        provide(StatisticsKeeper, [Database], (database) => new StatisticsKeeper(database, logger)),
        provide(
          FactConsumer,
          [Bus, Engine],
          (bus, engine) => new FactConsumer(bus, logger, engine, counted, config.FACT_BATCH_MAX),
        ),
        provide(
          CommandFinishedConsumer,
          [Bus, Engine, HealthRepository],
          (bus, engine, health) => new CommandFinishedConsumer(bus, logger, engine, health),
        ),
        provide(
          ChargeService,
          [Engine, DeviceFinder, HistoryRepository, OrderDesk, Bus],
          (engine, finder, history, desk, bus) =>
            new ChargeService(engine, finder, history, new OrderLookup(history), desk, bus, rules.stopExpiryMs, now),
        ),
        provide(
          CapabilityService,
          [Bus, RegistryRepository],
          (bus, registry) =>
            new CapabilityService(new ProtocolBook(bus, logger, now), registry, config.CAPABILITY_CACHE_MS),
        ),
        provide(
          DeviceService,
          [RegistryRepository, QuarantineRepository, Replay, DeviceFinder, CapabilityService],
          (registry, quarantine, replay, finder, capabilities) =>
            new DeviceService(registry, quarantine, replay, finder, capabilities, rules, now),
        ),
        provide(HealthRepository, [Database], (database) => new HealthRepository(database)),
        provide(
          StatusService,
          [DeviceFinder, HealthRepository],
          (finder, health) => new StatusService(finder, health, now),
        ),
        provide(
          DeviceEditor,
          [RegistryRepository, DeviceFinder, DeviceService, Engine, DeviceShadow, Bus],
          (registry, finder, devices, engine, shadow, bus) =>
            new DeviceEditor(registry, finder, devices, engine, shadow, bus, now),
        ),
        provide(AlarmRepository, [Database], (database) => new AlarmRepository(database)),
        provide(AlarmConsumer, [Bus, AlarmRepository], (bus, alarms) => new AlarmConsumer(bus, logger, alarms)),
        provide(HistoryKeeper, [Database, Bus, RetentionRepository], (database, bus, policies) => {
          const openStore = (): Promise<BlobStore> => BlobStore.open(bus, ARCHIVE_BUCKET);
          const archiver = new Archiver(database, openStore);
          const days: Readonly<Partial<RetentionDays>> = retentionOf(config);
          const kept = Object.values(SESSION_ARCHIVES).map((source) =>
            archiver.retention(source, () => days[source.retained] ?? RETENTION_DAYS[source.retained]),
          );
          const { ARCHIVE_RETENTION_DAYS: archiveDays } = config;
          const archives = archiveRetention(database, new ArchiveRepository(database), openStore, archiveDays);
          const rollup = new Rollup(new RollupRepository(database), now);
          return new HistoryKeeper(
            rollup,
            new RetentionKeeper([...kept, archives], policies, logger, now),
            logger,
            now,
          );
        }),
        provide(RetentionRepository, [Database], (database) => new RetentionRepository(database)),
        provide(
          RetentionService,
          [RetentionRepository, Database],
          (policies, database) => new RetentionService(policies, new ArchiveRepository(database)),
        ),
        provide(
          HistoryService,
          [DeviceFinder, Database, AlarmRepository, RetentionService],
          (finder, database, alarms, retention) =>
            new HistoryService(finder, new SampleHistoryRepository(database), alarms, retention, now),
        ),
        provide(
          DeviceImporter,
          [Bus, RegistryRepository, QuarantineRepository, Replay, Engine],
          (bus, registry, quarantine, replay, engine) =>
            new DeviceImporter(bus, registry, quarantine, replay, engine, now),
        ),
        provide(RegionRepository, [Database], (database) => new RegionRepository(database)),
        provide(StationRepository, [Database], (database) => new StationRepository(database)),
        provide(DeviceGroupRepository, [Database], (database) => new DeviceGroupRepository(database)),
        provide(OrganizationRepository, [Database], (database) => new OrganizationRepository(database)),
        provide(
          OrganizationService,
          [RegionRepository, StationRepository, DeviceGroupRepository],
          (regions, stations, groups) => new OrganizationService(regions, stations, groups),
        ),
        provide(TreeService, [OrganizationRepository], (organization) => new TreeService(organization)),
        provide(ChargeNameRepository, [Database], (database) => new ChargeNameRepository(database)),
        provide(ChargeNames, [ChargeNameRepository], (names) => new ChargeNames(names)),
        provide(
          NetworkService,
          [DeviceFinder, CapabilityService, Engine, Bus],
          (finder, capabilities, engine, bus) => new NetworkService(finder, capabilities, engine, bus, now),
        ),
        provide(SettingsService, [DeviceFinder, Engine, Bus], (...parts) => new SettingsService(...parts)),
        provide(FrameCountRepository, [Database], (database) => new FrameCountRepository(database)),
        provide(
          FrameStatisticsService,
          [FrameCountRepository, DeviceFinder],
          (counts, finder) => new FrameStatisticsService(counts, finder, now),
        ),
        provide(TokenRepository, [Database], (database) => new TokenRepository(database)),
        provide(TokenService, [TokenRepository], (tokens) => new TokenService(tokens)),
        provide(
          AuthorisationService,
          [AnswerRepository, DeviceShadow, ChargeNames, Bus],
          (answers, shadow, names, bus) =>
            new AuthorisationService(
              answers,
              shadow,
              names,
              bus,
              config.CARD_DECISION,
              logger,
              now,
              config.TOKEN_CALLBACK_CACHE_MS,
            ),
        ),
        provide(CredentialRepository, [Database], (database) => new CredentialRepository(database)),
        provide(CertificateRepository, [Database], (database) => new CertificateRepository(database)),
        provide(
          AdmissionService,
          [CredentialRepository, QuarantineRepository],
          (credentials, quarantine) =>
            new AdmissionService(credentials, quarantine, adoptInto, credentialRules.byDefault, now),
        ),
        provide(
          CredentialService,
          [CredentialRepository, CertificateRepository, DeviceFinder, Bus],
          (credentials, certificates, finder, bus) =>
            new CredentialService(credentials, certificates, finder, new DirectOrders(bus), bus, credentialRules, now),
        ),
        provide(
          CertificateService,
          [CertificateRepository, CredentialRepository],
          async (certificates, credentials) =>
            new CertificateService(certificates, credentials, await openAuthority(config, now), logger),
        ),
        provide(
          ExpiryWatch,
          [CertificateRepository, Engine],
          (certificates, engine) => new ExpiryWatch(certificates, engine, config.CERTIFICATE_WARNING_DAYS, now),
        ),
        provide(
          SessionService,
          [
            Bus,
            FactConsumer,
            CommandFinishedConsumer,
            AlarmConsumer,
            HistoryKeeper,
            Sweeper,
            StatisticsKeeper,
            Outbox,
            Engine,
            ChargeService,
            DeviceService,
            DeviceEditor,
            DeviceImporter,
            StatusService,
            OrganizationService,
            TreeService,
            NetworkService,
            SettingsService,
            AuthorisationService,
            TokenService,
            AdmissionService,
            CredentialService,
            CertificateService,
            FrameStatisticsService,
            HistoryService,
            RetentionService,
          ],
          (
            bus,
            facts,
            commands,
            alarms,
            keeper,
            sweeper,
            statistics,
            outbox,
            engine,
            charges,
            devices,
            editor,
            importer,
            statuses,
            organization,
            tree,
            networks,
            settings,
            authorisations,
            tokens,
            admissions,
            credentials,
            certificates,
            frames,
            history,
            retention,
          ) =>
            new SessionService(bus, facts, commands, alarms, keeper, sweeper, statistics, outbox, engine, () => {
              answerAll(bus, charges, devices, networks);
              answerSettings(bus, settings);
              answerEdits(bus, editor, importer);
              answerStatuses(bus, statuses);
              answerFrames(bus, frames);
              answerOrganization(bus, organization, tree);
              answerHistory(bus, history, retention);
              answerTokens(bus, authorisations, tokens);
              answerDoor(bus, admissions, credentials, certificates, (alarm) => raiseAlarm(engine, alarm, now()));
            }),
        ),
      ],
    };
  }
}
