export { fleetMigrations } from './migrations';
export type {
  JobItemRecord,
  JobItemStatus,
  JobItemStep,
  JobOptions,
  JobRecord,
  JobResult,
  JobState,
  JobTally,
  NewJob,
  NewJobItem,
} from './job.record';
export { JobRepository } from './job.repository';
export type { JobFilter } from './job.repository';
export { JobItemRepository } from './job-item.repository';
export { ParameterChangeRepository } from './params/change.repository';
export { ParameterVersionRepository } from './params/param-version.repository';
export type {
  Actor,
  ChangeEnd,
  ChangeRecord,
  ChangeState,
  KnownValue,
  NamedValues,
  NewChange,
  ParameterResult,
  VersionRecord,
} from './params/param.record';
export { FirmwareRepository } from './firmware.repository';
export type { FirmwareRecord, FirmwareState, FirmwareTarget, NewFirmware } from './firmware.repository';
export { OPEN_UPGRADES, UpgradeRepository } from './upgrade.repository';
export type { NewUpgrade, UpgradeChange, UpgradePhase, UpgradeRecord, UpgradeState } from './upgrade.repository';
export { FileGrantRepository } from './file-grant.repository';
export type { FileGrant } from './file-grant.repository';
export { logRetention } from './log-retention';
export { blobOfLog, LogUploadRepository } from './log-upload.repository';
export type { LogUploadRecord, LogUploadState, NewLogUpload } from './log-upload.repository';
export { ControlRepository } from './controls/control.repository';
export type { ControlAction, ControlOutcome, ControlRecord, ControlState } from './controls/control.repository';
export { DiagnosisRepository } from './controls/diagnosis.repository';
export type { DiagnosisRecord, TestItem, TestResult } from './controls/diagnosis.repository';
export { TemplateRepository } from './params/template.repository';
export type { KnownValues, TemplateContent, TemplateRecord, TemplateVisibility } from './params/template.repository';
export { RolloutRepository } from './rollout.repository';
export type { RolloutRecord } from './rollout.repository';
