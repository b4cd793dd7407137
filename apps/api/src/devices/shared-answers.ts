import type { ApiScope, Route } from '@chargebus/api-contract';
import type { Bus, RequestContext } from '@chargebus/messaging';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { News } from '../news';

/** An answer is good for so long, counted from its question. */
const GOOD_FOR_MS = 500;
const MAX_ANSWERS = 1_000;
const OF_DEVICES: ReadonlySet<ApiScope> = new Set([
  'devices:write',
  'devices:maintain',
  'devices:dangerous',
  'params:write',
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
 * One answer of `session` for equal questions about many devices that come close together (ADR 0200). Whatever limits
 * what a caller sees belongs into the question. Forgotten as soon as a call changes devices, so that nobody misses what
 * they did themselves.
 */
export class SharedAnswers {
  private readonly answers = new LRUCache<string, Promise<unknown>>({
    max: MAX_ANSWERS,
    ttl: GOOD_FOR_MS,
    ttlAutopurge: true, // a page can be large
  });

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    news: Pick<News, 'on'>,
  ) {
    news.on('devices', () => {
      this.answers.clear();
    });
  }

  ask<D extends RequestDefinition>(
    definition: D,
    question: RequestOf<D>,
    context: RequestContext,
  ): Promise<ReplyOf<D>> {
    const key = `${definition.subject} ${JSON.stringify(question)}`;
    const known = this.answers.get(key) as Promise<ReplyOf<D>> | undefined; // of this definition, as the key says
    if (known !== undefined) return known;
    const answer = this.bus.ask(definition, question, { context });
    this.answers.set(key, answer);
    answer.catch(() => {
      if (this.answers.peek(key) === answer) this.answers.delete(key);
    });
    return answer;
  }
}
