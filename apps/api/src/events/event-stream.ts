import type { PayloadVersion } from '@chargebus/domain';
import { envelopeSchema, findEvent, renderEvent, StreamClosing, StreamGap, StreamOverflow } from '@chargebus/events';
import type { EventEnvelope, StreamEvent } from '@chargebus/events';
import { isTransient } from '@chargebus/messaging';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { passing } from './stream-filter';
import type { StreamFilter } from './stream-filter';

export type ClosingReason = 'shutdown' | 'lifetime' | 'access_changed';
export interface StreamTiming {
  readonly heartbeatMs: number;
  readonly stallMs: number; // a reader that takes nothing for so long, while something waits, is cut off
  readonly lifetimeMs: number;
}
/** Where a stream begins. */
export interface Beginning {
  readonly position: number; // sequence in EVENTS that was seen last
  readonly gap: { readonly after: number; readonly continuesAt: number } | null; // what was asked for is gone
}
interface Incoming {
  readonly seq: number;
  readonly event: EventEnvelope;
}

const BATCH_EVENTS = 64;
const BATCH_BYTES = 65_536;
/** For so many times its patience a stream waits for who was cut off to take the good-bye. */
const GOOD_BYE_STALLS = 2;
const RECONNECT_AFTER_MS = 3_000;
const ASK_AGAIN_MS = 1_000;

/**
 * One reader's server-sent events. It is pulled: what is not asked for stays in NATS, so that a reader costs the same
 * memory however slow it is; one that stops reading is cut off. An iterator by hand, because it has to end at once when
 * the reader leaves, also while it waits.
 */
export class EventStream implements AsyncIterableIterator<string> {
  private readonly messages: AsyncIterator<JsMsg>;
  private arriving: Promise<IteratorResult<JsMsg>> | null = null;
  private opened = false;
  private ended = false;
  private closing: ClosingReason | null = null;
  private stalled = false;
  private over = false; // the last block was made
  private position: number;
  private stallTimer: NodeJS.Timeout | null = null;
  private readonly lifeTimer: NodeJS.Timeout;
  private readonly abandoning = new AbortController();
  /** Aborted when a reader that was cut off does not even take its good-bye: its connection is to be closed. */
  readonly abandoned = this.abandoning.signal;
  private interrupt: () => void = () => undefined;

