import { DEVICE_PARTITIONS } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Clock } from '../clock';
import type { GatewayMetrics } from '../metrics';
import { Batch } from './batch';
import type { WhenStored } from './batch';
import { Beat } from './beat';

/** Where batches go: stream DEVICE. */
export interface FactStream {
  /** Resolves when the stream has the message; the same id again changes nothing. Rejects when nobody can tell. */
  publish(part: number, payload: string, messageId: string): Promise<void>;
}
export interface FactPublisherOptions {
  readonly instance: string; // makes message ids differ between processes
  readonly intervalMs: number; // between two publishes of one partition
  readonly patienceMs: number; // what readings and heartbeats wait for company
  readonly maxBatchBytes: number;
  readonly maxBacklogBytes: number;
}
interface Partition {
  readonly part: number;
  readonly waiting: Batch[];
  sending: Batch | null;
  sentAtMs: number;
  /** Something in `waiting` should not wait for company. */
  hurried: boolean;
  /** `pump` will be called at the end of this tick. */
  leaving: boolean;
}

/** What only tells how things go, and comes again: nobody waits for a single one of them. */
const UNHURRIED: ReadonlySet<ProtocolEvent['type']> = new Set(['charge.progress', 'device.heartbeat']);
/** So many facts are company enough, whatever they are. */
const COMPANY = 64;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 2_000;

/**
 * Puts facts on the stream: one publish under way per partition, so that facts stay in order whatever fails. What
 * meets meanwhile goes together. On a quiet partition a fact leaves at the end of the tick that brought it; busy ones,
 * and readings and heartbeats, leave together on a common beat, in one write to NATS.
 */
export class FactPublisher {
  private readonly partitions: readonly Partition[] = Array.from({ length: DEVICE_PARTITIONS }, (_, part) => ({
    part,
    waiting: [],
    sending: null,
    sentAtMs: -Infinity,
    hurried: false,
    leaving: false,
  }));
  private readonly beat: Beat<Partition>;
  private gathered = 0; // facts in all partitions that no publish has taken
  private backlogBytes = 0;
  private highPressure = false;
  private batchNo = 0;
  private tellPressure: (high: boolean) => void = () => undefined;
  private idleWaiters: (() => void)[] = [];

  constructor(
    private readonly stream: FactStream,
    private readonly clock: Clock,
    private readonly metrics: GatewayMetrics,
    private readonly logger: Logger,
    private readonly options: FactPublisherOptions,
  ) {
    this.beat = new Beat(clock, (partition) => {
      this.pump(partition);
    });
  }

  /** Bytes that the stream has not acknowledged. */
  get backlog(): number {
    return this.backlogBytes;
  }
  /** True: the backlog went over its bound. False: it came down to half of it. */
  whenPressureChanges(tell: (high: boolean) => void): void {
    this.tellPressure = tell;
  }

  /**
   * Takes the facts of one device, oldest first. `whenStored` hears when the stream has them and all that came before
   * them in this partition; so a repeated frame, whose facts are still on their way, is not answered early either.
   */
  publish(part: number, facts: readonly ProtocolEvent[], whenStored: WhenStored | null): void {
    const partition = this.partitions[part];
    if (partition === undefined) throw new RangeError(`no partition ${part}`);
    for (const fact of facts) this.append(partition, JSON.stringify(fact));
    if (whenStored !== null) {
      const last = partition.waiting.at(-1) ?? partition.sending;
      if (last === null) whenStored.stored();
      else last.listeners.push(whenStored);
    }
    if (partition.waiting.length > 0) {
      partition.hurried ||= whenStored !== null || facts.some(({ type }) => !UNHURRIED.has(type));
      this.schedule(partition);
    }
    this.checkPressure();
  }

  /** Sends all that waits. True when all facts are on the stream; false when that took longer than `timeoutMs`. */
  async flush(timeoutMs: number): Promise<boolean> {
    for (const partition of this.partitions) this.pump(partition);
    if (this.isIdle()) return true;
    return new Promise((resolve) => {
      const cancel = this.clock.after(timeoutMs, () => {
        resolve(false);
      });
      this.idleWaiters.push(() => {
        cancel();
        resolve(true);
      });
    });
  }

  private append(partition: Partition, fact: string): void {
    let batch = partition.waiting.at(-1);
    if (batch === undefined || batch.bytes + fact.length > this.options.maxBatchBytes)
      partition.waiting.push((batch = new Batch()));
    this.backlogBytes += batch.add(fact);
    this.gathered++;
  }

  /** Not at once: what the same read of a socket brings goes together. */
  private schedule(partition: Partition): void {
    if (partition.leaving || partition.sending !== null) return;
    const { intervalMs, patienceMs } = this.options;
    const isQuiet = this.clock.nowMs() - partition.sentAtMs >= intervalMs;
    if (!partition.hurried) this.beat.join(partition, this.gathered < COMPANY ? patienceMs : intervalMs);
    else if (!isQuiet) this.beat.join(partition, intervalMs);
    else {
      partition.leaving = true;
      queueMicrotask(() => {
        this.pump(partition);
      });
    }
  }

  private pump(partition: Partition): void {
    partition.leaving = false;
    if (partition.sending !== null) return; // its end sees to what waits
    const batch = partition.waiting.shift();
    if (batch === undefined) return;
    this.gathered -= batch.facts.length;
    partition.hurried = partition.waiting.length > 0; // what is more than a message is company enough
    partition.sending = batch;
    partition.sentAtMs = this.clock.nowMs();
    void this.send(partition, batch);
  }

  private async send(partition: Partition, batch: Batch): Promise<void> {
    const payload = batch.payload();
    const messageId = `${this.options.instance}-${(this.batchNo++).toString(36)}`;
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)) {
      const startMs = this.clock.nowMs();
      try {
        await this.stream.publish(partition.part, payload, messageId);
        this.metrics.publishes.observe((this.clock.nowMs() - startMs) / 1_000);
        break;
      } catch (error) {
        this.metrics.publishFailures.inc();
        this.logger.warn({ err: error, part: partition.part, facts: batch.facts.length }, 'facts not stored yet');
        await new Promise<void>((resolve) => this.clock.after(retryMs, resolve));
      }
    }
    this.finish(partition, batch);
  }

  private finish(partition: Partition, batch: Batch): void {
    partition.sending = null;
    this.backlogBytes -= batch.bytes;
    this.metrics.facts.inc(batch.facts.length);
    for (const listener of batch.listeners) listener.stored();
    if (partition.waiting.length > 0) this.schedule(partition);
    this.checkPressure();
    if (this.idleWaiters.length > 0 && this.isIdle()) for (const tell of this.idleWaiters.splice(0)) tell();
  }

  private checkPressure(): void {
    const { maxBacklogBytes } = this.options;
    const high = this.highPressure ? this.backlogBytes > maxBacklogBytes / 2 : this.backlogBytes > maxBacklogBytes;
    if (high === this.highPressure) return;
    this.highPressure = high;
    this.tellPressure(high);
  }

  private isIdle(): boolean {
    return this.partitions.every(({ sending, waiting }) => sending === null && waiting.length === 0);
  }
}
