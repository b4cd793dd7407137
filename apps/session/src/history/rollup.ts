import { rollableUntil } from '@chargebus/persistence/session';
import type { RollupRepository } from '@chargebus/persistence/session';

/** In one transaction: a day, so that a long absence is made up for in steps. */
const HOURS_AT_ONCE = 24;

/** Keeps the rolled up hours up to date. Any number of replicas may: the state's row is taken by one at a time. */
export class Rollup {
  constructor(
    private readonly hours: RollupRepository,
    private readonly now: () => number,
  ) {}

  async run(): Promise<void> {
    while ((await this.hours.rollHours(rollableUntil(this.now()), HOURS_AT_ONCE)) === HOURS_AT_ONCE);
    while ((await this.hours.rollLate()) > 0);
  }
}
