import type { Logger } from '@chargebus/observability';
import { Ticker } from '@chargebus/runtime';
import type { Database } from './database';
import { asSystem } from './scope';

const EVERY_MS = 2_000;

/**
 * Sees to it that Postgres plans with the size that tables have now (ADR 0008): its own rounds come once a minute, and a
 * fleet connects in less. Harmless from many replicas at once.
 */
export class StatisticsKeeper {
  private readonly ticker: Ticker;

  constructor(
    private readonly database: Pick<Database, 'query'>,
    private readonly logger: Logger,
  ) {
    this.ticker = new Ticker('sizes of tables', EVERY_MS, logger, () => this.run());
  }

  start(): void {
    this.ticker.start(EVERY_MS);
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }

  /** Analyses every table that has doubled since it was last; returns their names. */
  async run(): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      asSystem('sizes of tables are no tenant’s'),
      'SELECT tenancy.analyse_grown() AS name',
      [],
      'analyse-grown',
    );
    const tables = rows.map(({ name }) => name);
    if (tables.length > 0) this.logger.debug({ tables }, 'tables have grown and were analysed');
    return tables;
  }
}
