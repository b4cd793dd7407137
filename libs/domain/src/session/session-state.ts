import { z } from 'zod';

/**
 * Where a charge stands (decision 35).
 * `pending`: accepted here, the order is not yet taken by `command`. `starting`: ordered, the device has proved nothing.
 * `charging`: the device said yes or reported energy. `stopping`: a stop was ordered. `interrupted`: it ran, and now
 * nobody hears of it. `settled` and `failed` are final.
 */
export const SessionState = z.enum(['pending', 'starting', 'charging', 'stopping', 'settled', 'failed', 'interrupted']);
export type SessionState = z.infer<typeof SessionState>;

/** What can happen to a charge. Everything that a device, a user or the clock does is one of these. */
export const SESSION_TRIGGERS = [
  'submitted', // `command` took the start
  'accepted', // the device answered yes
  'evidence', // progress, confirmation or a charging port: energy flows
  'refused', // the device answered no
  'never_sent', // the start expired, was cancelled or withdrawn before it left
  'unproven', // the evidence window after a lost or doubtful answer is over
  'stop_ordered', // by a user, a limit or a condition
  'stop_failed', // the device did not carry the stop out; it had started
  'stop_failed_unstarted', // the same, and nothing shows that it ever started
  'stopped_unstarted', // the device says that nothing runs, and nothing shows that it ever did
  'lost', // the device went offline, or its port no longer charges and no settlement came
  'settled', // final account of a charge that delivered something or had started
  'settled_empty', // final account of a charge that never started and delivered nothing
  'not_settled', // no settlement within the orphan period
] as const;
export type SessionTrigger = (typeof SESSION_TRIGGERS)[number];

type Row = Partial<Record<SessionTrigger, SessionState>>;

const beforeStart: Row = {
  accepted: 'charging',
  evidence: 'charging',
  refused: 'failed',
  never_sent: 'failed',
  unproven: 'failed',
  stop_ordered: 'stopping',
  settled: 'settled',
  settled_empty: 'failed',
};

/** The whole state machine. What is not in a row does not move that state; `settled` and `failed` are never left. */
export const SESSION_TRANSITIONS: Readonly<Record<SessionState, Row>> = {
  pending: { submitted: 'starting', ...beforeStart },
  starting: beforeStart,
  charging: { stop_ordered: 'stopping', lost: 'interrupted', settled: 'settled', settled_empty: 'settled' },
  stopping: {
    refused: 'failed',
    never_sent: 'failed',
    unproven: 'failed',
    stop_failed: 'charging',
    stop_failed_unstarted: 'starting',
    stopped_unstarted: 'failed',
    lost: 'interrupted',
    settled: 'settled',
    settled_empty: 'failed',
  },
  interrupted: {
    accepted: 'charging',
    evidence: 'charging',
    stop_ordered: 'stopping',
    settled: 'settled',
    settled_empty: 'settled',
    not_settled: 'failed',
  },
  settled: {},
  failed: {},
};

/** The next state, or null when the trigger does not move this one. */
export const nextState = (state: SessionState, trigger: SessionTrigger): SessionState | null =>
  SESSION_TRANSITIONS[state][trigger] ?? null;

export const isFinal = (state: SessionState): boolean => state === 'settled' || state === 'failed';
