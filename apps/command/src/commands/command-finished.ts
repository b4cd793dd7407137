import { createHash } from 'node:crypto';
import { CommandFinished } from '@chargebus/events';
import type { CommandRecord } from '@chargebus/persistence/command';

/**
 * The event for a command that is over. Its id is a function of the command and of when it ended, so that the relay's
 * repeat is the same event and a command that died, was replayed and ended again has two.
 */
export function commandFinished(command: CommandRecord): CommandFinished {
  const { status, finishedAt } = command;
  if (finishedAt === null || status === 'queued' || status === 'sent')
    throw new Error(`command ${command.commandId} is ${status}, not over`);
  const causeId = `${command.commandId}:${finishedAt}`;
  return {
    id: `evt_${createHash('sha256').update(`${causeId}:${CommandFinished.type}`).digest('hex').slice(0, 32)}`,
    type: CommandFinished.type,
    version: CommandFinished.version,
    tenantId: command.tenantId,
    deviceId: command.deviceId,
    occurredAt: finishedAt,
    sequence: 0, // internal: not part of the device's public order of events
    causeId,
    data: {
      commandId: command.commandId,
      kind: command.kind,
      sessionId: command.sessionId,
      outcome: status,
      reason: command.reason,
      attempts: command.attempts,
      latencyMs: command.sentAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(command.sentAt)),
    },
  };
}
