import type { Logger } from '@chargebus/observability';
import type { Outbox, Transaction } from '@chargebus/persistence';
import type { CommandRecord } from '@chargebus/persistence/command';
import type { CommandMetrics } from '../metrics';
import { commandFinished } from './command-finished';
import type { StateWatch } from './state-watch';

/** What follows when commands are over: their events, whoever waits, the counters. */
export class Endings {
  private readonly flushing = new Set<Promise<void>>();

  constructor(
    private readonly outbox: Outbox,
    private readonly watch: StateWatch,
    private readonly metrics: CommandMetrics,
    private readonly logger: Logger,
  ) {}

  /** Inside the transaction that ends them: neither can be without the other. */
  async record(tx: Transaction, ended: readonly CommandRecord[]): Promise<void> {
    await this.outbox.append(tx, ended.map(commandFinished));
  }

  /** After its commit. What a crash or an absent NATS leaves unpublished, the outbox's relay publishes. */
  publish(ended: readonly CommandRecord[]): void {
    if (ended.length === 0) return;
    this.watch.announce(ended);
    for (const { kind, status } of ended) this.metrics.finished.inc({ kind, status });
    const flush = this.outbox
      .flush(ended.map(commandFinished))
      .catch((error: unknown) => {
        this.logger.warn({ err: error, commands: ended.length }, 'events left to the relay');
      })
      .finally(() => this.flushing.delete(flush));
    this.flushing.add(flush);
  }

  /** Resolves when nothing is on its way to the stream. */
  async settled(): Promise<void> {
    await Promise.all(this.flushing);
  }
}
