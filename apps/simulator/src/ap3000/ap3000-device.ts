import type { DeviceId, PortState } from '@chargebus/domain';
import type { FieldsOf } from '@chargebus/protocol-ap3000';
import type { Faults } from '../core/faults';
import { DeviceLedger } from '../core/ledger';
import type { DeviceCondition, EndpointContext, LocalStart, VirtualDevice } from '../core/protocol';
import { randomVehicle } from '../core/vehicle';
import type { Vehicle } from '../core/vehicle';
import { Watch } from '../core/watch';
import type { WaitOptions } from '../core/watch';
import { START_MODE } from './charge';
import { Charger } from './charger';
import type { FirmwareAnswer } from './firmware-receiver';
import { FirmwareSlot } from './firmware-slot';
import type { FirmwareCommand, Versions } from './firmware-slot';
import { OrderDesk } from './order-desk';
import type { OrderTarget } from './orders';
import { deviceBuiltOrder } from './order-id';
import { DeviceMemory, FACTORY_RUN1 } from './parameters';
import { Presence } from './presence';
import { RequestDesk } from './request-desk';
import { SettlementBox } from './settlement-box';
import type { Ap3000Settings } from './settings';
import { ANY_PORT, decideStart, START_RESULT } from './start-decision';

export interface DeviceContext extends EndpointContext {
  readonly settings: Ap3000Settings;
  readonly physicalId: string;
  readonly deviceNo: number;
  readonly virtualId: number; // 0: no host before it
  send(bytes: Uint8Array, frames?: number): boolean;
  /** Power off and on again; the endpoint knows what that does to the connection. */
  restart(device: Ap3000Device): void;
}

/** Alarm types of §7.9. */
export const ALARM = { powerLost: 1, water: 2, meltFuse: 3, smoke: 4, temperature: 5, waterLevel: 6, door: 7 } as const;

/** One AP3000 socket or pile. The public methods are people, vehicles, weather and bad luck; the rest is its firmware. */
export class Ap3000Device implements VirtualDevice, OrderTarget {
  readonly ledger = new DeviceLedger();
  readonly memory: DeviceMemory;
  readonly charger: Charger;
  connected = false;
  smoke = false;
  /** The platform's answer to the last card; null: none yet, or none came. */
  lastCardAnswer: FieldsOf<'down', '02'> | null = null;
  private readonly watch = new Watch();
  private readonly desk: RequestDesk;
  private readonly box: SettlementBox;
  private readonly presence: Presence;
  private readonly environment: { voltageV: number; temperatureC: number };
  private readonly versions: Versions;
  private readonly orders: OrderDesk;
  private readonly firmware: FirmwareSlot;
  private reachable = true;
  private lastLocalOrderS = 0;

  constructor(private readonly context: DeviceContext) {
    const { random, settings } = context;
    const { model, heartbeatIntervalS } = settings;
    const send = (bytes: Uint8Array, frames?: number): boolean => this.send(bytes, frames);
    const changed = (): void => {
      this.watch.changed();
    };
    this.environment = { voltageV: random.integer(2180, 2360) / 10, temperatureC: random.integer(18, 32) };
    this.versions = { firmware: model.firmwareVersion, powerBoard: model.powerBoardVersion };
    this.memory = new DeviceMemory(
      heartbeatIntervalS === FACTORY_RUN1.heartbeatIntervalS ? FACTORY_RUN1 : { ...FACTORY_RUN1, heartbeatIntervalS },
    );
    const common = { ...context, model, memory: this.memory, environment: this.environment, send, changed };
    this.desk = new RequestDesk(common);
    this.box = new SettlementBox({ ...common, desk: this.desk, timestamps: model.settlementBytes >= 35 });
    this.charger = new Charger({
      ...common,
      desk: this.desk,
      box: this.box,
      ledger: this.ledger,
      reportIntervalS: settings.reportIntervalS,
    });
    this.orders = new OrderDesk({
      ...common,
      // Replies of an unheard slave come from its host, so only the line matters.
      sendReply: (bytes) => this.connected && context.send(bytes),
    });
    this.firmware = new FirmwareSlot({
      ...common,
      deviceType: model.deviceType,
      verifiesFirmware: settings.verifiesFirmware,
      versions: this.versions,
      restart: () => {
        this.restart();
      },
    });
    this.presence = new Presence({
      ...common,
      desk: this.desk,
      charger: this.charger,
      versions: this.versions,
      onRegistered: () => {
        this.box.resume();
        changed();
      },
    });
  }

