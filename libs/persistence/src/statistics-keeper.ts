import type { Logger } from '@chargebus/observability';
import type { Database } from './database';
import { asSystem } from './scope';

const EVERY_MS = 2_000;

/**
 * Sees to it that Postgres plans with the size that tables have now (ADR 0008): its own rounds come once a minute, and a
 * fleet connects in less. Harmless from many replicas at once.
 */
export class StatisticsKeeper {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly database: Pick<Database, 'query'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.run()
        .then(
          (tables) => {
            if (tables.length > 0) this.logger.debug({ tables }, 'tables have grown and were analysed');
          },
          (error: unknown) => {
            this.logger.warn({ err: error }, 'tables that have grown were not looked for, the next round tries again');
          },
        )
        .then(() => {
          if (!this.stopping) this.start();
        });
    }, EVERY_MS);
  }
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /** Analyses every table that has doubled since it was last; returns their names. */
  async run(): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      asSystem('sizes of tables are no tenant’s'),
      'SELECT tenancy.analyse_grown() AS name',
      [],
      'analyse-grown',
    );
    return rows.map(({ name }) => name);
  }
}
