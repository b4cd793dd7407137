import type { Command } from '@chargebus/api-contract';
import type { CommandAttempt, CommandView } from '@chargebus/requests';
import type { z } from 'zod';

type Attempt = z.infer<typeof CommandAttempt>;

export function commandView(command: CommandView & { readonly log?: readonly Attempt[] }): z.infer<typeof Command> {
  const { kind, ...parameters } = command.command;
  return {
    command_id: command.commandId,
    phy_id: command.deviceId,
    session_id: command.sessionId,
    action: kind,
    parameters: snakeKeys(parameters),
    command_status: command.status,
    reason: command.reason,
    result: command.result === null ? null : snakeKeys(command.result),
    attempts: command.attempts,
    created_at: command.createdAt,
    sent_at: command.sentAt,
    finished_at: command.finishedAt,
    expires_at: command.expiresAt,
    ...(command.log === undefined ? {} : { log: command.log.map(attemptView) }),
  };
}

const attemptView = (attempt: Attempt) => ({
  attempt_no: attempt.attemptNo,
  started_at: attempt.startedAt,
  sent_at: attempt.sentAt,
  finished_at: attempt.finishedAt,
  outcome: attempt.outcome,
  reason: attempt.reason,
});

/** `durationLimitS` → `duration_limit_s`, in objects inside too. */
export const snakeKeys = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/[A-Z]+/g, (upper) => `_${upper.toLowerCase()}`),
      isRecord(inner)
        ? snakeKeys(inner)
        : Array.isArray(inner)
          ? inner.map((item: unknown) => (isRecord(item) ? snakeKeys(item) : item))
          : inner,
    ]),
  );
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
