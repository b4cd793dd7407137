import type { DeviceId } from '@chargebus/domain';
import { bkvCodec } from '@chargebus/protocol-bkv';
import type { LooseFrame } from '@chargebus/protocol-core';
import type { EndCause, OutletCharge, Reading } from '../core/outlets';
import type { EndpointContext, LocalStart } from '../core/protocol';
import { fetchFile } from '../core/file-transfer';
import type { FetchedFile } from '../core/file-transfer';
import { RecordingDevice } from '../core/recording-device';
import { randomVehicle } from '../core/vehicle';
import type { Vehicle } from '../core/vehicle';
import { carryOut, isOrder } from './orders';
import type { CardOrder, OrderTarget, StartOrder } from './orders';
import { endReport, faultFields, measured, toJack, toPortNo } from './reports';
import type { Jack, UpFrame } from './reports';
import type { BkvSettings } from './settings';
import { Sockets } from './sockets';
import { endStatus, goalOfFees, goalOfTiers, LONGEST_S, STATUS } from './terms';
import type { BkvTerms } from './terms';

const OWN_SERIAL = 0; // of what the device says by itself
const UNITS_PER_WH = 1;
const REPORT_CHANGE_AFTER_MS = 500;
const EVENT_AFTER_MS = 1_000;
const RECORD_AFTER_MS = 100;
const RECORD_WAITS_MS = [10_500, 10_500, 17_000]; // captured; then the connection is dropped
const OFFLINE_MS = 4_000;
const UPGRADE_MS = 60_000;
const HEARTBEATS_MISSED = 3;
const DUPLICATE_AFTER_REAL_MS = 100;
const LEAST_OFFLINE_REAL_MS = 200;
const DAY_TIME_ZONE_MS = 480 * 60_000;
/** The numbers of a gateway: a card's reader waits for the platform with one of them. */
interface WaitingCard {
  readonly businessNo: number;
  readonly cardNo: string;
}

/** One BKV gateway with its sockets. The public methods are people, vehicles and bad luck; the rest is its firmware. */
export class BkvGateway extends RecordingDevice<BkvTerms> implements OrderTarget {
  /** Balance that the platform told last; null: none yet. */
  lastBalanceFen: number | null = null;
  /** Whether the last card was let charge; null: no answer yet. */
  lastCardAccepted: boolean | null = null;
  firmware: string;
  /** The last firmware that it really fetched. */
  fetched: FetchedFile | null = null;
  readonly sockets = new Sockets(this.outlets);
  private readonly waitingCards = new Map<number, WaitingCard>(); // by port
  private readonly changedSockets = new Set<number>();
  private readonly voltageV: number;
  private readonly condition;
  private businessNo: number;
  private missedBeats = 0;
  private wasConnected = false;

  constructor(
    deviceId: DeviceId,
    private readonly settings: BkvSettings,
    context: EndpointContext,
  ) {
    const { replyDelayMs } = settings;
    const records = { recordAfterMs: RECORD_AFTER_MS, recordWaitsMs: RECORD_WAITS_MS };
    super({ deviceId, unitsPerWh: UNITS_PER_WH, replyDelayMs, ...records }, context);
    const { random } = context;
    this.firmware = settings.firmware;
    this.voltageV = random.integer(2250, 2320) / 10;
    this.condition = { version: '5136', temperatureC: random.integer(18, 35), rssi: random.integer(21, 32) };
    this.businessNo = random.integer(0, 1_000);
    for (let socketNo = 1; socketNo <= settings.sockets; socketNo++) this.sockets.add(socketNo);
  }

  // --- people ---

  swipeCard(portNo = 1, cardHex = this.drawCard()): void {
    if (this.outlets.stateOf(portNo) !== 'plugged') return;
    const cardNo = cardHex.toLowerCase().padStart(12, '0');
    const card = { businessNo: this.nextBusinessNo(), cardNo };
    this.waitingCards.set(portNo, card);
    this.lastCardAccepted = null;
    this.context.statistics.requests += 1;
    const status = STATUS.online | STATUS.active;
    this.say('0015/0B', { ...toJack(portNo), ...card, status, offlineParams: '00'.repeat(20) });
  }
  queryBalance(portNo = 1, cardHex = this.drawCard()): void {
    this.lastBalanceFen = null;
    this.say('0015/1A', { ...toJack(portNo), cardNo: cardHex.toLowerCase().padStart(12, '0') });
  }
  /** The push button of the socket: an order that nobody knows. */
  startLocally(portNo: number, { durationS }: LocalStart): boolean {
    const goal =
      durationS === undefined ? ({ kind: 'full' } as const) : ({ kind: 'time', seconds: durationS } as const);
    return this.run(portNo, { goal, amountFen: 0, bill: { kind: 'plain' } }, this.nextBusinessNo(), 'code');
  }
  /** 1010: reason codes are the vendor's own; status 0 says that it is over. */
  raiseFault(socketNo: number, reason: number, active = true): void {
    const jackStatus = [0, 1].map((jack) => this.statusOf(toPortNo({ socketNo, jack })));
    this.say('1000/1010', faultFields(socketNo, { reason, active, jackStatus, voltageV: this.voltageV }));
  }

