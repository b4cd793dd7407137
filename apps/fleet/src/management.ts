import { ParameterChangeRepository, ParameterVersionRepository } from '@chargebus/persistence/fleet';
import type { INestApplicationContext, Provider } from '@nestjs/common';
import type { Surroundings } from './app.module';
import { DeviceDesk } from './devices/device-desk';
import { ChangeRun } from './params/change-run';
import { ChangeWorker } from './params/change-worker';
import { DeviceNewsConsumer } from './params/device-news.consumer';
import { ParameterAnswers } from './params/parameter.answers';
import { ParameterReader } from './params/parameter-reader';
import { ParameterService } from './params/parameter.service';
import { provide } from './provide';
import { Rounds } from './rounds';

const ROUND_MS = 1_000;

/** Managing single devices: their parameters, what is done to them as a whole, how they are. */
export const managementProviders = ({ config, logger, bus, database }: Surroundings): readonly Provider[] => [
  provide(Rounds, [], () => new Rounds(logger)),
  provide(DeviceDesk, [], () => new DeviceDesk(bus)),
  ParameterChangeRepository,
  ParameterVersionRepository,
  provide(ParameterReader, [DeviceDesk], (desk) => new ParameterReader(desk)),
  provide(ChangeRun, [DeviceDesk, ParameterReader], (...parts) => new ChangeRun(...parts, bus)),
  provide(
    ChangeWorker,
    [ParameterChangeRepository, ParameterVersionRepository, ChangeRun],
    (...parts) => new ChangeWorker(database, ...parts, bus, logger, config.PARAM_CHANGES_MAX),
  ),
  provide(
    ParameterService,
    [ParameterChangeRepository, ParameterVersionRepository, DeviceDesk, ParameterReader, ChangeWorker],
    (...parts) => new ParameterService(database, ...parts),
  ),
  provide(ParameterAnswers, [ParameterService], (parameters) => new ParameterAnswers(bus, parameters)),
  provide(
    DeviceNewsConsumer,
    [ParameterChangeRepository],
    (changes) => new DeviceNewsConsumer(bus, logger, database, changes),
  ),
];

export async function startManagement(app: INestApplicationContext): Promise<void> {
  const rounds = app.get(Rounds);
  rounds.every(ROUND_MS, app.get(ChangeWorker).round, 'parameter changes');
  rounds.start();
  await app.get(DeviceNewsConsumer).start();
  app.get(ParameterAnswers).start();
}

export async function stopManagement(app: INestApplicationContext, drainMs: number): Promise<void> {
  await app.get(Rounds).stop();
  await app.get(DeviceNewsConsumer).stop();
  await app.get(ChangeWorker).stop(drainMs);
}
