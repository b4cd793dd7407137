import { parseRetryAfter } from './retry-after';

/** What follows from one attempt, for the delivery and for its endpoint. */
export interface Verdict {
  readonly state: 'succeeded' | 'pending' | 'dead';
  readonly dueInMs: number; // until the next attempt; 0 where there is none
  readonly endpoint: 'well' | 'failing' | 'gone';
  readonly pauseMs: number; // how long nothing is sent to the endpoint at all
}
export interface AttemptFacts {
  readonly status: number | null;
  readonly retryAfter: string | null;
  readonly tries: number; // attempts of this schedule before this one
  readonly retryCount: number | null; // null: as many as the schedule has delays
}

const GONE = 410;
const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const JITTER = 0.2;

/**
 * 2xx is success, all else is not (a redirect too: it is not followed). 410 says that nobody will ever listen there.
 * A receiver that is overloaded (429, 503) and names a time gets nothing at all before it, and this delivery not before
 * its schedule either; a 429 without a time pauses the endpoint for the first delay. Who wants more retries than the
 * schedule has gets the last delay again and again. `random`: 0 ≤ x < 1.
 */
export function decide(facts: AttemptFacts, delaysS: readonly number[], nowMs: number, random: number): Verdict {
  const { status } = facts;
  if (status !== null && status >= 200 && status < 300)
    return { state: 'succeeded', dueInMs: 0, endpoint: 'well', pauseMs: 0 };
  if (status === GONE) return { state: 'dead', dueInMs: 0, endpoint: 'gone', pauseMs: 0 };
  const overloaded = status === TOO_MANY_REQUESTS || status === SERVICE_UNAVAILABLE;
  const named = overloaded ? parseRetryAfter(facts.retryAfter, nowMs) : null;
  const pauseMs = named ?? (status === TOO_MANY_REQUESTS ? (delaysS[0] ?? 0) * 1_000 : 0);
  const delayS =
    facts.tries < (facts.retryCount ?? delaysS.length) ? (delaysS[facts.tries] ?? delaysS.at(-1)) : undefined;
  if (delayS === undefined) return { state: 'dead', dueInMs: 0, endpoint: 'failing', pauseMs };
  const scheduledMs = delayS * 1_000 * (1 - JITTER + 2 * JITTER * random);
  return { state: 'pending', dueInMs: Math.max(scheduledMs, pauseMs), endpoint: 'failing', pauseMs };
}
