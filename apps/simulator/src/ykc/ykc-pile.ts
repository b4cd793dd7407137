import type { DeviceId } from '@chargebus/domain';
import { ykcCodec } from '@chargebus/protocol-ykc';
import type { LooseFrame } from '@chargebus/protocol-core';
import { fetchFile } from '../core/file-transfer';
import type { FetchedFile } from '../core/file-transfer';
import type { EndCause, OutletCharge, Reading } from '../core/outlets';
import type { EndpointContext, LocalStart } from '../core/protocol';
import { RecordingDevice } from '../core/recording-device';
import type { Vehicle } from '../core/vehicle';
import { carryOut, isOrder } from './orders';
import type { OrderTarget, StartOrder, StartVerdict, UpFrame, UpgradeOrder } from './orders';
import { headingOf, LOCK, lockFields, loginFields, NO_BMS_ERROR, realtimeFields, recordFields } from './reports';
import type { YkcSettings } from './settings';
import { SiteClock } from './site-clock';
import { FLAT_TARIFF, tariffOf } from './tariff';
import type { Tariff } from './tariff';
import { LONGEST_S, NO_CARD, stopReasonOf, TRADE_FLAG } from './terms';
import type { YkcTerms } from './terms';
import { CONFIGURATION, demand, endStatistics, HANDSHAKE, INFORMATION, randomCar } from './vehicle';

const UNITS_PER_WH = 10;
const RECORD_AFTER_MS = 1_000;
const RECORD_WAITS_MS = [30_000, 30_000, 30_000, 300_000, 30_000]; // page §5.5; then not before the next log-in
const HEARTBEAT_MS = 10_000;
const HEARTBEATS_MISSED = 3;
const IDLE_REPORT_MS = 300_000;
const LOGIN_AGAIN_MS = 30_000;
const MODEL_AGAIN_MS = 30_000;
const PLUG_WITHIN_MS = 60_000;
const UPGRADE_MS = 120_000;
const OFFLINE_MS = 10_000;
const LEAST_OFFLINE_REAL_MS = 200;
const FAIL = { busy: 2, fault: 3, unplugged: 5, noModel: 6 } as const;
const NO_MODEL = '0000';

/** One YKC pile. The public methods are people, vehicles and bad luck; the rest is its firmware. */
export class YkcPile extends RecordingDevice<YkcTerms> implements OrderTarget {
  readonly cards = new Set<string>();
  programVersion = 'V4.1.50';
  /** The last firmware that it really fetched. */
  fetched: FetchedFile | null = null;
  tariff: Tariff;
  work = { stopUse: 0, maxPowerPercent: 100 };
  /** Whether the last card, account or VIN was let charge; null: no answer yet. */
  lastCardAccepted: boolean | null = null;
  private sequence = -1;
  private missedBeats = 0;
  private readonly waitingPlugs = new Map<number, StartOrder>(); // by gun
  private readonly meterKwh = new Map<number, number>(); // by gun: what ever flowed
  private readonly locks = new Map<number, number>();
  private asked: { readonly startMode: number; readonly card: string; readonly vin: string } | null = null;
  private readonly wallClock: SiteClock;
  private running = 0;

  constructor(
    deviceId: DeviceId,
    private readonly settings: YkcSettings,
    context: EndpointContext,
  ) {
    const { replyDelayMs } = settings;
    const records = { recordAfterMs: RECORD_AFTER_MS, recordWaitsMs: RECORD_WAITS_MS };
    super({ deviceId, unitsPerWh: UNITS_PER_WH, replyDelayMs, ...records }, context);
    this.tariff = FLAT_TARIFF(settings.modelNo);
    this.wallClock = new SiteClock(context.clock);
    for (let gun = 1; gun <= settings.guns; gun++) {
      this.outlets.add(gun);
      this.meterKwh.set(gun, context.random.integer(0, 5_000));
    }
  }

  // --- people ---

