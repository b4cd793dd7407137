import { BlobStore, sweepBlobs } from '@chargebus/messaging';
import { Outbox, RetentionKeeper, RetentionRepository } from '@chargebus/persistence';
import {
  FileGrantRepository,
  FirmwareRepository,
  logRetention,
  LogUploadRepository,
  RolloutRepository,
  UpgradeRepository,
} from '@chargebus/persistence/fleet';
import type { GuardedClient } from '@chargebus/security';
import { SignedLink, UploadLink } from '@chargebus/security';
import type { Provider } from '@nestjs/common';
import type { Surroundings } from '../app.module';
import { CommandLookup } from '../commands/command-lookup';
import { FtpDoor } from '../ftp/ftp-door';
import { Grants } from '../ftp/grants';
import { LOG_BUCKET, LogUploadService } from '../logs/log-upload.service';
import { ItemEndings } from '../jobs/item-endings';
import { JobService } from '../jobs/job.service';
import { provide } from '../provide';
import { RolloutJob } from '../rollouts/rollout.job';
import { RolloutEnds } from '../rollouts/rollout-ends';
import { RolloutService } from '../rollouts/rollout.service';
import { Delivery } from './delivery';
import { FirmwareFetcher } from './fetcher';
import { Images } from './images';
import { LibraryService } from './library.service';
import { UpgradeBook } from './upgrade-book';
import { UpgradeConsumer } from './upgrade.consumer';
import { UpgradeRunner } from './upgrade-runner';
import { UpgradeService } from './upgrade.service';

/** Wiring of firmware and logs. `client`: the guarded way out. */
export function firmwareProviders(
  { config, logger, bus, database }: Surroundings,
  client: Pick<GuardedClient, 'check' | 'download'>,
): readonly Provider[] {
  const times = { waitMs: config.FIRMWARE_WAIT_S * 1_000, verifyMs: config.FIRMWARE_VERIFY_S * 1_000 };
  const { FTP_PORT: port, FTP_PUBLIC_ADDRESS: address } = config;
  const deliveryOptions = {
    ftp: port === 0 ? null : { address, port: config.FTP_PUBLIC_PORT === 0 ? port : config.FTP_PUBLIC_PORT },
    lifeMs: config.FIRMWARE_LINK_LIFE_S * 1_000,
    secretsKeys: config.SECRETS_KEYS,
  };
  const fetchLimits = { maxBytes: config.FIRMWARE_MAX_BYTES, timeoutMs: config.FIRMWARE_FETCH_TIMEOUT_S * 1_000 };
  const ftpOptions = {
    host: config.FTP_HOST,
    port,
    publicAddress: address,
    passiveMin: config.FTP_PASSIVE_MIN_PORT,
    passiveMax: config.FTP_PASSIVE_MAX_PORT,
  };
  const logOptions = { lifeMs: config.LOG_UPLOAD_LIFE_S * 1_000, maxBytes: config.LOG_UPLOAD_MAX_BYTES };
  return [
    FirmwareRepository,
    UpgradeRepository,
    FileGrantRepository,
    LogUploadRepository,
    RolloutRepository,
    provide(SignedLink, [], () => new SignedLink(config.SECRETS_KEYS, config.PUBLIC_BASE_URL)),
    provide(UploadLink, [], () => new UploadLink(config.SECRETS_KEYS, config.PUBLIC_BASE_URL)),
    provide(Images, [], () => new Images(bus)),
    provide(
      FirmwareFetcher,
      [FirmwareRepository, Images],
      (...parts) => new FirmwareFetcher(database, ...parts, client, logger, fetchLimits),
    ),
    provide(
      LibraryService,
      [FirmwareRepository, Images, SignedLink, FirmwareFetcher],
      (firmware, images, links, fetcher) => new LibraryService(database, firmware, images, client, links, fetcher),
    ),
    provide(
      Delivery,
      [FileGrantRepository, SignedLink],
      (...parts) => new Delivery(database, ...parts, deliveryOptions),
    ),
    provide(
      UpgradeBook,
      [UpgradeRepository, FirmwareRepository, FileGrantRepository, Outbox],
      (...parts) => new UpgradeBook(database, ...parts, times, logger),
    ),
    provide(
      UpgradeRunner,
      [UpgradeRepository, FirmwareRepository, FileGrantRepository, UpgradeBook, Delivery, CommandLookup],
      (...parts) => new UpgradeRunner(bus, database, ...parts, logger, times),
    ),
    provide(
      UpgradeService,
      [UpgradeRepository, FirmwareRepository, LibraryService, UpgradeBook, Delivery, UpgradeRunner],
      (...parts) => new UpgradeService(bus, database, ...parts, times),
    ),
    provide(
      UpgradeConsumer,
      [UpgradeRepository, UpgradeBook, UpgradeRunner],
      (...parts) => new UpgradeConsumer(bus, logger, database, ...parts),
    ),
    provide(FtpDoor, [FileGrantRepository, Images, UpgradeRunner], (grants, images, runner) => {
      const failed = (error: unknown): void => {
        logger.warn({ err: error }, 'a transfer is not told');
      };
      return new FtpDoor(ftpOptions, new Grants(database, grants, images, runner, failed), logger);
    }),
    provide(
      LogUploadService,
      [LogUploadRepository, UploadLink, SignedLink, CommandLookup],
      (...parts) => new LogUploadService(bus, database, ...parts, logger, logOptions),
    ),
    provide(RetentionKeeper, [LogUploadRepository], (uploads) => {
      const openStore = (): Promise<BlobStore> => BlobStore.open(bus, LOG_BUCKET);
      const logs = logRetention(database, uploads, openStore, config.LOG_RETENTION_DAYS);
      const tidy = async (): Promise<void> => {
        const uploads = await sweepBlobs(bus);
        if (uploads > 0) logger.info({ uploads }, 'blobs.swept');
      };
      return new RetentionKeeper([{ ...logs, tidy }], new RetentionRepository(database), logger);
    }),
    provide(
      RolloutJob,
      [RolloutRepository, UpgradeRepository, LibraryService, UpgradeService],
      (...parts) => new RolloutJob(bus, database, ...parts, times),
    ),
    provide(
      RolloutService,
      [RolloutRepository, UpgradeRepository, LibraryService, UpgradeService, JobService, RolloutJob],
      (...parts) => new RolloutService(bus, database, ...parts),
    ),
    provide(
      RolloutEnds,
      [RolloutRepository, UpgradeRepository, UpgradeBook, ItemEndings],
      (...parts) => new RolloutEnds(database, ...parts, logger),
    ),
  ];
}
