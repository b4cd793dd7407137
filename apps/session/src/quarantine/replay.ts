import type { QuarantineRepository } from '@chargebus/persistence/session';
import { factTask } from '../consumers/fact-task';
import type { Engine } from '../engine/engine';

const BATCH = 500;

/**
 * Handles what was kept of devices that are registered by now, as if it came just now. A crash in between repeats it,
 * which is as harmless as any repeated fact.
 */
export class Replay {
  constructor(
    private readonly quarantine: QuarantineRepository,
    private readonly engine: Engine,
  ) {}

  /** Returns how many facts it handled. */
  async run(): Promise<number> {
    for (let total = 0; ;) {
      const facts = await this.quarantine.findReplayable(BATCH);
      if (facts.length === 0) return total;
      await this.engine.run(facts.map(factTask));
      await this.quarantine.forget(facts);
      total += facts.length;
    }
  }
}
