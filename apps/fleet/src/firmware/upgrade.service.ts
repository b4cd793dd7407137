import {
  AppError,
  ChecksumMismatch,
  CommandNotCancellable,
  CommandNotFound,
  NothingToRollBack,
  UpgradeInProgress,
  UpgradeNotCancellable,
  UpgradeNotFound,
  ValidationFailed,
} from '@chargebus/errors';
import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { forTenant, sortableId } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  FirmwareRecord,
  FirmwareRepository,
  NewUpgrade,
  UpgradeRecord,
  UpgradeRepository,
} from '@chargebus/persistence/fleet';
import { CancelCommand, GetDevice } from '@chargebus/requests';
import type {
  Audience,
  CancelUpgrade,
  ListUpgrades,
  ReplyOf,
  RequestOf,
  RollBackUpgrade,
  StartUpgrade,
  UpgradeView,
} from '@chargebus/requests';
import { requireDeliverable, requireFit } from './compatibility';
import type { DeviceInFull } from '../devices/device-desk';
import type { Delivery } from './delivery';
import { undescribed } from './library.service';
import type { LibraryService } from './library.service';
import type { UpgradeBook } from './upgrade-book';
import { upgradeView } from './upgrade-events';
import { sameVersion, versionOf } from './upgrade-rules';
import type { UpgradeTimes } from './upgrade-rules';

type UpgradeRef = RequestOf<typeof CancelUpgrade>;
/** How a device is to be upgraded, once it is known which one and with what. */
export interface UpgradeWish {
  readonly upgradeId: string;
  readonly tenantId: TenantId;
  readonly clientId: ClientId | null;
  readonly jobId: string | null;
  readonly mode: 'immediate' | 'scheduled';
  readonly scheduledAt: Date | null;
  readonly rollbackEnabled: boolean;
  readonly notifyProgress: boolean;
  /** How long it waits for the device; absent: as long as any. */
  readonly waitMs?: number;
}

