import type { Logger } from '@chargebus/observability';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/nats-core';
import type { Bus } from './bus';
import { isTransient, Unrecoverable } from './errors';

export interface BatchConsumerOptions<T> {
  readonly stream: string;
  readonly durable: string;
  readonly filter: string | readonly string[];
  readonly maxMessages: number;
  /**
   * One replica at a time takes batches (a pinned client, NATS ≥ 2.11), so that messages are handled in order.
   * When it goes away another takes over after `PIN_TTL_MS`.
   */
  readonly exclusive: boolean;
  /** Null: the message is not for us and is acknowledged unseen. Throws Unrecoverable when it is unreadable. */
  decode(message: JsMsg): T | null;
  /** Must commit all of the batch and publish what follows before it resolves; repeats must be harmless. */
  handle(batch: readonly T[]): Promise<void>;
}

const ACK_WAIT_MS = 15_000;
const PIN_TTL_MS = 5_000;
const ATTEMPTS_BEFORE_PARKING = 5;
const MAX_BACKOFF_MS = 5_000;

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Takes what has arrived as one batch, while the next one gathers behind it. A batch that fails is tried again in
 * place, so order is kept; when servers behind us are away it waits for them. A message that keeps failing alone, or
 * is unreadable, is parked on `cb.parked.<durable>` with its reason, and acknowledged.
 */
export class BatchConsumer<T> {
  private readonly queue: JsMsg[] = [];
  private messages: ConsumerMessages | null = null;
  private wake: (() => void) | null = null;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
    private readonly options: BatchConsumerOptions<T>,
  ) {}

  async start(): Promise<void> {
    const { stream, durable, filter, exclusive, maxMessages } = this.options;
    const config = {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      filter_subjects: typeof filter === 'string' ? [filter] : [...filter],
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: maxMessages * 2,
      ...(exclusive
        ? { priority_groups: ['one'], priority_policy: 'pinned_client' as const, priority_timeout: nanos(PIN_TTL_MS) }
        : {}),
    };
    try {
      await this.bus.manager.consumers.add(stream, config);
    } catch {
      await this.bus.manager.consumers.update(stream, durable, config);
    }
    this.running = Promise.all([this.receive(), this.work()]).then(() => undefined);
  }

  /** Finishes the batch under way; what was fetched and not begun is handed back at once. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.messages?.stop();
    this.wake?.();
    await this.running;
    for (const message of this.queue.splice(0)) message.nak();
  }

  /** Keeps a subscription open for as long as the consumer runs, whatever happens to the server. */
  private async receive(): Promise<void> {
    while (!this.stopped) {
      try {
        const consumer = await this.bus.js.consumers.get(this.options.stream, this.options.durable);
        this.messages = await consumer.consume({
          max_messages: this.options.maxMessages,
          expires: 5_000,
          ...(this.options.exclusive ? { group: 'one' } : {}),
        });
        if (this.isStopped()) this.messages.stop();
        for await (const message of this.messages) {
          this.queue.push(message);
          this.wake?.();
        }
      } catch (error) {
        if (!this.isStopped()) {
          this.logger.warn({ err: error, durable: this.options.durable }, 'consumer interrupted, trying again');
          await delay(500);
        }
      }
    }
  }

  private async work(): Promise<void> {
    while (!this.isStopped()) {
      if (this.queue.length === 0) {
        await new Promise<void>((resolve) => (this.wake = resolve));
        this.wake = null;
        continue;
      }
      const batch = this.queue.splice(0, this.options.maxMessages);
      const keepAlive = setInterval(() => {
        for (const message of batch) message.working();
      }, ACK_WAIT_MS / 3);
      try {
        await this.handleAll(await this.decodeAll(batch));
      } catch (error) {
        this.logger.error({ err: error, durable: this.options.durable }, 'batch given back');
        for (const message of batch) message.nak(1_000);
      } finally {
        clearInterval(keepAlive);
      }
    }
  }
  /** A method, so that the compiler does not take an earlier answer for granted across an await. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private async decodeAll(batch: readonly JsMsg[]): Promise<{ message: JsMsg; value: T }[]> {
    const readable: { message: JsMsg; value: T }[] = [];
    for (const message of batch) {
      try {
        const value = this.options.decode(message);
        if (value === null) message.ack();
        else readable.push({ message, value });
      } catch (error) {
        await this.park(message, error);
      }
    }
    return readable;
  }

  private async handleAll(batch: readonly { message: JsMsg; value: T }[]): Promise<void> {
    if (batch.length === 0) return;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.options.handle(batch.map(({ value }) => value));
        for (const { message } of batch) message.ack();
        return;
      } catch (error) {
        if (this.isStopped()) throw error;
        if (!isTransient(error)) {
          if (batch.length > 1) {
            // find the one that cannot be handled
            for (const single of batch) await this.handleAll([single]);
            return;
          }
          if (error instanceof Unrecoverable || attempt >= ATTEMPTS_BEFORE_PARKING) {
            for (const { message } of batch) await this.park(message, error);
            return;
          }
        }
        this.logger.warn({ err: error, durable: this.options.durable, attempt }, 'batch failed, trying again');
        await delay(Math.min(MAX_BACKOFF_MS, 100 * 2 ** Math.min(attempt, 10)));
      }
    }
  }

  private async park(message: JsMsg, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.error(
      { err: error, durable: this.options.durable, subject: message.subject, seq: message.seq },
      'message parked',
    );
    const head = headers();
    head.set('cb-reason', reason.replace(/[\r\n]+/g, ' ').slice(0, 500));
    head.set('cb-subject', message.subject);
    await this.bus.js.publish(`cb.parked.${this.options.durable}`, message.data, {
      headers: head,
      msgID: `${this.options.durable}:${message.seq.toString()}`,
    });
    message.ack();
  }
}
