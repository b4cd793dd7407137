import { AppError, FirmwareIncompatible, UpgradeNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { RolloutRecord, RolloutRepository, UpgradeRecord, UpgradeRepository } from '@chargebus/persistence/fleet';
import { GetDevice } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { z } from 'zod';
import type { LibraryService } from '../firmware/library.service';
import { isOver } from '../firmware/upgrade-book';
import { ORDER_LIFE_MS, sameVersion, versionOf } from '../firmware/upgrade-rules';
import type { UpgradeTimes } from '../firmware/upgrade-rules';
import type { UpgradeService } from '../firmware/upgrade.service';
import type { Job, JobItem, JobKind, Standing, Steering, Step } from '../jobs/job-kind';
import { failurePct } from './waves';

export const ROLLOUT_KIND = 'firmware.rollout';
export const RolloutParameters = z.object({
  firmwareId: z.string().nullable(), // null: each device gets back what it had
  rollsBack: z.string().nullable(), // the rollout that this one undoes
  waves: z.array(z.number()),
  waitS: z.number(),
  maxFailurePct: z.number(),
  deviceWaitS: z.number(),
  rollbackEnabled: z.boolean(),
  notifyProgress: z.boolean(),
  scheduledAt: z.string().nullable(),
});
export type RolloutParameters = z.infer<typeof RolloutParameters>;
export const RolloutInput = z.object({ upgradeId: z.string().nullable() }); // the upgrade that is undone
type RolloutInput = z.infer<typeof RolloutInput>;
type Item = JobItem<RolloutParameters, RolloutInput>;

const HALTED_MS = 3_000;
/** Devices that never got it say nothing about the firmware. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'offline',
  'charging',
  'device_gone',
  'cancelled',
  'command_cancelled',
]);

/** One firmware for many devices: every item is an upgrade of its own, whose end is the item's. */
export class RolloutJob implements JobKind<RolloutParameters, RolloutInput> {
  readonly kind = ROLLOUT_KIND;
  readonly parameters = RolloutParameters;
  readonly input = RolloutInput;

  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly rollouts: RolloutRepository,
    private readonly upgrades: UpgradeRepository,
    private readonly library: LibraryService,
    private readonly service: UpgradeService,
    private readonly times: UpgradeTimes,
  ) {}

  async run(item: Item): Promise<Step> {
    if (await this.isHalted(item.job)) return { status: 'pending', inMs: HALTED_MS, reason: 'halted' };
    try {
      const upgrade =
        item.input.upgradeId === null ? await this.upgrade(item) : await this.undo(item, item.input.upgradeId);
      if (upgrade === null) return { status: 'skipped', reason: 'it has this version already' };
      return isOver(upgrade) ? stepOf(upgrade) : this.awaits(item, upgrade);
    } catch (error) {
      if (isNamed(error, FirmwareIncompatible)) return { status: 'skipped', reason: (error as AppError).message };
      throw error;
    }
  }

  /** A wave that is over rests for a while; too many failures halt everything until somebody says what is to become of it. */
  async steer(job: Job<RolloutParameters>, { stage, over }: Standing): Promise<Steering> {
    const { waitS } = job.parameters;
    if (await this.isHalted(job)) return { waitMs: HALTED_MS };
    if (!over) return 'go_on';
    const restMs = waitS * 1_000 - (await this.inTenant(job, (tx) => this.rollouts.overFor(tx, job.jobId, stage)));
    return restMs > 0 ? { waitMs: restMs } : 'go_on';
  }

  /** Whether no further device may begin: somebody has said so, or as many have failed as may. */
  private async isHalted(job: Job<RolloutParameters>): Promise<boolean> {
    const { maxFailurePct } = job.parameters;
    const rollout = await this.stateOf(job);
    if (rollout !== null && rollout.haltedAt !== null) return true;
    const pct = failurePct(job.tally, rollout?.forgiven ?? 0);
    if (pct <= maxFailurePct) return false;
    const reason = `${pct.toFixed(1)} % have failed, at most ${maxFailurePct.toString()} % may`;
    await this.inTenant(job, (tx) => this.rollouts.halt(tx, job.jobId, reason));
    return true;
  }

  /** Null: there is nothing to do. */
  private async upgrade(item: Item): Promise<UpgradeRecord | null> {
    const { tenantId, within, clientId, jobId, parameters } = item.job;
    const device = await this.bus.ask(GetDevice, { tenantId, within, deviceId: item.deviceId ?? '' });
    const firmware = await this.library.find({ tenantId, firmwareId: parameters.firmwareId ?? '' });
    const isThere = !item.repeated && sameVersion(versionOf(device, firmware.target), firmware.version);
    if (isThere) return null;
    return this.service.open(device, firmware, {
      ...{ tenantId, clientId, jobId },
      upgradeId: upgradeIdOf(item),
      mode: parameters.scheduledAt === null ? 'immediate' : 'scheduled',
      scheduledAt: null, // the job has waited for it
      rollbackEnabled: parameters.rollbackEnabled,
      notifyProgress: parameters.notifyProgress,
      waitMs: parameters.deviceWaitS * 1_000,
    });
  }

  private async undo(item: Item, upgradeId: string): Promise<UpgradeRecord> {
    const { tenantId, within, clientId, jobId } = item.job;
    await this.bus.ask(GetDevice, { tenantId, within, deviceId: item.deviceId ?? '' }); // it may be beyond by now
    const upgrade = await this.inTenant(item.job, (tx) => this.upgrades.find(tx, tenantId, upgradeId));
    if (upgrade === null) throw new UpgradeNotFound({ upgradeId });
    return this.service.undo(upgrade, { upgradeId: upgradeIdOf(item), jobId, clientId });
  }

  private awaits({ job }: Item, { upgradeId }: UpgradeRecord): Step {
    const deadlineInMs = job.parameters.deviceWaitS * 1_000 + ORDER_LIFE_MS + this.times.verifyMs;
    return { status: 'running', awaits: { key: upgradeId }, result: { upgrade_id: upgradeId }, deadlineInMs };
  }

  private stateOf(job: Pick<Job<unknown>, 'tenantId' | 'jobId'>): Promise<RolloutRecord | null> {
    return this.inTenant(job, (tx) => this.rollouts.find(tx, job.jobId));
  }
  private inTenant<T>(
    { tenantId }: Pick<Job<unknown>, 'tenantId'>,
    work: Parameters<typeof this.database.transaction<T>>[1],
  ): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

/** What an upgrade that is over means for its item. */
export function stepOf({ upgradeId, state, reason, message, reportedVersion }: UpgradeRecord): Step {
  const result = { upgrade_id: upgradeId, reported_version: reportedVersion };
  if (state === 'completed') return { status: 'succeeded', result };
  const why = message ?? reason ?? state;
  return NOT_REACHED.has(reason ?? '')
    ? { status: 'skipped', reason: reason ?? why, result }
    : { status: 'failed', code: 'UPGRADE_FAILED', reason: reason === null ? why : `${reason}: ${why}`, result };
}

/** The same item is the same upgrade, however often it is begun. */
const upgradeIdOf = ({ job, itemNo }: Item): string => `upg_${uuidOf(`rollout\n${job.jobId}\n${itemNo.toString()}`)}`;

const isNamed = (error: unknown, { definition }: { readonly definition: { readonly name: string } }): boolean =>
  error instanceof AppError && error.definition.name === definition.name;
