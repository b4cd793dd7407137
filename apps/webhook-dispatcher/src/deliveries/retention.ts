import type { Logger } from '@chargebus/observability';
import { asSystem, keepDays } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { DeliveryLogRepository } from '@chargebus/persistence/webhook';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Keeps the delivery log bounded. Every replica does it; the statements do not mind. */
export class Retention {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly log: DeliveryLogRepository,
    private readonly logger: Logger,
    private readonly days: number,
  ) {}

  start(): void {
    const run = (): void => {
      this.running = this.sweep(Date.now()).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'old deliveries not removed');
      });
    };
    this.timer = setInterval(run, EVERY_MS);
    run();
  }
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  async sweep(nowMs: number): Promise<void> {
    const scope = asSystem('retention is the same for all tenants');
    await this.database.transaction(scope, (tx) => keepDays(tx, 'webhook', 'attempts', this.days));
    let removed: number;
    do removed = await this.database.transaction(scope, (tx) => this.log.removeOld(tx, nowMs - this.days * DAY_MS));
    while (removed > 0 && !this.stopping);
  }
}