/** What an integrator does with the upgrades of one device. */
export class UpgradeService {
  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly upgrades: UpgradeRepository,
    private readonly firmware: FirmwareRepository,
    private readonly library: LibraryService,
    private readonly book: UpgradeBook,
    private readonly delivery: Pick<Delivery, 'servesFtp'>,
    private readonly runner: { wake(): void },
    private readonly times: UpgradeTimes,
  ) {}

  async start(request: RequestOf<typeof StartUpgrade>): Promise<UpgradeView> {
    const { tenantId, within, clientId, mode, rollbackEnabled, notifyProgress } = request;
    const device = await this.device({ tenantId, within }, request.deviceId);
    const firmware = await this.wanted(request);
    const scheduledAt = mode === 'scheduled' && request.scheduledAt !== null ? new Date(request.scheduledAt) : null;
    const wish = { tenantId, clientId, mode, scheduledAt, rollbackEnabled, notifyProgress };
    return upgradeView(await this.open(device, firmware, { ...wish, upgradeId: sortableId('upg'), jobId: null }));
  }

  /** Throws FIRMWARE_INCOMPATIBLE, CAPABILITY_NOT_SUPPORTED, UPGRADE_IN_PROGRESS. The same id again is the same upgrade. */
  async open(
    device: DeviceInFull,
    firmware: FirmwareRecord,
    { waitMs = this.times.waitMs, ...wish }: UpgradeWish,
  ): Promise<UpgradeRecord> {
    requireFit(device, firmware);
    requireDeliverable(device, firmware, this.delivery.servesFtp);
    const previousVersion = versionOf(device, firmware.target);
    const { tenantId } = wish;
    const previous = await this.inTenant(tenantId, (tx) =>
      this.firmware.previous(
        tx,
        tenantId,
        { deviceId: device.deviceId, version: previousVersion, model: device.model },
        firmware,
      ),
    );
    const opened = await this.enter(device.deviceId, {
      ...wish,
      deviceId: device.deviceId,
      firmwareId: firmware.firmwareId,
      rollsBack: null,
      version: firmware.version,
      target: firmware.target,
      protocol: device.protocol,
      previousVersion,
      previousFirmwareId: previous?.firmwareId ?? null,
      deadlineAt: new Date(Math.max(Date.now(), wish.scheduledAt?.getTime() ?? 0) + waitMs),
    });
    return opened;
  }

  async list({ deviceId, page, ...audience }: RequestOf<typeof ListUpgrades>): Promise<ReplyOf<typeof ListUpgrades>> {
    const device = await this.device(audience, deviceId);
    const filter = { deviceId: device.deviceId, jobId: null };
    const found = await this.inTenant(audience.tenantId, (tx) =>
      this.upgrades.page(tx, audience.tenantId, filter, page),
    );
    return { ...found, items: found.items.map(upgradeView) };
  }

  async get(ref: UpgradeRef): Promise<UpgradeView> {
    return upgradeView(await this.find(ref));
  }

  /** Possible until the order is on its way to the device. */
  async cancel(ref: UpgradeRef): Promise<UpgradeView> {
    return upgradeView(await this.cancelOne(await this.find(ref)));
  }
  async cancelOne(upgrade: UpgradeRecord): Promise<UpgradeRecord> {
    const isUnsent =
      upgrade.state === 'scheduled' ||
      upgrade.state === 'waiting' ||
      (upgrade.state === 'ordered' && (await this.takeBack(upgrade)));
    const cancelled = isUnsent
      ? await this.book.change(upgrade, { state: 'cancelled', phase: 'cancelled', reason: 'cancelled' })
      : null;
    if (cancelled !== null) return cancelled;
    const { tenantId, upgradeId } = upgrade;
    const now = await this.inTenant(tenantId, (tx) => this.upgrades.find(tx, tenantId, upgradeId));
    if (now?.state === 'cancelled') return now;
    throw new UpgradeNotCancellable({ upgradeId, status: now?.phase ?? upgrade.phase });
  }

  /** Undoes one upgrade under an id of the caller's: the same id again is the same upgrade. */
  async undo(
    upgrade: UpgradeRecord,
    undoing: Pick<UpgradeWish, 'upgradeId' | 'jobId' | 'clientId'>,
  ): Promise<UpgradeRecord> {
    const rollback = await this.inTenant(upgrade.tenantId, (tx) => this.book.rollbackOf(tx, upgrade));
    if (rollback === null) throw new NothingToRollBack({ why: 'no earlier image of the device is stored' });
    return this.enter(upgrade.deviceId, { ...rollback, ...undoing });
  }

  async rollBack({ clientId, ...ref }: RequestOf<typeof RollBackUpgrade>): Promise<UpgradeView> {
    const upgrade = await this.find(ref);
    if (upgrade.state !== 'completed' && upgrade.state !== 'failed')
      throw new NothingToRollBack({ why: `the upgrade is ${upgrade.phase}` });
    return upgradeView(await this.undo(upgrade, { upgradeId: sortableId('upg'), jobId: null, clientId }));
  }

  private async enter(deviceId: DeviceId, upgrade: NewUpgrade): Promise<UpgradeRecord> {
    const opened = await this.book.open(upgrade);
    if (opened === null) throw new UpgradeInProgress({ deviceId });
    this.runner.wake();
    return opened;
  }

  /** The image that is asked for: a stored one, or one to be fetched first. */
  private async wanted({ tenantId, firmware }: RequestOf<typeof StartUpgrade>): Promise<FirmwareRecord> {
    if ('url' in firmware) {
      const { url, version, sha256 } = firmware;
      return this.library.keep({ tenantId, description: undescribed(version), sha256, sourceUrl: url });
    }
    const found = await this.library.find({ tenantId, firmwareId: firmware.firmwareId });
    if (firmware.sha256 !== null && firmware.sha256 !== found.sha256)
      throw new ChecksumMismatch({ actual: found.sha256, expected: firmware.sha256 });
    if (firmware.version !== null && !sameVersion(firmware.version, found.version)) {
      const details = [{ field: 'version', message: `the firmware is ${found.version}` }];
      throw new ValidationFailed({ summary: `version: the firmware is ${found.version}` }, { details });
    }
    return found;
  }

  /** Throws DEVICE_NOT_FOUND, UPGRADE_NOT_FOUND. */
  private async find({ deviceId, upgradeId, ...audience }: UpgradeRef): Promise<UpgradeRecord> {
    const device = await this.device(audience, deviceId);
    const { tenantId } = audience;
    const found = await this.inTenant(tenantId, (tx) => this.upgrades.find(tx, tenantId, upgradeId));
    if (found?.deviceId !== device.deviceId) throw new UpgradeNotFound({ upgradeId });
    return found;
  }
  private device(audience: Audience, deviceId: string): Promise<DeviceInFull> {
    return this.bus.ask(GetDevice, { ...audience, deviceId });
  }

  /** True: the order has not left and never will. */
  private async takeBack({ tenantId, commandId }: UpgradeRecord): Promise<boolean> {
    if (commandId === null) return true;
    try {
      await this.bus.ask(CancelCommand, { tenantId, commandId });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.definition.name === CommandNotCancellable.definition.name) return false;
      if (error instanceof AppError && error.definition.name === CommandNotFound.definition.name) return false; // on its way
      throw error;
    }
  }

  private inTenant<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}
