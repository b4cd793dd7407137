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
import { DriftService } from './templates/drift.service';
import { TemplateAnswers } from './templates/template.answers';
import { TemplatePushJob } from './templates/template-push.job';
import { TemplateReach } from './templates/template-reach';
import { TemplateService } from './templates/template.service';

/** Managing single devices: their parameters, what is done to them as a whole, how they are. */
export const managementProviders = ({ config, logger, bus, database }: Surroundings): readonly Provider[] => [
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
    (controls) => new ControlWorker(new LeaseWorker('control actions', controls, logger, config.PARAM_CHANGES_MAX)),
  ),
  provide(
    DiagnosisService,
    [DiagnosisRepository, ParameterVersionRepository, DeviceDesk],
    (...parts) => new DiagnosisService(database, ...parts, bus),
  ),
  provide(
    DiagnosisWorker,
    [DiagnosisService],
    (diagnoses) => new DiagnosisWorker(new LeaseWorker('diagnoses', diagnoses, logger, config.PARAM_CHANGES_MAX)),
  ),
  provide(
    ControlAnswers,
    [ControlService, ControlWorker, DiagnosisService, DiagnosisWorker],
    (...parts) => new ControlAnswers(bus, ...parts),
  ),
];

export async function startManagement(app: INestApplicationContext): Promise<void> {
  app.get(ChangeWorker).start();
  app.get(ControlWorker).worker.start();
  app.get(DiagnosisWorker).worker.start();
  await app.get(DeviceNewsConsumer).start();
  app.get(ParameterAnswers).start();
  app.get(ControlAnswers).start();
  app.get(TemplateAnswers).start();
}

export async function stopManagement(app: INestApplicationContext, drainMs: number): Promise<void> {
  await app.get(DeviceNewsConsumer).stop();
  await Promise.all([
    app.get(ChangeWorker).stop(drainMs),
    app.get(ControlWorker).worker.stop(drainMs),
    app.get(DiagnosisWorker).worker.stop(drainMs),
  ]);
}
