import { toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { AppError } from '@chargebus/errors';
import { DeviceParamResult } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import { isTransient } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  ChangeEnd,
  ChangeRecord,
  ParameterChangeRepository,
  ParameterVersionRepository,
} from '@chargebus/persistence/fleet';
import { AnnounceDeviceEvent } from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import { NotOverYet } from '../devices/device-desk';
import type { ChangeRun } from './change-run';

/** Longer than the longest wait for one order. */
const LEASE_MS = 90_000;
const LOOK_EVERY_MS = 1_000;
const AGAIN_MS = 3_000;
const ANNOUNCE_AGAIN_MS = 10_000;
const SYSTEM = asSystem('parameter changes of all tenants');

/** The lease went to another process: what this one would write is not asked for any more. */
class LeaseLost extends Error {}

/**
 * Takes changes that are due and carries them out, many at once, one of each device. A process that dies leaves its
 * changes to others when their leases end.
 */
export class ChangeWorker {
  private readonly under = new Map<string, Promise<void>>();
  private readonly ticker: Ticker;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly changes: ParameterChangeRepository,
    private readonly versions: ParameterVersionRepository,
    private readonly changeRun: ChangeRun,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly logger: Logger,
    private readonly concurrency: number,
  ) {
    this.ticker = new Ticker('parameter changes', LOOK_EVERY_MS, logger, () => this.takeDue());
  }

  start(): void {
    this.ticker.start();
  }

  private async takeDue(): Promise<void> {
    const room = this.concurrency - this.under.size;
    if (room > 0) {
      const due = await this.database.transaction(SYSTEM, (tx) => this.changes.claim(tx, LEASE_MS, room));
      for (const change of due) void this.take(change);
    }
    const untold = await this.database.transaction(SYSTEM, (tx) =>
      this.changes.claimUnannounced(tx, ANNOUNCE_AGAIN_MS, 100),
    );
    await Promise.all(untold.map((change) => this.announce(change)));
  }

  /** Begins with this change now, if it is its turn; resolves when this look at it is over. */
  async begin(changeId: string): Promise<void> {
    try {
      const [change] = await this.database.transaction(SYSTEM, (tx) =>
        this.changes.claim(tx, LEASE_MS, 1, { changeId }),
      );
      await (change === undefined ? this.under.get(changeId) : this.take(change));
    } catch (error) {
      this.logger.warn({ err: error, changeId }, 'parameter change left to the next round');
    }
  }

  /** Resolves when nothing is under way here, or when that takes too long: the rest is done again elsewhere. */
  async stop(withinMs: number): Promise<void> {
    this.stopping = true;
    await this.ticker.stop();
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([Promise.all(this.under.values()), tooLong]);
  }

  private take(change: ChangeRecord): Promise<void> {
    const work = this.look(change)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, changeId: change.changeId }, 'parameter change');
      })
      .finally(() => this.under.delete(change.changeId));
    this.under.set(change.changeId, work);
    void work.then(() => this.goOn(change.deviceId));
    return work;
  }

  /** What waited for its turn on the device has it now. */
  private async goOn(deviceId: DeviceId): Promise<void> {
    if (this.stopping) return;
    try {
      const [next] = await this.database.transaction(SYSTEM, (tx) => this.changes.claim(tx, LEASE_MS, 1, { deviceId }));
      if (next !== undefined) void this.take(next);
    } catch (error) {
      this.logger.warn({ err: error, deviceId }, 'parameter changes of a device left to the next round');
    }
  }

  private async look(change: ChangeRecord): Promise<void> {
    let { state } = change;
    const begin = async (): Promise<void> => {
      await this.hold(change);
      state = 'applying';
    };
    try {
      const overtaken = await this.write(change.tenantId, (tx) => this.changes.overtaken(tx, change.changeId));
      const step = await this.changeRun.run(change, overtaken, begin);
      if ('end' in step) await this.finish(change, step.end);
      else await this.release(change, step.later, step.inMs);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      if (error instanceof NotOverYet || mayPass(error)) {
        await this.release(change, state, AGAIN_MS);
        return;
      }
      const reason = error instanceof AppError ? error.definition.name.toLowerCase() : 'internal_error';
      if (!(error instanceof AppError))
        this.logger.error({ err: error, changeId: change.changeId }, 'parameter change');
      await this.finish(change, { outcome: 'failed', reason, result: [], known: [], backup: null });
    }
  }

  private async hold({ tenantId, changeId }: ChangeRecord): Promise<void> {
    const held = await this.write(tenantId, (tx) => this.changes.renew(tx, changeId, 'applying', LEASE_MS));
    if (!held) throw new LeaseLost();
  }
  private release({ tenantId, changeId }: ChangeRecord, state: ChangeRecord['state'], inMs: number): Promise<void> {
    return this.write(tenantId, (tx) => this.changes.release(tx, changeId, state, inMs));
  }

  /** Values, versions and the end of the change are one commit; the event follows, and again until it is out. */
  private async finish(change: ChangeRecord, end: ChangeEnd): Promise<void> {
    const done = await this.write(change.tenantId, async (tx) => {
      const version = await this.keepVersions(tx, change, end);
      const finished = await this.changes.finish(tx, change.changeId, end, version);
      return finished ? this.changes.find(tx, change.changeId) : null;
    });
    if (done !== null) await this.announce(done);
  }

  /** The number of the version that the change made; null: it changed nothing. */
  private async keepVersions(tx: Transaction, change: ChangeRecord, end: ChangeEnd): Promise<number | null> {
    const { deviceId, tenantId } = change;
    if (end.backup !== null) await this.versions.add(tx, change, { source: 'backup', changes: [], values: end.backup });
    await this.versions.learn(tx, tenantId, deviceId, end.known);
    const changes = end.result
      .filter(({ outcome }) => outcome === 'applied' || outcome === 'mismatch')
      .map(({ name, before, actual, requested }) => ({ name, before, after: actual ?? requested }));
    if (changes.length === 0) return null;
    const known = await this.versions.known(tx, deviceId);
    const values = Object.fromEntries(known.map(({ name, value }) => [name, value]));
    return this.versions.add(tx, change, { source: change.source, changes, values });
  }

  private async announce(change: ChangeRecord): Promise<void> {
    if (change.outcome === null || change.finishedAt === null) return;
    const { changeId, tenantId, deviceId, jobId, version, source, outcome, reason, result, finishedAt } = change;
    try {
      await this.bus.ask(AnnounceDeviceEvent, {
        tenantId,
        deviceId,
        causeId: changeId,
        occurredAt: toInstant(finishedAt.getTime()),
        type: DeviceParamResult.type,
        data: {
          changeId,
          jobId,
          version,
          source,
          outcome,
          reason,
          parameters: result ?? [],
          finishedAt: toInstant(finishedAt.getTime()),
        },
      });
    } catch (error) {
      if (mayPass(error)) return; // the next round tells it
      this.logger.warn({ err: error, changeId }, 'the result of a parameter change is not announced');
    }
    await this.write(tenantId, (tx) => this.changes.markAnnounced(tx, changeId));
  }

  private write<T>(tenantId: ChangeRecord['tenantId'], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const mayPass = (error: unknown): boolean =>
  (error instanceof AppError && error.definition.status > 500) || isTransient(error);
