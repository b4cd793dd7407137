import type { Bus } from '@chargebus/messaging';
import { RetentionKeeper } from '@chargebus/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import { FtpDoor } from '../ftp/ftp-door';
import { LogUploadService } from '../logs/log-upload.service';
import { answerRollouts } from '../rollouts/rollout.answers';
import { RolloutEnds } from '../rollouts/rollout-ends';
import { RolloutService } from '../rollouts/rollout.service';
import { FirmwareFetcher } from './fetcher';
import { answerFirmware } from './firmware.answers';
import { LibraryService } from './library.service';
import { UpgradeConsumer } from './upgrade.consumer';
import { UpgradeRunner } from './upgrade-runner';
import { UpgradeService } from './upgrade.service';

/** Takes up the work on firmware and logs; what comes back ends it. */
export async function beginFirmwareWork(
  app: INestApplicationContext,
  bus: Bus,
  servesFtp: boolean,
): Promise<() => Promise<void>> {
  const door = servesFtp ? app.get(FtpDoor) : null;
  const [fetcher, runner, logs] = [app.get(FirmwareFetcher), app.get(UpgradeRunner), app.get(LogUploadService)];
  const [consumer, rolloutEnds, retention] = [app.get(UpgradeConsumer), app.get(RolloutEnds), app.get(RetentionKeeper)];
  answerFirmware(bus, app.get(LibraryService), app.get(UpgradeService), logs);
  answerRollouts(bus, app.get(RolloutService));
  for (const work of [fetcher, runner, logs, rolloutEnds, retention]) work.start();
  await Promise.all([door?.listen(), consumer.start()]);
  return async () => {
    await Promise.all([door?.close(), consumer.stop()]);
    await Promise.all([fetcher.stop(), runner.stop(), logs.stop(), rolloutEnds.stop(), retention.stop()]);
  };
}
