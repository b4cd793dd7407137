import type { Logger } from '@chargebus/observability';
import type { DeviceRepository, MeterRepository } from '@chargebus/persistence/session';
import { Ticker } from '@chargebus/runtime';
import type { ExpiryWatch } from '../certificates/expiry-watch';
import { foldTick } from '../devices/deadlines';
import type { Engine } from '../engine/engine';
import type { Replay } from '../quarantine/replay';

const LEASE_MS = 3_000;
const BATCH = 500;
const UPKEEP_EVERY_MS = 3_600_000;

/**
 * Looks after what falls due without being heard: presence, deadlines of sessions, orders not taken yet, aged faults.
 * Any number of replicas may sweep: a device is claimed by one at a time, and looking twice changes nothing.
 */
export class Sweeper {
  private readonly ticker: Ticker;
  private upkeepAtMs = 0;

  constructor(
    private readonly devices: DeviceRepository,
    private readonly meters: MeterRepository,
    private readonly engine: Engine,
    private readonly replay: Replay,
    private readonly expiries: ExpiryWatch,
    logger: Logger,
    private readonly options: { readonly everyMs: number },
    private readonly now: () => number,
  ) {
    this.ticker = new Ticker('what is due', options.everyMs, logger, () => this.sweep());
  }

  start(): void {
    this.ticker.start(this.options.everyMs);
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }

  /** Returns how many devices were looked at. */
  async sweep(): Promise<number> {
    await this.upkeep();
    for (let total = 0; ;) {
      const due = await this.devices.claimDue(this.now(), LEASE_MS, BATCH);
      if (due.length === 0) return total;
      await this.engine.run(
        due.map((deviceId) => ({ deviceId, causeId: `tick:${deviceId}:${this.now().toString()}`, decide: foldTick })),
      );
      total += due.length;
    }
  }

  /** Once an hour: partitions ahead, kept facts that a crash left behind, certificates that end. */
  private async upkeep(): Promise<void> {
    if (this.now() < this.upkeepAtMs) return;
    await this.meters.prepareDays();
    await this.replay.run();
    await this.expiries.look();
    this.upkeepAtMs = this.now() + UPKEEP_EVERY_MS;
  }
}