  override plugIn(portNo = 1, vehicle: Vehicle = this.drawVehicle()): void {
    super.plugIn(portNo, vehicle);
    const waiting = this.waitingPlugs.get(portNo);
    if (waiting === undefined) return;
    this.waitingPlugs.delete(portNo);
    const { tradeNo, gun } = waiting;
    this.say('33', { tradeNo, gun, ...this.start(waiting) });
  }
  /** A card at the reader: online the platform decides, offline the pile's own list. */
  swipeCard(portNo = 1, cardHex = this.drawCard()): void {
    const account = cardHex.toLowerCase().padStart(16, '0');
    if (this.registered) this.request(portNo, 1, account, '');
    else if (this.cards.has(account)) this.startLocally(portNo, { by: 'card', cardOrCodeHex: account });
  }
  /** A vehicle that is known by its number. */
  presentVin(portNo: number, vin: string): void {
    this.request(portNo, 3, NO_CARD, Array.from(vin).reverse().join(''));
  }
  startLocally(portNo: number, { cardOrCodeHex = this.drawCard(), durationS }: LocalStart): boolean {
    const card = cardOrCodeHex.toLowerCase().padStart(16, '0');
    const goal =
      durationS === undefined ? ({ kind: 'full' } as const) : ({ kind: 'time', seconds: durationS } as const);
    return this.run(portNo, this.ownTradeNo(portNo), { source: 'card', card, tradeFlag: TRADE_FLAG.offline, goal });
  }
  /** 1B, 1D, 21: the vehicle or the charger gives up. Members that are not 0 say why. */
  raiseBmsError(portNo: number, members: Readonly<Record<string, number>>): void {
    const charge = this.outlets.chargeOn(portNo);
    if (charge === null) return;
    this.say('1B', { ...headingOf(charge), ...NO_BMS_ERROR, ...members });
  }

  heartbeat(): void {
    this.missedBeats += 1;
    for (const gun of this.outlets.portNos) {
      this.context.statistics.requests += 1;
      this.say('03', { gun, gunStatus: this.outlets.faultOf(gun) === null ? 0 : 1 });
    }
  }

  sendProgress(): number {
    if (!this.registered || this.context.link.busy) return 0;
    const frames = this.outlets.charges.map(({ portNo }) => this.encode('13', this.realtime(portNo)));
    if (frames.length === 0 || !this.send(Buffer.concat(frames), frames.length)) return 0;
    for (const { entry } of this.outlets.charges) entry.progressSent += 1;
    this.context.statistics.progressSent += frames.length;
    return frames.length;
  }

  receive({ command, messageId, fields }: LooseFrame): boolean {
    return isOrder(command) ? this.ordered(command, messageId, fields) : this.answered(command, fields);
  }

  // --- what orders do with it ---

  start(order: StartOrder): StartVerdict {
    const { tradeNo, gun, physicalCard } = order;
    const failReason = this.refusal(gun, tradeNo);
    if (failReason === FAIL.unplugged) this.awaitPlug(order);
    if (failReason !== 0) {
      this.context.statistics.startsRefused += 1;
      return { success: 0, failReason };
    }
    if (this.outlets.chargeOn(gun) === null) {
      const card = physicalCard === NO_CARD ? '' : physicalCard;
      this.run(gun, tradeNo, { source: 'platform', card, tradeFlag: TRADE_FLAG.app, goal: { kind: 'full' } });
    }
    return { success: 1, failReason: 0 };
  }
  stop(gun: number): boolean {
    return this.outlets.stop(gun, 'ordered');
  }
  reportGun(gun: number): void {
    this.report(gun);
  }
  setTariff(fields: Readonly<Record<string, unknown>>): boolean {
    this.tariff = tariffOf(fields);
    return true;
  }
  setWork(work: { readonly stopUse: number; readonly maxPowerPercent: number }): void {
    this.work = { stopUse: work.stopUse, maxPowerPercent: work.maxPowerPercent };
  }
  moveLock(gun: number, action: number): boolean {
    if (!this.outlets.has(gun)) return false;
    this.locks.set(gun, action === LOCK.up ? LOCK.up : LOCK.down);
    this.context.clock.after(LOCK_MOVES_MS, () => {
      this.reportLock(gun);
    });
    return true;
  }
  setClock(local: string): void {
    this.wallClock.set(local);
  }
  now(): string {
    return this.wallClock.now();
  }
  /** The pile's clock goes wrong by so much, until the platform sets it. */
  shiftClock(byMs: number): void {
    this.wallClock.shift(byMs);
  }
  reboot(): void {
    this.powerCycle();
  }
  upgrade({ serverAddress, serverPort, user, password, filePath }: UpgradeOrder): void {
    if (!this.settings.transfersFiles) {
      this.install((filePath.split('/').pop() ?? '').replace(/\.\w+$/, ''));
      return;
    }
    fetchFile(`ftp://${serverAddress}:${serverPort}/${filePath.replace(/^\//, '')}`, { user, password })
      .then((file) => {
        this.fetched = file;
        this.install(file.version ?? 'unknown');
      })
      .catch(() => undefined); // nothing of the protocol tells it
  }
  private install(version: string): void {
    this.context.clock.after(UPGRADE_MS, () => {
      this.programVersion = version.slice(0, 8);
      this.powerCycle();
    });
  }