  constructor(
    private readonly source: ConsumerMessages,
    private readonly beginning: Beginning,
    private readonly filter: StreamFilter,
    private readonly version: PayloadVersion,
    private readonly timing: StreamTiming,
    private readonly left: (stalled: boolean) => void,
  ) {
    this.position = beginning.position;
    this.messages = source[Symbol.asyncIterator]();
    this.lifeTimer = setTimeout(() => {
      this.close('lifetime');
    }, timing.lifetimeMs);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Says good-bye and ends. */
  close(reason: ClosingReason): void {
    this.closing ??= reason;
    this.interrupt();
  }

  async next(): Promise<IteratorResult<string>> {
    if (this.stallTimer !== null) clearTimeout(this.stallTimer);
    if (this.ended) return { done: true, value: undefined };
    const chunk = this.opened ? await this.nextChunk() : this.opening();
    this.opened = true;
    if (this.hasEnded()) return { done: true, value: undefined }; // it left while we waited
    if (this.over) this.end();
    else this.watchReader();
    return { done: false, value: chunk };
  }

  /** The reader has gone. */
  return(): Promise<IteratorResult<string>> {
    this.end();
    this.interrupt();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** A method, so that the compiler does not take an earlier answer for granted across an await. */
  private hasEnded(): boolean {
    return this.ended;
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.lifeTimer);
    if (this.stallTimer !== null) clearTimeout(this.stallTimer);
    if (!this.stalled) this.leave();
  }

  private leave(): void {
    this.source.stop();
    this.left(this.stalled);
  }

  /**
   * What was handed over and not taken for too long: the source is given back, and the reader is told when it reads on. If
   * it never does, the connection is closed.
   */
  private watchReader(): void {
    const { stallMs } = this.timing;
    this.stallTimer = setTimeout(() => {
      this.stalled = true;
      this.leave();
      this.stallTimer = setTimeout(() => {
        this.abandoning.abort();
      }, GOOD_BYE_STALLS * stallMs);
    }, stallMs);
  }

  /** `id` without data is legal and sets the position, so that a reader may resume before its first event. */
  private opening(): string {
    const { position, gap } = this.beginning;
    const start = `retry: ${RECONNECT_AFTER_MS.toString()}\nid: ${position.toString()}\n\n`;
    if (gap === null) return start;
    const data = { after: gap.after.toString(), continues_at: gap.continuesAt.toString() };
    return start + controlBlock(StreamGap, data);
  }

  private async nextChunk(): Promise<string> {
    if (this.stalled) return this.farewell(StreamOverflow, {});
    const quietUntilMs = Date.now() + this.timing.heartbeatMs;
    for (;;) {
      const reason = this.reasonToClose();
      if (reason !== null) return this.farewell(StreamClosing, { reason });
      const batch = await this.nextBatch(quietUntilMs - Date.now());
      const chosen = await this.choose(batch);
      if (this.hasEnded()) return '';
      if (chosen === null) continue;
      this.position = batch.at(-1)?.seq ?? this.position;
      if (chosen.length > 0)
        return chosen.map(({ seq, event }) => block(seq, event.type, renderEvent(event, this.version))).join('');
      if (Date.now() >= quietUntilMs) return this.heartbeat();
    }
  }

  /** The position goes along, so that a reader whose events are rare does not begin again far behind. */
  private heartbeat(): string {
    return `: heartbeat\nid: ${this.position.toString()}\n\n`;
  }
  private farewell(event: StreamEvent, more: Readonly<Record<string, unknown>>): string {
    this.over = true;
    return controlBlock(event, { ...more, resume_after: this.position.toString() });
  }
  private reasonToClose(): ClosingReason | null {
    return this.closing;
  }

  /** `session` may be away for a moment: nothing is lost by waiting for it. Null: there is no time left to. */
  private async choose(batch: readonly Incoming[]): Promise<readonly Incoming[] | null> {
    for (;;)
      try {
        return await passing(this.filter, batch);
      } catch (error) {
        if (!isTransient(error) || this.ended) throw error;
        await this.waitFor(ASK_AGAIN_MS);
        if (this.hasEnded() || this.reasonToClose() !== null) return null;
      }
  }

  /** What is there, up to a bound; waits for the first one. Empty: the time is over, or it is to end. */
  private async nextBatch(withinMs: number): Promise<readonly Incoming[]> {
    const batch: Incoming[] = [];
    let bytes = 0;
    let first = await Promise.race([this.arrival(), this.waitFor(Math.max(withinMs, 1))]);
    this.interrupt(); // nobody waits any more
    while (first !== null) {
      this.arriving = null;
      if (first.done === true) {
        this.close('lifetime'); // the subscription is gone: the reader is to connect anew
        break;
      }
      bytes += first.value.data.length;
      const incoming = read(first.value);
      if (incoming !== null) batch.push(incoming);
      if (batch.length >= BATCH_EVENTS || bytes >= BATCH_BYTES) break;
      first = await Promise.race([this.arrival(), immediately()]);
    }
    return batch;
  }

  private arrival(): Promise<IteratorResult<JsMsg>> {
    return (this.arriving ??= this.messages.next());
  }
  private waitFor(ms: number): Promise<null> {
    return new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      this.interrupt = finish;
      function finish(): void {
        clearTimeout(timer);
        resolve(null);
      }
    });
  }
}

const immediately = (): Promise<null> =>
  new Promise((resolve) =>
    setImmediate(() => {
      resolve(null);
    }),
  );

/** Null: newer than this build, or not to be read; readers of events ignore what they do not know. */
function read(message: JsMsg): Incoming | null {
  const envelope = envelopeSchema.safeParse(message.json());
  if (!envelope.success) return null;
  const data = findEvent(envelope.data.type)?.data.safeParse(envelope.data.data);
  return data?.success === true ? { seq: message.seq, event: { ...envelope.data, data: data.data } } : null;
}

const block = (seq: number, type: string, body: string): string =>
  `id: ${seq.toString()}\nevent: ${type}\ndata: ${body}\n\n`;
const controlBlock = (event: StreamEvent, data: Readonly<Record<string, unknown>>): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
