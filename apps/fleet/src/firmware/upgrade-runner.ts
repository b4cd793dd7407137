import { AppError, DeviceNotFound } from '@chargebus/errors';
import { CommandId, PORT_STATES_CHARGING, toInstant } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type {
  FileGrantRepository,
  FirmwareRepository,
  UpgradeRecord,
  UpgradeRepository,
} from '@chargebus/persistence/fleet';
import { GetDevice, SubmitCommand } from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import { uuidOf } from '@chargebus/security';
import type { CommandLookup } from '../commands/command-lookup';
import { obstacleOf } from './compatibility';
import type { DeviceInFull } from '../devices/device-desk';
import type { Delivery } from './delivery';
import { isOver } from './upgrade-book';
import type { UpgradeBook } from './upgrade-book';
import { failedUpgrade, laterOf, LOOK_MS, onOrderEnd, onVersion, ORDER_LIFE_MS, versionOf } from './upgrade-rules';
import type { Change, UpgradeTimes } from './upgrade-rules';

const AT_ONCE = 20;
const LOOK_EVERY_MS = 1_000;
/** An order that has not left by then is given anew with fresh credentials. */
const ORDER_WAITS_MS = 600_000;

/**
 * Carries upgrades on: those whose time has come, whose device can be reached, whose order may be over, whose version is
 * awaited. Any replica takes any of them; what it began and did not finish another finishes, and orders have ids that
 * make a second one the same order.
 */
