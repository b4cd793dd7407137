import type { CommandAttempt, CommandState, CommandStatus, CommandView } from '@chargebus/requests';
import type { AttemptRecord, CommandRecord } from '@chargebus/persistence/command';
import type { z } from 'zod';

/** What others see of a command. */
export const toView = (command: CommandRecord): CommandView => ({
  commandId: command.commandId,
  tenantId: command.tenantId,
  deviceId: command.deviceId,
  sessionId: command.sessionId,
  clientId: command.clientId,
  command: command.command,
  status: command.status,
  reason: command.reason,
  result: command.result === null ? null : { ...command.result },
  attempts: command.attempts,
  createdAt: command.createdAt,
  sentAt: command.sentAt,
  finishedAt: command.finishedAt,
  expiresAt: command.expiresAt,
});

export const toState = ({ commandId, tenantId, status, reason, result, finishedAt }: CommandRecord): CommandState => ({
  commandId,
  tenantId,
  status,
  reason,
  result: result === null ? null : { ...result },
  finishedAt,
});

export const toAttemptView = (attempt: AttemptRecord): z.infer<typeof CommandAttempt> => ({
  attemptNo: attempt.attemptNo,
  startedAt: attempt.startedAt,
  sentAt: attempt.sentAt,
  finishedAt: attempt.finishedAt,
  outcome: attempt.outcome,
  reason: attempt.reason,
});

export type Milestone = 'sent' | 'finished';
/** Whether a command has come as far as a caller waits for; what is over was either sent or never will be. */
export const reached = (status: CommandStatus, until: Milestone): boolean =>
  until === 'sent' ? status !== 'queued' : status !== 'queued' && status !== 'sent';
