import { snakeName } from '@chargebus/api-contract';
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

/** Keys of these are the caller's own or the device's: data rather than names of ours. */
const DATA = new Set(['values']);
const SECRET = /password|secret|authori[sz]ationkey|keyhex$/i;
const URL_CREDENTIALS = /\/\/[^/@\s]+@/;
const MAX_TEXT = 4_000; // a firmware image is longer

/** `durationLimitS` → `duration_limit_s`, in objects inside too; secrets are starred, long texts cut. */
export const snakeKeys = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  mapEntries(value, (name, inner) => [
    snakeName(name),
    DATA.has(name) && isRecord(inner) ? shownData(inner) : shown(name, inner),
  ]);

const shownData = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  mapEntries(data, (name, inner) => [name, shown(name, inner)]);

function shown(name: string, value: unknown): unknown {
  if (value !== null && SECRET.test(name)) return '***';
  if (typeof value === 'string')
    return value.length > MAX_TEXT ? `${value.slice(0, 40)}…` : value.replace(URL_CREDENTIALS, '//***@');
  if (Array.isArray(value)) return value.map((item: unknown) => (isRecord(item) ? snakeKeys(item) : item));
  return isRecord(value) ? snakeKeys(value) : value;
}

const mapEntries = (
  value: Readonly<Record<string, unknown>>,
  map: (name: string, inner: unknown) => readonly [string, unknown],
): Record<string, unknown> => Object.fromEntries(Object.entries(value).map(([name, inner]) => map(name, inner)));
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