  heartbeat(): void {
    const { clock, random, statistics } = this.context;
    this.missedBeats += 1;
    statistics.requests += 1;
    const iccid = `898608${this.deviceId.slice(-10)}0000`;
    const beat = { iccid, firmware: this.firmware, rssi: random.integer(17, 31) };
    this.say('0000', beat);
    if (this.faults.strikes('duplicateRequests')) {
      clock.after(clock.fromReal(DUPLICATE_AFTER_REAL_MS), () => {
        this.say('0000', beat);
      });
    }
    this.timers.after(this.settings.heartbeatIntervalS * 1000 * random.between(0.97, 1.03), () => {
      if (this.missedBeats >= HEARTBEATS_MISSED) this.cut();
      else this.heartbeat();
    });
  }

  /** Everything that charges, in one write. */
  sendProgress(): number {
    if (!this.connected || this.context.link.busy) return 0;
    const sockets = new Set(this.outlets.charges.map(({ portNo }) => toJack(portNo).socketNo));
    const frames = [...sockets].map((socketNo) => this.encode(this.statusReport(socketNo), OWN_SERIAL));
    if (frames.length === 0 || !this.send(Buffer.concat(frames), frames.length)) return 0;
    this.context.statistics.progressSent += frames.length;
    return frames.length;
  }

  receive({ command, messageId, fields }: LooseFrame): boolean {
    return isOrder(command) ? this.ordered(command, messageId, fields) : this.answered(command, fields);
  }

  // --- what orders do with it ---

  begin(jack: Jack, order: StartOrder): number {
    const businessNo = this.nextBusinessNo();
    const begun = this.sockets.has(jack.socketNo) && this.run(toPortNo(jack), order, businessNo, 'platform');
    if (!begun) this.context.statistics.startsRefused += 1;
    return begun ? businessNo : 0;
  }
  end(jack: Jack): boolean {
    if (!this.outlets.has(toPortNo(jack))) return false;
    this.outlets.stop(toPortNo(jack), 'ordered');
    return true; // also when nothing ran: that is what was wanted
  }
  reportSocket(socketNo: number, serial: number): void {
    const report = this.statusReport(socketNo);
    this.say(report.command, report.fields, report.command === '0015/1C' ? serial : OWN_SERIAL);
  }
  authorised(jack: Jack, businessNo: number, order: CardOrder | null): boolean {
    const portNo = toPortNo(jack);
    const card = this.waitingCards.get(portNo);
    if (card?.businessNo !== businessNo) return false;
    this.waitingCards.delete(portNo);
    this.context.statistics.answers += 1;
    this.lastCardAccepted = order !== null;
    if (order === null) return true; // obeyed: nothing runs
    const { cardNo } = card;
    const bill = { ...order.bill, kind: 'card', cardNo, modeCode: order.modeCode } as BkvTerms['bill'];
    return this.run(portNo, { ...order, bill }, businessNo, 'card', cardNo);
  }
  balanceTold(balanceFen: number): void {
    this.lastBalanceFen = balanceFen;
  }
  upgrade(location: string): void {
    if (!this.settings.transfersFiles) {
      this.install(
        location
          .split('/')
          .pop()
          ?.replace(/\.\w+$/, '') ?? '',
      );
      return;
    }
    fetchFile(location)
      .then((file) => {
        this.fetched = file;
        this.install(file.version ?? 'unknown');
      })
      .catch(() => undefined); // its modem tells nobody
  }
  private install(version: string): void {
    this.context.clock.after(UPGRADE_MS, () => {
      this.firmware = version.slice(0, 8);
      this.powerCycle();
    });
  }

  // --- its own life ---

  protected boot(): void {
    this.missedBeats = 0;
    this.heartbeat();
    if (this.wasConnected) {
      const socketNo = this.sockets.first;
      this.timers.after(EVENT_AFTER_MS, () => {
        this.say('1000/1013', { socketNo, jack: 0x7f, eventTime: this.wallClock(), eventCode: '3111' });
      });
    }
    this.wasConnected = true;
  }
  protected drawVehicle(): Vehicle {
    return randomVehicle(this.context.random);
  }
  protected started(charge: OutletCharge<BkvTerms>): void {
    const { reportIntervalS } = this.settings;
    if (reportIntervalS === Infinity) return;
    const { clock } = this.context;
    const again = (): void => {
      if (this.outlets.chargeOn(charge.portNo) !== charge) return;
      this.reportChange(charge.portNo);
      clock.after(reportIntervalS * 1000, again);
    };
    clock.after(reportIntervalS * 1000, again);
  }
  protected ended(charge: OutletCharge<BkvTerms>, reading: Reading, cause: EndCause): void {
    const { entry, portNo } = charge;
    const status = endStatus(cause, this.outlets.faultOf(portNo));
    entry.stopReason = status;
    const endTime = this.wallClock();
    const where = { condition: this.condition, voltageV: this.voltageV, endTime };
    this.records.store(String(toJack(portNo).socketNo), entry, () => {
      // The momentary power of a copy differs, as captured: copies are told by their number, not by their bytes.
      const powerW = entry.settlementsSent === 0 ? reading.powerW : 0;
      return this.encode(endReport(charge, { ...reading, powerW }, status, where), OWN_SERIAL);
    });
  }
  /** Half a second later, and once for both jacks of a socket. */
  protected reportChange(portNo: number): void {
    const { socketNo } = toJack(portNo);
    if (!this.connected || this.changedSockets.has(socketNo)) return;
    this.changedSockets.add(socketNo);
    this.context.clock.after(REPORT_CHANGE_AFTER_MS, () => {
      this.changedSockets.delete(socketNo);
      if (!this.registered) return;
      this.reportSocket(socketNo, OWN_SERIAL);
      this.context.statistics.progressSent += 1;
    });
  }
  protected recordIgnored(): void {
    this.powerCycle();
  }

