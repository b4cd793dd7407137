import {
  ControlRepository,
  DiagnosisRepository,
  ParameterChangeRepository,
  ParameterVersionRepository,
  TemplateRepository,
} from '@chargebus/persistence/fleet';
import type { INestApplicationContext, Provider } from '@nestjs/common';
import type { Surroundings } from './app.module';
import { CommandLookup } from './commands/command-lookup';
import { ControlAnswers, ControlWorker, DiagnosisWorker } from './control/control.answers';
import { ControlService } from './control/control.service';
import { DeviceDesk } from './devices/device-desk';
import { DiagnosisService } from './diagnosis/diagnosis.service';
import { LeaseWorker } from './lease-worker';
import { ChangeRun } from './params/change-run';
import { ChangeWorker } from './params/change-worker';
import { DeviceNewsConsumer } from './params/device-news.consumer';
import { ParameterAnswers } from './params/parameter.answers';
import { ParameterReader } from './params/parameter-reader';
import { ParameterService } from './params/parameter.service';
import { JobService } from './jobs/job.service';
import { provide } from './provide';
import { Rounds } from './rounds';
import { DriftService } from './templates/drift.service';
import { TemplateAnswers } from './templates/template.answers';
import { TemplatePushJob } from './templates/template-push.job';
import { TemplateReach } from './templates/template-reach';
import { TemplateService } from './templates/template.service';

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
  // Templates of parameters.
  TemplateRepository,
  provide(TemplateReach, [], () => new TemplateReach(bus)),
  provide(TemplateService, [TemplateRepository, TemplateReach], (...parts) => new TemplateService(database, ...parts)),
  provide(
    DriftService,
    [TemplateRepository, TemplateService, ParameterService, DeviceDesk],
    (...parts) => new DriftService(database, ...parts, bus),
  ),
  provide(TemplatePushJob, [TemplateService, ParameterService], (...parts) => new TemplatePushJob(bus, ...parts)),
  provide(
    TemplateAnswers,
    [TemplateService, JobService, TemplatePushJob, DriftService],
    (...parts) => new TemplateAnswers(bus, ...parts),
  ),
  // Control and diagnosis: what is done to a device as a whole, and how it is.
  ControlRepository,
  DiagnosisRepository,
  provide(
    ControlService,
    [ControlRepository, DeviceDesk, CommandLookup],
    (...parts) => new ControlService(database, ...parts, bus),
  ),
  provide(
    ControlWorker,
    [ControlService],
    (controls) => new ControlWorker(new LeaseWorker(controls, logger, config.PARAM_CHANGES_MAX)),
  ),
  provide(
    DiagnosisService,
    [DiagnosisRepository, ParameterVersionRepository, DeviceDesk],
    (...parts) => new DiagnosisService(database, ...parts, bus),
  ),
  provide(
    DiagnosisWorker,
    [DiagnosisService],
    (diagnoses) => new DiagnosisWorker(new LeaseWorker(diagnoses, logger, config.PARAM_CHANGES_MAX)),
  ),
  provide(
    ControlAnswers,
    [ControlService, ControlWorker, DiagnosisService, DiagnosisWorker],
    (...parts) => new ControlAnswers(bus, ...parts),
  ),
];

export async function startManagement(app: INestApplicationContext): Promise<void> {
  const rounds = app.get(Rounds);
  rounds.every(ROUND_MS, app.get(ChangeWorker).round, 'parameter changes');
  rounds.every(ROUND_MS, app.get(ControlWorker).worker.round, 'control actions');
  rounds.every(ROUND_MS, app.get(DiagnosisWorker).worker.round, 'diagnoses');
  rounds.start();
  await app.get(DeviceNewsConsumer).start();
  app.get(ParameterAnswers).start();
  app.get(ControlAnswers).start();
  app.get(TemplateAnswers).start();
}

export async function stopManagement(app: INestApplicationContext, drainMs: number): Promise<void> {
  await app.get(Rounds).stop();
  await app.get(DeviceNewsConsumer).stop();
  await Promise.all([
    app.get(ChangeWorker).stop(drainMs),
    app.get(ControlWorker).worker.stop(drainMs),
    app.get(DiagnosisWorker).worker.stop(drainMs),
  ]);
}
