import { NothingToRollBack, RolloutNotFound, RolloutNotInState, ValidationFailed } from '@chargebus/errors';
import { toInstant } from '@chargebus/domain';
import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { RolloutRepository, UpgradeRecord, UpgradeRepository } from '@chargebus/persistence/fleet';
import { SelectDevices } from '@chargebus/requests';
import type {
  JobView,
  ListRollouts,
  ReplyOf,
  RequestOf,
  RollBackRollout,
  RolloutView,
  StartRollout,
} from '@chargebus/requests';
import type { LibraryService } from '../firmware/library.service';
import type { UpgradeService } from '../firmware/upgrade.service';
import type { JobService } from '../jobs/job.service';
import { ROLLOUT_KIND, RolloutParameters } from './rollout.job';
import type { RolloutJob } from './rollout.job';
import { planWaves } from './waves';

interface RolloutRef {
  readonly tenantId: TenantId;
  readonly ownedBy: ClientId | null; // whose rollouts alone are seen; null: all of the tenant's
  readonly rolloutId: string;
}
const MAX_DEVICES = 100_000;
const PAGE = 2_000;
const ITEM_MS = 604_800_000; // an item says itself how long it may take
const UPGRADES_PAGE = 500;

/** What an integrator does with rollouts. */
export class RolloutService {
  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly rollouts: RolloutRepository,
    private readonly upgrades: UpgradeRepository,
    private readonly library: LibraryService,
    private readonly service: UpgradeService,
    private readonly jobs: JobService,
    private readonly kind: RolloutJob,
  ) {}

  async begin(request: RequestOf<typeof StartRollout>): Promise<RolloutView> {
    const { tenantId, within, clientId, firmwareId, filter, concurrency, scheduledAt, ...how } = request;
    await this.library.find({ tenantId, firmwareId });
    const devices = await this.select({ tenantId, within: within ?? null }, filter);
    if (devices.length === 0) throw new ValidationFailed({ summary: 'no device fits' });
    const items = planWaves(devices, how.waves, firmwareId).map((one) => ({ ...one, input: { upgradeId: null } }));
    const parameters: RolloutParameters = {
      firmwareId,
      rollsBack: null,
      waves: [...how.waves].sort((a, b) => a - b),
      waitS: how.waitS,
      maxFailurePct: how.maxFailurePct,
      deviceWaitS: how.deviceWaitS,
      rollbackEnabled: how.rollbackEnabled,
      notifyProgress: how.notifyProgress,
      scheduledAt,
    };
    const { job } = await this.jobs.create(this.kind, {
      ...{ tenantId, clientId, parameters, items },
      within: within ?? null,
      options: { concurrency, timeoutMs: ITEM_MS, continueOnError: true },
      ...(scheduledAt === null ? {} : { dueAt: new Date(scheduledAt) }),
    });
    await this.inTenant(tenantId, (tx) => this.rollouts.put(tx, tenantId, job.jobId, firmwareId));
    return this.get({ tenantId, ownedBy: clientId, rolloutId: job.jobId });
  }

  async list({ tenantId, ownedBy, page }: RequestOf<typeof ListRollouts>): Promise<ReplyOf<typeof ListRollouts>> {
    const every = { kind: ROLLOUT_KIND, status: null, createdFrom: null, createdTo: null };
    const found = await this.jobs.list({ tenantId, ownedBy, page, ...every });
    return { ...found, items: await Promise.all(found.items.map((job) => this.view(job))) };
  }

  async get(ref: RolloutRef): Promise<RolloutView> {
    return this.view(await this.find(ref));
  }

  async resume(ref: RolloutRef): Promise<RolloutView> {
    const before = await this.get(ref);
    const resumed = await this.inTenant(ref.tenantId, (tx) => this.rollouts.resume(tx, ref.rolloutId));
    if (!resumed) throw new RolloutNotInState({ rolloutId: ref.rolloutId, status: before.status });
    return this.get(ref);
  }

  /** Devices that have not got it will not; those that have come to their end. */
  async abort(ref: RolloutRef): Promise<RolloutView> {
    const { finishedAt, status } = await this.get(ref);
    if (finishedAt !== null) throw new RolloutNotInState({ rolloutId: ref.rolloutId, status });
    await this.jobs.cancel({ ...ref, jobId: ref.rolloutId });
    for (const upgrade of await this.upgradesOf(ref, (one) => one.state === 'waiting' || one.state === 'scheduled'))
      await this.service.cancelOne(upgrade).catch(() => undefined); // it has got it in the meantime
    return this.get(ref);
  }

  async rollBack({ clientId, within = null, ...ref }: RequestOf<typeof RollBackRollout>): Promise<RolloutView> {
    const before = await this.find(ref);
    const status = statusOf(before, null);
    if (before.finishedAt === null) throw new RolloutNotInState({ rolloutId: ref.rolloutId, status });
    const done = await this.upgradesOf(ref, ({ state, phase }) => state === 'completed' && phase !== 'rolled_back');
    const items = done
      .filter(({ previousFirmwareId }) => previousFirmwareId !== null)
      .map(({ deviceId, upgradeId }) => ({ deviceId, input: { upgradeId } }));
    if (items.length === 0) throw new NothingToRollBack({ why: 'no device has an earlier image that is stored' });
    const parameters = {
      ...RolloutParameters.parse(before.parameters),
      ...{ firmwareId: null, rollsBack: ref.rolloutId, waves: [100], scheduledAt: null, rollbackEnabled: false },
    };
    const { job } = await this.jobs.create(this.kind, {
      ...{ tenantId: ref.tenantId, clientId, within, parameters, items },
      options: { concurrency: before.concurrency, timeoutMs: ITEM_MS, continueOnError: true },
    });
    await this.inTenant(ref.tenantId, (tx) => this.rollouts.put(tx, ref.tenantId, job.jobId, null));
    return this.get({ ...ref, rolloutId: job.jobId });
  }

  private async find({ tenantId, ownedBy, rolloutId }: RolloutRef): Promise<JobView> {
    const found = await this.jobs.get({ tenantId, jobId: rolloutId, ownedBy, waitMs: 0 }).catch((cause: unknown) => {
      throw new RolloutNotFound({ rolloutId }, { cause });
    });
    if (found.kind !== ROLLOUT_KIND) throw new RolloutNotFound({ rolloutId });
    return found;
  }

  private async view(job: JobView): Promise<RolloutView> {
    const row = await this.inTenant(job.tenantId, (tx) => this.rollouts.find(tx, job.jobId));
    const { firmwareId, rollsBack, waves, scheduledAt, ...how } = RolloutParameters.parse(job.parameters);
    const haltedAt = row?.haltedAt ?? null;
    return {
      ...how,
      ...{ rolloutId: job.jobId, firmwareId, rollsBack, waves, wave: job.stage, tally: job.tally },
      status: statusOf(job, haltedAt, scheduledAt),
      reason: row?.haltReason ?? job.reason,
      concurrency: job.concurrency,
      scheduledAt: scheduledAt === null ? null : toInstant(Date.parse(scheduledAt)),
      haltedAt: haltedAt === null ? null : toInstant(haltedAt.getTime()),
      createdAt: job.createdAt,
      startedAt: job.startedAt,
      finishedAt: job.finishedAt,
    };
  }

  private async select(
    audience: Pick<RequestOf<typeof SelectDevices>, 'tenantId' | 'within'>,
    filter: RequestOf<typeof StartRollout>['filter'],
  ): Promise<DeviceId[]> {
    const found: DeviceId[] = [];
    for (let cursor: DeviceId | null = null; ;) {
      const page: ReplyOf<typeof SelectDevices> = await this.bus.ask(SelectDevices, {
        ...audience,
        ...{ filter, cursor, limit: PAGE },
      });
      found.push(...page.items.map(({ deviceId }) => deviceId));
      cursor = page.cursor;
      if (found.length > MAX_DEVICES)
        throw new ValidationFailed({ summary: `more than ${MAX_DEVICES.toString()} devices fit` });
      if (cursor === null) return found;
    }
  }

  private async upgradesOf(
    { tenantId, rolloutId }: RolloutRef,
    wanted: (upgrade: UpgradeRecord) => boolean,
  ): Promise<UpgradeRecord[]> {
    const found: UpgradeRecord[] = [];
    let cursor: string | null = null;
    do {
      const page = { limit: UPGRADES_PAGE, offset: 0, cursor, sort: null, order: 'asc', counted: false } as const;
      const read: Awaited<ReturnType<UpgradeRepository['page']>> = await this.inTenant(tenantId, (tx) =>
        this.upgrades.page(tx, tenantId, { deviceId: null, jobId: rolloutId }, page),
      );
      found.push(...read.items.filter(wanted));
      cursor = read.nextCursor;
    } while (cursor !== null);
    return found;
  }

  private inTenant<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

function statusOf(
  { status, startedAt, finishedAt }: JobView,
  haltedAt: Date | null,
  scheduledAt: string | null = null,
): RolloutView['status'] {
  if (status === 'cancelled') return 'aborted';
  if (status === 'completed' || status === 'failed') return status;
  if (status === 'cancelling') return 'ending';
  if (haltedAt !== null && finishedAt === null) return 'halted';
  const isLater = scheduledAt !== null && Date.parse(scheduledAt) > Date.now();
  return startedAt === null && isLater ? 'scheduled' : 'running';
}
