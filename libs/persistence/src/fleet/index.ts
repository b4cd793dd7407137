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
export type { JobFilter, JobPage } from './job.repository';
export { JobItemRepository } from './job-item.repository';
export type { JobItemPage } from './job-item.repository';
export { ParameterChangeRepository } from './params/change.repository';
export { ParameterVersionRepository } from './params/param-version.repository';
export type {
  Actor,
  ChangeEnd,
  ChangeOutcome,
  ChangeRecord,
  ChangeState,
  KnownValue,
  NamedValues,
  NewChange,
  ParameterOutcome,
  ParameterResult,
  VersionRecord,
} from './params/param.record';
