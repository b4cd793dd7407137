import type { EventEnvelope } from '@chargebus/events';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';

type Answerer = (request: unknown) => Promise<unknown>;

/** The bus where a unit is tested alone: what is asked is answered by the test, what is published is kept. */
export class FakeBus {
  readonly published: EventEnvelope[] = [];
  private readonly answerers = new Map<string, Answerer>();

  answer<D extends RequestDefinition>(definition: D, answerer: (request: RequestOf<D>) => Promise<ReplyOf<D>>): void {
    this.answerers.set(definition.subject, answerer as Answerer);
  }

  ask<D extends RequestDefinition>({ subject }: D, request: RequestOf<D>): Promise<ReplyOf<D>> {
    const answerer = this.answerers.get(subject);
    return answerer === undefined
      ? Promise.reject(new Error(`nobody answers ${subject}`))
      : (answerer(request) as Promise<ReplyOf<D>>);
  }
  publishEvents(events: readonly EventEnvelope[]): Promise<void> {
    this.published.push(...events);
    return Promise.resolve();
  }
}