  // --- its own life ---

  protected boot(): void {
    this.sequence = -1;
    this.missedBeats = 0;
    this.logIn();
  }
  protected drawVehicle(): Vehicle {
    return randomCar(this.context.random, this.settings.kind);
  }
  protected started(charge: OutletCharge<YkcTerms>): void {
    const { reportIntervalS, kind } = this.settings;
    const heading = headingOf(charge);
    if (kind === 'dc') {
      this.say('15', { ...heading, ...HANDSHAKE, vin: charge.terms.vin });
      this.say('17', { ...heading, ...CONFIGURATION });
    }
    if (reportIntervalS === Infinity) return;
    const again = (): void => {
      if (this.outlets.chargeOn(charge.portNo) !== charge) return;
      this.report(charge.portNo);
      if (kind === 'dc') {
        this.say('23', { ...heading, ...demand(charge.vehicle, this.outlets.reading(charge)) });
        this.say('25', { ...heading, ...INFORMATION });
      }
      this.context.clock.after(reportIntervalS * 1000, again);
    };
    this.context.clock.after(reportIntervalS * 1000, again);
  }
  protected ended(charge: OutletCharge<YkcTerms>, reading: Reading, cause: EndCause): void {
    const { entry, portNo, terms, vehicle } = charge;
    const stopReason = stopReasonOf(cause, this.outlets.faultOf(portNo));
    entry.stopReason = stopReason;
    if (this.settings.kind === 'dc') this.say('19', { ...headingOf(charge), ...endStatistics(vehicle, reading) });
    const meterStartKwh = this.meterKwh.get(portNo) ?? 0;
    const ended = { charge, reading, endTime: this.now(), stopReason, meterStartKwh };
    const record = recordFields(ended, this.tariff);
    this.meterKwh.set(portNo, record.meterEndKwh);
    this.records.store(terms.orderKey, entry, () => this.encode('3B', record));
  }
  protected reportChange(portNo: number): void {
    if (this.registered) this.report(portNo);
  }
  protected recordIgnored(): void {
    // Not before the next log-in: page §5.5.
  }

  private logIn(): void {
    this.context.statistics.requests += 1;
    this.say('01', loginFields(this.deviceId, this.settings, this.programVersion));
    this.timers.after(LOGIN_AGAIN_MS, () => {
      if (!this.registered) this.logIn();
    });
  }
  private loggedIn(): void {
    this.becomeRegistered();
    this.say('05', { modelNo: this.tariff.modelNo });
    const beat = (): void => {
      if (this.missedBeats >= HEARTBEATS_MISSED) {
        this.cut();
        return;
      }
      this.heartbeat();
      this.timers.after(HEARTBEAT_MS * this.context.random.between(0.97, 1.03), beat);
    };
    beat();
    for (const gun of this.outlets.portNos) this.report(gun);
    this.timers.every(IDLE_REPORT_MS, IDLE_REPORT_MS, () => {
      for (const gun of this.outlets.portNos) if (this.outlets.chargeOn(gun) === null) this.report(gun);
    });
  }
  private fetchModel(): void {
    this.say('09', {});
    this.timers.after(MODEL_AGAIN_MS, () => {
      if (this.tariff.modelNo === NO_MODEL) this.fetchModel();
    });
  }

  private ordered(command: string, sequence: number, fields: object): boolean {
    this.context.statistics.ordersReceived += 1;
    if (this.faults.strikes('ignoreOrders')) return true;
    const outcome = carryOut(this, command, fields);
    if (outcome !== null) this.replies.reply(this.encode(outcome.command, outcome.fields, sequence), outcome.then);
    return true;
  }

  private answered(command: string, fields: Readonly<Record<string, unknown>>): boolean {
    if (command === '40') return this.records.confirmed(String(fields.tradeNo));
    if (this.faults.strikes('ignoreAnswers')) return true;
    this.context.statistics.answers += 1;
    switch (command) {
      case '02':
        if (fields.result === 0) this.loggedIn();
        else this.cut();
        return true;
      case '04':
        this.missedBeats = 0;
        return true;
      case '06':
        if (fields.result !== 0) this.fetchModel();
        return true;
      case '0A':
        this.setTariff(fields);
        return true;
      case '32':
      case 'A2':
        this.decided(fields);
        return true;
      default:
        return false;
    }
  }

