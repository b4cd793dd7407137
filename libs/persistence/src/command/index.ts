export { commandMigrations } from './migrations';
export { COMMAND_ARCHIVE } from './archive-source';
export { AttemptRepository } from './attempt.repository';
export type { AttemptKey, FinishedAttempt, PostponedAttempt } from './attempt.repository';
export { CommandRepository } from './command.repository';
export type { AcceptLimits, LogPosition, NewCommand } from './command.repository';
export type { AttemptRecord, ClaimedCommand, CommandRecord, DueCommand } from './command.record';
