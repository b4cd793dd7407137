import { DEVICE_PARTITIONS } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { Clock } from '../clock';
import type { GatewayMetrics } from '../metrics';
import { Batch } from './batch';
import type { WhenStored } from './batch';

/** Where batches go: stream DEVICE. */
export interface FactStream {
  /** Resolves when the stream has the message; the same id again changes nothing. Rejects when nobody can tell. */
  publish(part: number, payload: string, messageId: string): Promise<void>;
}
export interface FactPublisherOptions {
  readonly instance: string; // makes message ids differ between processes
  readonly intervalMs: number;
  readonly maxBatchBytes: number;
  readonly maxBacklogBytes: number;
}
interface Partition {
  readonly part: number;
  readonly waiting: Batch[];
  sending: Batch | null;
  sentAtMs: number;
  /** `pump` will be called soon: at the end of this tick, or at the next beat. */
  pumpIsDue: boolean;
}

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 2_000;

/**
 * Puts facts on the stream: one publish under way per partition, so that facts stay in order whatever fails. What
 * meets meanwhile goes together. On a quiet partition a fact leaves at the end of the tick that brought it; busy ones
 * leave together on a common beat, in one write to NATS.
 */
export class FactPublisher {
  private readonly partitions: readonly Partition[] = Array.from({ length: DEVICE_PARTITIONS }, (_, part) => ({
    part,
    waiting: [],
    sending: null,
    sentAtMs: -Infinity,
    pumpIsDue: false,
  }));
  private readonly onNextBeat: Partition[] = [];
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
  ) {}

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
    if (facts.length > 0) {
      this.schedule(partition);
      this.checkPressure();
    }
  }

  /** True when all facts are on the stream; false when that took longer than `timeoutMs`. */
  async flush(timeoutMs: number): Promise<boolean> {
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
  }

  /** Not at once: what the same read of a socket brings goes together. */
  private schedule(partition: Partition): void {
    if (partition.pumpIsDue || partition.sending !== null) return;
    partition.pumpIsDue = true;
    const { intervalMs } = this.options;
    if (this.clock.nowMs() - partition.sentAtMs >= intervalMs) {
      queueMicrotask(() => {
        this.pump(partition);
      });
      return;
    }
    this.onNextBeat.push(partition);
    if (this.onNextBeat.length > 1) return;
    this.clock.after(intervalMs, () => {
      for (const due of this.onNextBeat.splice(0)) this.pump(due);
    });
  }

  private pump(partition: Partition): void {
    partition.pumpIsDue = false;
    const batch = partition.waiting.shift();
    if (batch === undefined) return;
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