  private request(gun: number, startMode: number, cardNo: string, vinWire: string): void {
    this.lastCardAccepted = null;
    this.context.statistics.requests += 1;
    this.asked = { startMode, card: startMode === 3 ? '' : cardNo, vin: Array.from(vinWire).reverse().join('') };
    this.say('31', { gun, startMode, needPassword: 0, account: cardNo, passwordMd5: '', vinWire });
  }
  private decided({ success, gun, tradeNo }: Readonly<Record<string, unknown>>): void {
    this.lastCardAccepted = success === 1;
    const { asked } = this;
    if (success !== 1 || asked === null) return;
    const tradeFlag = asked.startMode === 3 ? TRADE_FLAG.vin : TRADE_FLAG.card;
    this.run(Number(gun), String(tradeNo), {
      source: 'card',
      card: asked.card,
      tradeFlag,
      goal: { kind: 'full' },
      vin: asked.vin,
    });
  }

  /** 0: it can start, or runs already under this number. */
  private refusal(gun: number, tradeNo: string): number {
    if (!this.outlets.has(gun) || this.work.stopUse === 1) return FAIL.fault;
    if (this.tariff.modelNo === NO_MODEL) return FAIL.noModel;
    if (this.outlets.faultOf(gun) !== null) return FAIL.fault;
    const running = this.outlets.chargeOn(gun);
    if (running !== null) return running.terms.orderKey === tradeNo ? 0 : FAIL.busy;
    return this.outlets.vehicleOn(gun) === null ? FAIL.unplugged : 0;
  }
  private awaitPlug(order: StartOrder): void {
    this.waitingPlugs.set(order.gun, order);
    this.context.clock.after(PLUG_WITHIN_MS, () => {
      if (this.waitingPlugs.get(order.gun) === order) this.waitingPlugs.delete(order.gun);
    });
  }
  private run(
    gun: number,
    tradeNo: string,
    terms: Pick<YkcTerms, 'source' | 'card' | 'tradeFlag' | 'goal'> & { readonly vin?: string },
  ): boolean {
    if (this.refusal(gun, tradeNo) !== 0 || this.outlets.chargeOn(gun) !== null) return false;
    this.outlets.start(gun, { vin: '', ...terms, orderKey: tradeNo, longestS: LONGEST_S, startTime: this.now() });
    return true;
  }

  private report(gun: number): void {
    this.say('13', this.realtime(gun));
    const charge = this.outlets.chargeOn(gun);
    if (charge === null) return;
    charge.entry.progressSent += 1;
    this.context.statistics.progressSent += 1;
  }
  private realtime(gun: number): UpFrame['fields'] {
    const charge = this.outlets.chargeOn(gun);
    const state = {
      gun,
      charge,
      reading: charge === null ? null : this.outlets.reading(charge),
      isFaulty: this.outlets.faultOf(gun) !== null,
      isPlugged: this.outlets.vehicleOn(gun) !== null,
    };
    return realtimeFields(state, this.settings.kind, this.tariff);
  }
  private reportLock(gun: number): void {
    this.say('61', lockFields(gun, this.locks.get(gun) ?? LOCK.down, this.outlets.vehicleOn(gun) !== null));
  }

  private say(command: string, fields: object): void {
    if (!this.connected) return;
    const frame = this.encode(command, fields);
    this.send(frame);
    if (REQUESTS.has(command) && this.faults.strikes('duplicateRequests')) this.send(frame);
  }
  /** Replies repeat the sequence of the order; what the pile says by itself has the next one. */
  private encode(command: string, fields: object, sequence = this.nextSequence()): Uint8Array {
    const envelope = { crcOrder: this.settings.crcOrder };
    const named = { pileCode: this.deviceId, ...fields };
    return ykcCodec.encode({
      physicalId: this.deviceId,
      messageId: sequence,
      command,
      direction: 'up',
      fields: named,
      envelope,
    });
  }
  private nextSequence(): number {
    return (this.sequence = (this.sequence + 1) & 0xffff);
  }
  private powerCycle(): void {
    this.cut(Math.max(LEAST_OFFLINE_REAL_MS, OFFLINE_MS / this.context.clock.speed));
  }
  /** Page §3.6: pile code, gun, local time, running number. */
  private ownTradeNo(gun: number): string {
    this.running = (this.running + 1) % 10_000;
    const time = this.now().replace(/\D/g, '').slice(2, 14);
    return `${this.deviceId}${String(gun).padStart(2, '0')}${time}${String(this.running).padStart(4, '0')}`;
  }
  private drawCard(): string {
    return this.context.random.integer(0x1000_0000, 0xffff_ffff).toString(16);
  }
}
const LOCK_MOVES_MS = 3_000;
const REQUESTS: ReadonlySet<string> = new Set(['01', '03', '05', '09', '31', 'A1']);
