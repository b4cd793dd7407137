import { performance } from 'node:perf_hooks';

/** The gateway's only source of time, so that pacing and deadlines are tested without waiting. */
export interface Clock {
  /** Milliseconds that never go back: for gaps, deadlines and idle times. */
  nowMs(): number;
  /** Wall clock, Unix milliseconds: for what leaves the process. */
  epochMs(): number;
  /** Calls back once, not before `ms` from now, 24 days at most; the returned function takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** A longer `setTimeout` fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(Math.ceil(ms), MAX_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};
