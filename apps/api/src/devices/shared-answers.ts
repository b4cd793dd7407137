import type { ApiScope, Route } from '@chargebus/api-contract';
import { LRUCache } from 'lru-cache';

/** An answer is good for so long, counted from its question. */
const GOOD_FOR_MS = 500;
const MAX_ANSWERS = 1_000;
const OF_DEVICES: ReadonlySet<ApiScope> = new Set([
  'devices:write',
  'devices:maintain',
  'devices:dangerous',
  'charge:control',
  'commands:write',
  'batch:control',
  'approvals:decide',
  'simulate',
  'internal',
]);

/** Whether a caller may expect to see what this call did when it asks for devices next. */
export const changesDevices = ({ mutates, scope }: Pick<Route, 'mutates' | 'scope'>): boolean =>
  mutates && OF_DEVICES.has(scope);

/**
 * One answer for equal questions that come close together (ADR 0200). Whatever limits what a caller sees belongs into
 * the question. Forgotten as soon as a call changes devices, so that nobody misses what they did themselves.
 */
export class SharedAnswers<T> {
  private readonly answers = new LRUCache<string, Promise<T>>({ max: MAX_ANSWERS, ttl: GOOD_FOR_MS });

  get(question: object, ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    this.answers.set(key, answer);
    answer.catch(() => {
      if (this.answers.peek(key) === answer) this.answers.delete(key);
    });
    return answer;
  }

  forgetAll(): void {
    this.answers.clear();
  }
}