  get deviceId(): DeviceId {
    return this.context.physicalId as DeviceId;
  }
  get portCount(): number {
    return this.model.portCount;
  }
  get portNos(): readonly number[] {
    return this.charger.ports.map((_, index) => index + 1);
  }
  get model(): Ap3000Settings['model'] {
    return this.context.settings.model;
  }
  get registered(): boolean {
    return this.presence.registered;
  }
  get faults(): Faults {
    return this.context.faults;
  }
  get voltageV(): number {
    return this.environment.voltageV;
  }
  get receivedFirmwareSha256(): string | null {
    return this.firmware.receivedSha256;
  }
  get firmwareVersion(): number {
    return this.versions.firmware;
  }
  get deviceType(): number {
    return this.model.deviceType;
  }

  portState(portNo = 1): PortState {
    return this.charger.stateOf(portNo - 1);
  }

  plugIn(portNo = 1, vehicle: Vehicle = randomVehicle(this.context.random)): void {
    this.charger.plugIn(portNo - 1, vehicle);
  }

  unplug(portNo = 1): void {
    this.charger.unplug(portNo - 1);
  }

  setFault(portNo: number, code: number | null): void {
    this.charger.setFault(portNo - 1, code);
  }

  setVoltage(voltageV: number): void {
    this.environment.voltageV = voltageV;
  }