  private ordered(command: string, serial: number, fields: object): boolean {
    const { statistics } = this.context;
    statistics.ordersReceived += 1;
    if (this.faults.strikes('ignoreOrders')) return true;
    const outcome = carryOut(this, command, fields, serial);
    if (outcome !== null) this.replies.reply(this.encode(outcome, serial), outcome.then);
    return true;
  }

  private answered(command: string, fields: Readonly<Record<string, unknown>>): boolean {
    if (command === '0000') return this.beatAnswered();
    const { socketNo } = fields;
    const isEnd = ['0015/0C', '0015/02', '0015/18', '1000/1004'].includes(command);
    if (!isEnd || typeof socketNo !== 'number')
      return command === '1000/1017' || command === '1000/1010' || command === '0015/1C';
    const wasOpen = this.records.confirmed(String(socketNo));
    if (wasOpen) this.reportChange(toPortNo({ socketNo, jack: 0 }));
    return wasOpen;
  }
  private beatAnswered(): boolean {
    if (this.missedBeats === 0) return false;
    if (this.faults.strikes('ignoreAnswers')) return true;
    this.missedBeats = 0;
    this.context.statistics.answers += 1;
    this.becomeRegistered();
    return true;
  }

  private run(
    portNo: number,
    { goal, amountFen, bill }: StartOrder,
    businessNo: number,
    source: BkvTerms['source'],
    card = '',
  ): boolean {
    const vehicle = this.outlets.has(portNo) ? this.outlets.vehicleOn(portNo) : null;
    const state = vehicle === null ? 'idle' : this.outlets.stateOf(portNo);
    if (vehicle === null || (state !== 'plugged' && state !== 'finished')) return false;
    const bought =
      goal ??
      (bill.kind === 'fee'
        ? goalOfFees(amountFen, bill.by, bill.tiers, vehicle)
        : goalOfTiers(amountFen, bill.kind === 'plain' ? [] : bill.tiers, vehicle));
    const orderKey = String(businessNo);
    this.outlets.start(portNo, { orderKey, source, card, goal: bought, longestS: LONGEST_S, businessNo, bill });
    return true;
  }

  private statusOf(portNo: number): number {
    const charging = this.outlets.chargeOn(portNo) !== null ? STATUS.active : 0;
    return STATUS.online | charging | (this.outlets.faultOf(portNo) ?? 0);
  }
  private statusReport(socketNo: number): UpFrame {
    const jacks = [0, 1].map((jack) => {
      const portNo = toPortNo({ socketNo, jack });
      const charge = this.outlets.chargeOn(portNo);
      const reading = charge === null ? NOTHING : this.outlets.reading(charge);
      if (charge !== null) charge.entry.progressSent += 1;
      const businessNo = charge?.terms.businessNo ?? 0;
      return {
        jack,
        status: this.statusOf(portNo),
        businessNo,
        voltageV: this.voltageV,
        ...measured(reading, this.voltageV),
      };
    });
    const socket = { socketNo, ...this.condition, jacks };
    return this.settings.statusReports === 'group'
      ? { command: '1000/1017', fields: { sockets: [socket] } }
      : { command: '0015/1C', fields: socket };
  }

  private say(command: string, fields: object, serial = OWN_SERIAL): void {
    this.send(this.encode({ command, fields: fields as UpFrame['fields'] }, serial));
  }
  private encode({ command, fields }: UpFrame, messageId: number): Uint8Array {
    return bkvCodec.encode({ physicalId: this.deviceId, messageId, command, direction: 'up', fields });
  }
  private powerCycle(): void {
    this.cut(Math.max(LEAST_OFFLINE_REAL_MS, OFFLINE_MS / this.context.clock.speed));
  }
  private nextBusinessNo(): number {
    return (this.businessNo = this.businessNo >= 0xffff ? 1 : this.businessNo + 1);
  }
  private drawCard(): string {
    return this.context.random.integer(0x1000_0000, 0xffff_ffff).toString(16);
  }
  /** YYYY-MM-DDTHH:MM:SS at the site. */
  private wallClock(): string {
    return new Date(this.context.clock.epochS() * 1000 + DAY_TIME_ZONE_MS).toISOString().slice(0, 19);
  }
}
const NOTHING: Reading = { durationS: 0, energyWh: 0, powerW: 0 };
