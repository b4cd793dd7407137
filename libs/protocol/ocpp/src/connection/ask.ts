import type { CommandOutcome, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { StationCall } from './version';

export interface Moment {
  readonly at: Instant;
  readonly atMs: number;
}
export interface CallError {
  readonly code: string;
  readonly description: string;
}

/** One CALL of ours, and what its answer means. */
export interface Ask {
  readonly action: string;
  readonly payload: object;
  readonly timeoutMs: number;
  /** How often it is sent again after a silence; only what asks and changes nothing. */
  readonly resends: number;
  judge(answer: object, moment: Moment): Turn;
  /** Absent: not implemented and not supported are `unsupported`, anything else a refusal. */
  judgeError?(error: CallError, moment: Moment): Turn;
  onSilence?(moment: Moment): Turn;
  /** A CALL of the station meanwhile. Null: it has nothing to do with this. */
  hears?(call: StationCall, moment: Moment): Turn | null;
  /** The connection ended, and that says more than that there was no reply. */
  onClosed?(): CommandOutcome;
}
/** What was asked was accepted, and what the station sends next tells how it went. */
export interface Wait {
  readonly waitMs: number;
  hears(call: StationCall, moment: Moment): Turn | null;
  onSilence(moment: Moment): Turn;
  onClosed?(): CommandOutcome;
}
/** How it goes on. */
export interface Turn {
  readonly facts?: readonly ProtocolEvent[];
  readonly next: CommandOutcome | Ask | Wait;
}

const TIMEOUT_MS = 30_000;
/** Long lists, and a lock that moves. */
const SLOW_MS = 60_000;
const SLOW: ReadonlySet<string> = new Set([
  'GetConfiguration',
  'GetBaseReport',
  'GetReport',
  'SendLocalList',
  'GetDiagnostics',
  'GetLog',
  'UnlockConnector',
]);
const READS = /^(Get|TriggerMessage|ExtendedTriggerMessage)/;
const NO_READS: ReadonlySet<string> = new Set(['GetDiagnostics', 'GetLog']); // each begins an upload

/** Page §2.5: the usual times, and reads once more. */
export const ask = (action: string, payload: object, rest: Pick<Ask, 'judge'> & Partial<Ask>): Ask => ({
  timeoutMs: SLOW.has(action) ? SLOW_MS : TIMEOUT_MS,
  resends: READS.test(action) && !NO_READS.has(action) ? 1 : 0,
  ...rest,
  action,
  payload,
});

export const done = (outcome: CommandOutcome, ...facts: readonly ProtocolEvent[]): Turn => ({ facts, next: outcome });
export const then = (next: Ask | Wait, ...facts: readonly ProtocolEvent[]): Turn => ({ facts, next });
export const acked = (result: Readonly<Record<string, unknown>> = {}, ...facts: readonly ProtocolEvent[]): Turn =>
  done({ status: 'acked', result }, ...facts);
export const rejected = (reason: string): Turn => done({ status: 'rejected', reason });
export const unsupported = (reason: string): CommandOutcome => ({ status: 'unsupported', reason });
export const NO_REPLY: CommandOutcome = { status: 'no_reply' };

const CANNOT: ReadonlySet<string> = new Set(['NotImplemented', 'NotSupported']);
export const outcomeOfError = ({ code, description }: CallError): CommandOutcome =>
  CANNOT.has(code)
    ? { status: 'unsupported', reason: toToken(code), of: 'model' }
    : { status: 'rejected', reason: description === '' ? toToken(code) : `${toToken(code)}: ${description}` };

/** `NotImplemented` → `not_implemented`. */
export const toToken = (word: string): string =>
  word
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();