  /** A slave that its host no longer hears; the host answers orders to it with `no response`. */
  setReachable(reachable: boolean): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    if (reachable) this.presence.boot();
    else this.goSilent();
  }

  /** 42; smoke keeps refusing starts until `clearSmoke`. Ports count from 1, sensor addresses from 0. */
  raiseAlarm(type: keyof typeof ALARM, where: { portNo?: number; sensor?: number; trigger?: number } = {}): void {
    if (type === 'smoke') this.smoke = true;
    const port = where.portNo === undefined ? (where.sensor ?? 0) : where.portNo - 1;
    this.desk.tell('42', { alarmType: ALARM[type], port, trigger: where.trigger ?? 0 });
  }

  clearSmoke(): void {
    this.smoke = false;
  }

  swipeCard(portNo = 1, cardHex = this.drawCard()): void {
    if (this.presence.offline) {
      this.startLocally(portNo, { by: 'card', cardOrCodeHex: cardHex });
      return;
    }
    this.present(portNo - 1, cardHex);
  }

  /** A card on the reader without a port: the device only speaks the balance. */
  queryBalance(cardHex = this.drawCard()): void {
    this.present(ANY_PORT, cardHex);
  }

  startLocally(portNo: number, { by, cardOrCodeHex = this.drawCard(by), durationS }: LocalStart): boolean {
    const port = portNo - 1;
    const verdict = decideStart(port, true, this.view());
    if (!verdict.charges || verdict.result !== START_RESULT.done) return false;
    const startMode = START_MODE[by];
    this.lastLocalOrderS = Math.max(this.lastLocalOrderS + 1, this.context.clock.epochS());
    const orderHex = deviceBuiltOrder({
      epochS: this.lastLocalOrderS,
      startMode,
      cardOrCodeHex,
      deviceNo: this.context.deviceNo,
      portNo,
    });
    this.charger.start(port, {
      orderHex,
      startMode,
      cardOrCodeHex: cardOrCodeHex.toLowerCase(),
      goal: durationS === undefined ? { kind: 'full' } : { kind: 'time', seconds: durationS, stopWhenFull: true },
      maxChargeS: 0,
      overloadPowerW: 0,
      longCharge: false,
      extraFloatS: 0,
      ignoreUnplug: false,
    });
    return true;
  }

  heartbeat(): void {
    this.presence.beat();
  }

  /** Asks the platform for new firmware: E0 with packet 0, 05 on old models. */
  requestUpgrade(): void {
    if (this.model.generation === 'old') this.desk.tell('05', {});
    else this.desk.tell('E0', { result: 0, packet: 0 });
  }

  /** Answers the next firmware packets with this result of §10; null: as they deserve. */
  failFirmware(result: number | null): void {
    this.firmware.failure = result;
  }

  cut(offlineMs?: number): void {
    this.context.link.cut(offlineMs);
  }

  reconnect(): void {
    this.context.link.reconnect();
  }

  async waitFor(condition: DeviceCondition, options?: WaitOptions): Promise<void> {
    await this.watch.untilDevice(this, condition, options);
  }

  sendProgress(): number {
    return this.connected && this.reachable && !this.context.link.busy ? this.charger.reporter.reportAll() : 0;
  }

  // --- what the endpoint tells it ---

  powerUp(): void {
    this.connected = true;
    this.presence.boot();
    this.watch.changed();
  }

  linkLost(): void {
    this.connected = false;
    this.goSilent();
  }

  close(): void {
    this.linkLost();
    this.charger.close();
    this.box.close();
  }

  answered(command: string, messageId: number, fields: unknown): boolean {
    return this.desk.answered(command, messageId, fields);
  }

  /** `keyHex` tells a repeat from a new order. */
  ordered(command: string, messageId: number, fields: unknown, keyHex: string): void {
    if (this.reachable) this.orders.take(this, command, messageId, fields, keyHex);
    else this.orders.takeUnheard(command, messageId);
  }

  misunderstood({ command, messageId }: { readonly command: string; readonly messageId: number }): void {
    this.orders.takeUnreadable(command, messageId);
  }

  // --- what orders do with it ---

  announce(): void {
    this.presence.announce();
  }

  heartbeatIntervalChanged(): void {
    this.presence.reschedule();
  }

  restart(): void {
    this.context.restart(this);
  }

  loseMemory(): void {
    this.charger.forget();
    this.box.erase();
    this.memory.erase();
  }

  receiveFirmware(command: FirmwareCommand, packet: FieldsOf<'down', 'E0'>): FirmwareAnswer {
    return this.firmware.receive(command, packet);
  }

  upgradeItself(): void {
    this.firmware.upgradeItself();
  }

  private send(bytes: Uint8Array, frames?: number): boolean {
    return this.reachable && this.connected && this.context.send(bytes, frames);
  }

  private goSilent(): void {
    this.desk.abandon(); // may plan to ask again
    this.presence.shutDown();
    this.watch.changed();
  }

  private present(port: number, cardHex: string): void {
    this.lastCardAnswer = null;
    this.desk.ask(
      '02',
      {
        cardId: cardHex.toUpperCase(),
        cardNumber: Number.parseInt(cardHex, 16),
        cardType: 1,
        port,
        cardBalanceFen: 0,
        timestamp: this.context.clock.epochS(),
      },
      {
        onAnswer: (answer) => {
          this.lastCardAnswer = answer;
          this.watch.changed();
        },
      },
    );
  }

  /** A card's UID, or `00` and a six-digit code. */
  private drawCard(by: 'card' | 'code' = 'card'): string {
    const { random } = this.context;
    if (by === 'code') return random.integer(0, 999_999).toString().padStart(8, '0');
    return random.integer(0x1000_0000, 0xffff_ffff).toString(16);
  }

  private view(): Parameters<typeof decideStart>[2] {
    return {
      ports: this.charger.ports,
      smoke: this.smoke,
      voltageV: this.voltageV,
      limits: this.memory.limits,
      totalPowerW: this.model.totalPowerW,
    };
  }
}