export class UpgradeRunner {
  private readonly ticker: Ticker;

  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly upgrades: UpgradeRepository,
    private readonly firmware: FirmwareRepository,
    private readonly grants: FileGrantRepository,
    private readonly book: UpgradeBook,
    private readonly delivery: Delivery,
    private readonly commands: CommandLookup,
    private readonly logger: Logger,
    private readonly times: UpgradeTimes,
  ) {
    this.ticker = new Ticker('upgrades', LOOK_EVERY_MS, logger, () => this.turn());
  }

  start(): void {
    this.ticker.start();
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }
  wake(): void {
    this.ticker.wake();
  }

  private async turn(): Promise<boolean> {
    const due = await this.database.transaction(asSystem('upgrades of every tenant'), (tx) =>
      this.upgrades.claimDue(tx, AT_ONCE),
    );
    await Promise.all(due.map((upgrade) => this.look(upgrade)));
    return due.length === AT_ONCE;
  }

  /** A failure leaves it as it is: it is looked at again when the claim has run out. */
  private async look(upgrade: UpgradeRecord): Promise<void> {
    try {
      const change = await this.next(upgrade);
      if (change !== null) await this.book.change(upgrade, change);
    } catch (error) {
      this.logger.warn(
        { err: error, upgradeId: upgrade.upgradeId, state: upgrade.state },
        'upgrade is looked at again',
      );
    }
  }

  private next(upgrade: UpgradeRecord): Promise<Change | null> {
    switch (upgrade.state) {
      case 'scheduled': // it is only due when its time has come
        return Promise.resolve({ state: 'waiting', phase: 'waiting', dueAt: new Date() });
      case 'waiting':
        return this.begin(upgrade);
      case 'ordered':
        return this.followOrder(upgrade);
      case 'verifying':
        return this.verify(upgrade);
      default:
        return Promise.resolve(null);
    }
  }

  /** Gives the order as soon as image and device are ready for it. */
  private async begin(upgrade: UpgradeRecord): Promise<Change | null> {
    const { tenantId, firmwareId } = upgrade;
    const firmware = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.firmware.find(tx, tenantId, firmwareId),
    );
    if (firmware === null || firmware.state === 'failed')
      return failedUpgrade('firmware_unavailable', firmware?.failure ?? null);
    if (firmware.state === 'fetching') return this.waits(upgrade, 'fetching', LOOK_MS.fetching);
    const device = await this.device(upgrade);
    if (device === null) return failedUpgrade('device_gone');
    if (!device.online) return this.waits(upgrade, 'offline', LOOK_MS.offline);
    if (isCharging(device)) return this.waits(upgrade, 'charging', LOOK_MS.busy);
    const why = obstacleOf(device, firmware, this.delivery.servesFtp);
    if (why !== null) return failedUpgrade('capability_not_supported', why);
    return {
      state: 'ordered',
      reason: null,
      attempts: upgrade.attempts + 1,
      commandId: commandIdOf(upgrade.upgradeId, upgrade.attempts + 1),
      dueAt: new Date(), // the order is given by the next look, so that a crash in between loses nothing
      deadlineAt: new Date(Date.now() + ORDER_LIFE_MS),
    };
  }

  private waits(upgrade: UpgradeRecord, reason: string, lookMs: number): Change {
    const nowMs = Date.now();
    if (upgrade.deadlineAt.getTime() <= nowMs) return failedUpgrade(reason, 'it waited too long');
    return { reason, dueAt: new Date(Math.min(nowMs + lookMs, upgrade.deadlineAt.getTime())) };
  }

  private async followOrder(upgrade: UpgradeRecord): Promise<Change | null> {
    const nowMs = Date.now();
    const end = (await this.findOrder(upgrade)) ?? (await this.giveOrder(upgrade));
    if (end === null) return failedUpgrade('capability_not_supported', 'there is no way to bring it to the device');
    const change = onOrderEnd(upgrade, end, this.times, nowMs);
    if (change !== null) return change;
    if (upgrade.deadlineAt.getTime() <= nowMs) return failedUpgrade('no_reply', 'the order was lost');
    return { dueAt: new Date(nowMs + LOOK_MS.ordered) };
  }

  /** Null: it was never given. */
  private async findOrder({ tenantId, commandId }: UpgradeRecord): Promise<OrderStatus | null> {
    return commandId === null ? null : this.commands.find({ tenantId, commandId });
  }

  private async giveOrder(upgrade: UpgradeRecord): Promise<OrderStatus | null> {
    const { tenantId, deviceId, clientId, firmwareId, commandId } = upgrade;
    const firmware = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.firmware.find(tx, tenantId, firmwareId),
    );
    const command = firmware === null ? null : await this.delivery.order(upgrade, firmware);
    if (command === null || commandId === null) return null;
    const expiresAt = toInstant(Date.now() + ORDER_WAITS_MS);
    return this.bus.ask(SubmitCommand, {
      ...{ tenantId, deviceId, clientId, commandId, command, expiresAt },
      sessionId: null,
      wait: null,
    });
  }

  private async verify(upgrade: UpgradeRecord): Promise<Change | null> {
    const device = await this.device(upgrade);
    const nowMs = Date.now();
    const told = device === null ? null : versionOf(device, upgrade.target);
    const change = onVersion(upgrade, told, nowMs);
    return change ?? { dueAt: new Date(Math.min(nowMs + LOOK_MS.verifying, upgrade.deadlineAt.getTime())) };
  }

  private async device({ tenantId, deviceId }: UpgradeRecord): Promise<DeviceInFull | null> {
    try {
      return await this.bus.ask(GetDevice, { tenantId, deviceId });
    } catch (error) {
      if (error instanceof AppError && error.definition.name === DeviceNotFound.definition.name) return null;
      throw error;
    }
  }

  /** The device is fetching its file, or has all of it: that is all that some devices ever tell. */
  async transferred(ref: { readonly tenantId: TenantId; readonly upgradeId: string }, ended: boolean): Promise<void> {
    const upgrade = await this.database.transaction(forTenant(ref.tenantId), (tx) =>
      this.upgrades.find(tx, ref.tenantId, ref.upgradeId),
    );
    if (upgrade === null || isOver(upgrade)) return;
    const phase = laterOf(upgrade.phase, ended ? 'verifying' : 'downloading');
    if (phase !== upgrade.phase) await this.book.change(upgrade, { phase, progressPct: ended ? 100 : 0 });
  }

  /** Credentials that nobody can use any more. */
  async forgetGrants(): Promise<void> {
    await this.database.transaction(asSystem('grants of every tenant'), (tx) => this.grants.removeExpired(tx));
  }
}

type OrderStatus = Parameters<typeof onOrderEnd>[1];

const commandIdOf = (upgradeId: string, attempt: number): CommandId =>
  CommandId.parse(uuidOf(`upgrade\n${upgradeId}\n${attempt.toString()}`));

const isCharging = ({ ports }: Pick<DeviceInFull, 'ports'>): boolean =>
  ports.some(({ state, sessionId }) => sessionId !== null || PORT_STATES_CHARGING.includes(state));
