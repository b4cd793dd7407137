import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { CommandRepository } from '@chargebus/persistence/command';
import type { CommandMetrics } from '../metrics';

/**
 * How full the whole queue is: counted now and then for all replicas, what this one accepted since added. A limit
 * that protects memory and disk may be off by what other replicas accepted within one interval.
 */
export class QueueLevel {
  private counted = 0;
  private sinceCount = 0;

  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly metrics: CommandMetrics,
    private readonly max: number,
  ) {}

  /** Takes room for at most so many commands. What of it is not used must be given back. */
  take(wanted: number): number {
    const room = Math.min(wanted, Math.max(0, this.max - this.counted - this.sinceCount));
    this.sinceCount += room;
    return room;
  }
  giveBack(unused: number): void {
    this.sinceCount -= unused;
  }
  async count(): Promise<void> {
    const before = this.sinceCount; // what comes from here on may be in the count or not: it is added, to be safe
    this.counted = await this.database.transaction(asSystem('the queue of all tenants'), (tx) =>
      this.commands.countOpen(tx),
    );
    this.sinceCount -= before;
    this.metrics.open.set(this.counted);
  }
}
