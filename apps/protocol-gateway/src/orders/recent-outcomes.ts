import type { CommandOutcome } from '@chargebus/domain';

const KEPT = 10_000;

/**
 * What devices acknowledged lately, by command id. A `command` service that died before it read the answer asks again;
 * the device is not bothered twice. Other outcomes are not kept: a second try is what is wanted then.
 */
export class RecentOutcomes {
  private readonly outcomes = new Map<string, CommandOutcome>();

  remember(commandId: string, outcome: CommandOutcome): void {
    if (outcome.status !== 'acked') return;
    this.outcomes.set(commandId, outcome);
    if (this.outcomes.size <= KEPT) return;
    for (const oldest of this.outcomes.keys()) {
      this.outcomes.delete(oldest);
      return;
    }
  }

  find(commandId: string): CommandOutcome | undefined {
    return this.outcomes.get(commandId);
  }
}
