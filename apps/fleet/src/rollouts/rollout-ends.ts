import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { RolloutRepository, UpgradeRecord, UpgradeRepository } from '@chargebus/persistence/fleet';
import { Ticker } from '@chargebus/runtime';
import type { UpgradeBook } from '../firmware/upgrade-book';
import type { ItemEndings } from '../jobs/item-endings';
import { stepOf } from './rollout.job';

const PAGE = 2_000;
const LOOK_EVERY_MS = 10_000;

/** The end of a rollout's upgrade is the end of its item: told at once, and by a look for what a crash left untold. */
export class RolloutEnds {
  private readonly ticker: Ticker;

  constructor(
    private readonly database: Database,
    private readonly rollouts: RolloutRepository,
    private readonly upgrades: UpgradeRepository,
    book: UpgradeBook,
    private readonly endings: ItemEndings,
    logger: Logger,
  ) {
    book.onEnd((upgrade) => this.ended(upgrade));
    this.ticker = new Ticker('ends of rollouts', LOOK_EVERY_MS, logger, () => this.tellUntold());
  }

  start(): void {
    this.ticker.start();
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }

  /** Harmless when it is told twice: the item has moved on. */
  private async ended(upgrade: UpgradeRecord): Promise<void> {
    if (upgrade.jobId !== null) await this.endings.settle(upgrade.upgradeId, stepOf(upgrade));
  }

  private async tellUntold(): Promise<void> {
    const untold = await this.database.transaction(asSystem('rollouts of every tenant'), (tx) =>
      this.rollouts.untold(tx, PAGE),
    );
    for (const { tenantId, upgradeId } of untold) {
      const upgrade = await this.database.transaction(forTenant(tenantId), (tx) =>
        this.upgrades.find(tx, tenantId, upgradeId),
      );
      if (upgrade !== null) await this.ended(upgrade);
    }
  }
}
