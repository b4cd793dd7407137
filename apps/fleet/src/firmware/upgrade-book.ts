import type { EventEnvelope } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import { forTenant, sortableId } from '@chargebus/persistence';
import type { Database, Outbox, Transaction } from '@chargebus/persistence';
import { OPEN_UPGRADES } from '@chargebus/persistence/fleet';
import type {
  FileGrantRepository,
  FirmwareRepository,
  NewUpgrade,
  UpgradeRecord,
  UpgradeRepository,
} from '@chargebus/persistence/fleet';
import { progressEvents } from './upgrade-events';
import { mustRollBack } from './upgrade-rules';
import type { Change, UpgradeTimes } from './upgrade-rules';

type Ended = (upgrade: UpgradeRecord) => Promise<void>;

/** Writes what happens to upgrades: the row, what the world hears of it, and what follows from its end, all or nothing. */
export class UpgradeBook {
  private readonly listeners: Ended[] = [];

  constructor(
    private readonly database: Database,
    private readonly upgrades: UpgradeRepository,
    private readonly firmware: FirmwareRepository,
    private readonly grants: FileGrantRepository,
    private readonly outbox: Outbox,
    private readonly times: UpgradeTimes,
    private readonly logger: Logger,
  ) {}

  /** Told after the end of each upgrade is committed; once, or again after a crash. */
  onEnd(listener: Ended): void {
    this.listeners.push(listener);
  }

  /** The upgrade as it stands; one that was opened before under the same id stays. Null: the device has another one open. */
  async open(upgrade: NewUpgrade): Promise<UpgradeRecord | null> {
    return this.write(upgrade.tenantId, async (tx) => {
      const opened = await this.upgrades.insert(tx, upgrade);
      if (opened !== null) return { upgrade: opened, events: progressEvents(opened, Date.now()) };
      const known = await this.upgrades.find(tx, upgrade.tenantId, upgrade.upgradeId);
      return known === null ? null : { upgrade: known, events: [] };
    });
  }

  /** Null: it has moved since it was seen. */
  async change(seen: UpgradeRecord, change: Change): Promise<UpgradeRecord | null> {
    const changed = await this.write(seen.tenantId, async (tx) => {
      const upgrade = await this.upgrades.change(tx, seen, change);
      if (upgrade === null) return null;
      const isStep = change.phase !== undefined || change.progressPct !== undefined;
      const events = isStep ? progressEvents(upgrade, Date.now()) : [];
      return { upgrade, events: [...events, ...(isOver(upgrade) ? await this.afterEnd(tx, upgrade) : [])] };
    });
    if (changed !== null && isOver(changed)) for (const tell of this.listeners) await tell(changed);
    return changed;
  }

  private async afterEnd(tx: Transaction, upgrade: UpgradeRecord): Promise<readonly EventEnvelope[]> {
    await this.grants.revoke(tx, upgrade.upgradeId);
    if (mustRollBack(upgrade)) {
      const rollback = await this.rollbackOf(tx, upgrade);
      const opened = rollback === null ? null : await this.upgrades.insert(tx, rollback);
      return opened === null ? [] : progressEvents(opened, Date.now());
    }
    if (upgrade.state !== 'completed' || upgrade.rollsBack === null) return [];
    const undone = await this.upgrades.find(tx, upgrade.tenantId, upgrade.rollsBack);
    const told = undone === null ? null : await this.upgrades.change(tx, undone, { phase: 'rolled_back' });
    return told === null ? [] : progressEvents(told, Date.now());
  }

  /** The upgrade that brings back what was there before; null: that image is not there any more. */
  async rollbackOf(tx: Transaction, upgrade: UpgradeRecord): Promise<NewUpgrade | null> {
    const { previousFirmwareId, tenantId } = upgrade;
    const previous =
      previousFirmwareId === null ? null : await this.firmware.findOffered(tx, tenantId, previousFirmwareId);
    if (previous?.state !== 'stored') return null;
    return {
      upgradeId: sortableId('upg'),
      tenantId,
      deviceId: upgrade.deviceId,
      firmwareId: previous.firmwareId,
      clientId: upgrade.clientId,
      jobId: null,
      rollsBack: upgrade.upgradeId,
      version: previous.version,
      target: previous.target,
      protocol: upgrade.protocol,
      previousVersion: upgrade.reportedVersion,
      previousFirmwareId: upgrade.firmwareId,
      mode: 'immediate',
      scheduledAt: null,
      rollbackEnabled: false,
      notifyProgress: upgrade.notifyProgress,
      deadlineAt: new Date(Date.now() + this.times.waitMs),
    };
  }

  private async write(
    tenantId: UpgradeRecord['tenantId'],
    work: (tx: Transaction) => Promise<{ upgrade: UpgradeRecord; events: readonly EventEnvelope[] } | null>,
  ): Promise<UpgradeRecord | null> {
    const written = await this.database.transaction(forTenant(tenantId), async (tx) => {
      const done = await work(tx);
      if (done !== null) await this.outbox.append(tx, done.events);
      return done;
    });
    if (written === null) return null;
    await this.outbox.flush(written.events).catch((error: unknown) => {
      this.logger.warn({ err: error, upgradeId: written.upgrade.upgradeId }, 'step of an upgrade is told later');
    });
    return written.upgrade;
  }
}

export const isOver = ({ state }: Pick<UpgradeRecord, 'state'>): boolean => !OPEN_UPGRADES.includes(state);
