import type { ApiScope, Route } from '@chargebus/api-contract';
import type { Bus, RequestContext } from '@chargebus/messaging';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { News } from '../news';

/** An answer is good for so long, counted from its question. */
const GOOD_FOR_MS = 1_000;
/** Who asks later than this begins the next question, so that nobody waits for it who can have the answer. */
const RENEWED_AFTER_MS = 500;
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

interface Shared {
  readonly askedAtMs: number;
  readonly answer: Promise<unknown>;
  isRenewed: boolean;
}

/**
 * One answer of `session` for equal questions about many devices that come close together (ADR 0200). Whatever limits
 * what a caller sees belongs into the question. Forgotten as soon as a call changes devices, so that nobody misses what
 * they did themselves.
 */
export class SharedAnswers {
  private readonly answers: LRUCache<string, Shared>;
  private changes = 0;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    news: Pick<News, 'on'>,
    private readonly clock: Pick<typeof performance, 'now'> = performance,
  ) {
    this.answers = new LRUCache({
      max: MAX_ANSWERS,
      ttl: GOOD_FOR_MS,
      ttlResolution: 0,
      ttlAutopurge: true, // a page can be large
      perf: clock,
    });
    news.on('devices', () => {
      this.changes++;
      this.answers.clear();
    });
  }

  ask<D extends RequestDefinition>(
    definition: D,
    question: RequestOf<D>,
    context: RequestContext,
  ): Promise<ReplyOf<D>> {
    const key = `${definition.subject} ${JSON.stringify(question)}`;
    const askNow = (): Shared => ({
      askedAtMs: this.clock.now(),
      answer: this.bus.ask(definition, question, { context }),
      isRenewed: false,
    });
    const known = this.answers.get(key);
    if (known !== undefined && this.clock.now() - known.askedAtMs > RENEWED_AFTER_MS) this.renew(key, known, askNow);
    return (known ?? this.share(key, askNow())).answer as Promise<ReplyOf<D>>; // of this definition, as the key says
  }

  private share(key: string, shared: Shared): Shared {
    this.answers.set(key, shared);
    shared.answer.catch(() => {
      if (this.answers.peek(key) === shared) this.answers.delete(key);
    });
    return shared;
  }

  /** The next answer takes its place when it is there; should it fail, the old one runs out and the next caller hears why. */
  private renew(key: string, known: Shared, askNow: () => Shared): void {
    if (known.isRenewed) return;
    known.isRenewed = true;
    const { changes } = this;
    const next = askNow();
    next.answer.then(
      () => {
        if (changes === this.changes) this.answers.set(key, next, { start: next.askedAtMs });
      },
      () => undefined,
    );
  }
}
