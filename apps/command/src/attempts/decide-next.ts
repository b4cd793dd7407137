import type { CommandOutcome, DeviceCommandKind } from '@chargebus/domain';
import type { CommandStatus } from '@chargebus/requests';
import { ORDER_RULES } from '../commands/order-rules';

/**
 * How an attempt ended, as far as it can be known. `lost`: the gateway never said; `moved`: it said nothing although the
 * device is on another connection since, and the order may be repeated.
 */
export interface AttemptEnd {
  readonly outcome: CommandOutcome | { readonly status: 'lost' | 'moved' };
  /** Frames that are known to have been written. */
  readonly sends: number;
}
export interface AttemptFacts {
  readonly kind: DeviceCommandKind;
  /** An earlier attempt may have reached the device. */
  readonly exposedBefore: boolean;
  readonly failures: number;
  readonly waits: number;
}
export interface RetryPolicy {
  readonly maxFailures: number;
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly maxOfflineDelayMs: number;
}
export type Next =
  | {
      readonly kind: 'finish';
      readonly status: CommandStatus;
      readonly reason: string | null;
      readonly result: Readonly<Record<string, unknown>> | null;
      /** The device itself has answered. */
      readonly definitive: boolean;
    }
  | {
      readonly kind: 'postpone';
      readonly delayMs: number;
      readonly exposed: boolean;
      readonly failures: number;
      readonly waits: number;
    };

/** AP3000 result 2: the port is in the state that was asked for already. */
const SAME_STATE = 'same_state';

/**
 * What becomes of a command after an attempt: it is over, or it waits. `jitter` in [0, 1) spreads the retries of a
 * whole site over ±20 %.
 */
export function decideNext(facts: AttemptFacts, end: AttemptEnd, policy: RetryPolicy, jitter: number): Next {
  const { outcome } = end;
  switch (outcome.status) {
    case 'acked':
      return finish('acked', null, outcome.result, true);
    case 'rejected':
      return meansDone(facts, end, outcome.reason)
        ? finish('acked', null, { already: true }, true)
        : finish('rejected', outcome.reason, null, true);
    case 'unsupported':
    case 'invalid':
      return finish('rejected', `${outcome.status}: ${outcome.reason}`, null, true);
    case 'withdrawn':
      // Never sent: too late in the gateway's queue, a gateway that shuts down, or a stop. The stop came through us
      // and has called the start off, which ends it here; in the other cases it is still wanted.
      return postpone(facts, { exposed: facts.exposedBefore, delayMs: spread(policy.delayMs, jitter) });
    case 'offline':
      return end.sends > 0 ? afterLoss(facts, 'connection_lost', policy, jitter) : awaitDevice(facts, policy, jitter);
    case 'lost':
      return afterLoss(facts, 'gateway_lost', policy, jitter);
    case 'moved':
      // The device is there, so at once; that its gateway died is no failure of the order.
      return postpone(facts, { exposed: true, delayMs: 0 });
    case 'no_reply':
      return ORDER_RULES[facts.kind].repeatAfterSilence
        ? retry(facts, 'no_reply', policy, jitter)
        : finish('no_reply', null, null, false);
  }
}

/** A stop of what does not run, and a start that runs because an earlier copy of it arrived, are done. */
const meansDone = (facts: AttemptFacts, end: AttemptEnd, reason: string): boolean =>
  reason === SAME_STATE &&
  (facts.kind === 'charge.stop' || (facts.kind === 'charge.start' && (facts.exposedBefore || end.sends > 1)));

/** Nobody holds the device. That is no failure, however often it is found. */
const awaitDevice = (facts: AttemptFacts, policy: RetryPolicy, jitter: number): Next =>
  postpone(facts, {
    exposed: facts.exposedBefore,
    waits: facts.waits + 1,
    delayMs: spread(Math.min(policy.maxOfflineDelayMs, doubled(policy.delayMs, facts.waits)), jitter),
  });

const afterLoss = (facts: AttemptFacts, reason: string, policy: RetryPolicy, jitter: number): Next =>
  ORDER_RULES[facts.kind].repeatable ? retry(facts, reason, policy, jitter) : finish('no_reply', reason, null, false);

function retry(facts: AttemptFacts, reason: string, policy: RetryPolicy, jitter: number): Next {
  const failures = facts.failures + 1;
  if (failures >= policy.maxFailures) return finish('dead', reason, null, false);
  const delayMs = spread(Math.min(policy.maxDelayMs, doubled(policy.delayMs, facts.failures)), jitter);
  return postpone(facts, { exposed: true, failures, delayMs });
}

const finish = (
  status: CommandStatus,
  reason: string | null,
  result: Readonly<Record<string, unknown>> | null,
  definitive: boolean,
): Next => ({ kind: 'finish', status, reason, result, definitive });

const postpone = (
  facts: AttemptFacts,
  change: { exposed: boolean; delayMs: number; failures?: number; waits?: number },
): Next => ({ kind: 'postpone', failures: facts.failures, waits: facts.waits, ...change });

const doubled = (ms: number, times: number): number => ms * 2 ** Math.min(times, 20);
const spread = (ms: number, jitter: number): number => Math.round(ms * (0.8 + 0.4 * jitter));
