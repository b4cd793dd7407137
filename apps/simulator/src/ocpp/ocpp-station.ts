import type { DeviceId } from '@chargebus/domain';
import { BasicDevice } from '../core/basic-device';
import type { EndCause, OutletCharge, Reading } from '../core/outlets';
import { bringFile, fetchFile } from '../core/file-transfer';
import type { FetchedFile } from '../core/file-transfer';
import type { EndpointContext, LocalStart } from '../core/protocol';
import type { Vehicle } from '../core/vehicle';
import { Rpc } from './rpc';
import type { Answer, Payload } from './rpc';
import type { OcppSettings } from './settings';
import { LONGEST_S } from './terms';
import type { OcppTerms } from './terms';

const UNITS_PER_WH = 1;
const BOOT_AGAIN_MS = 10_000;
const PLUG_WITHIN_MS = 60_000;
const OFFLINE_MS = 5_000;
const LEAST_OFFLINE_REAL_MS = 200;
const INSTALLING_MS = 20_000;

/** A start that waits for its plug. */
interface WaitingStart {
  readonly idTag: string;
  readonly remoteStartId: number | null;
}

/**
 * An OCPP station with several EVSEs of one connector each; a port is an EVSE. What both versions share: boot, clock,
 * heartbeats, the order of things. The versions say it in their own messages.
 */
export abstract class OcppStation extends BasicDevice<OcppTerms> {
  firmwareVersion = '1.0.0';
  /** The last firmware that it really fetched. */
  fetched: FetchedFile | null = null;
  /** Whether the last card was let charge; null: no answer yet. */
  lastCardAccepted: boolean | null = null;
  protected readonly rpc: Rpc;
  private readonly meterWh = new Map<number, number>(); // register of each EVSE at the start of its charge
  private readonly waitingStarts = new Map<number, WaitingStart>();
  private clockZeroMs: number; // what its clock shows at device time 0
  private clockIsSet = false;

  constructor(
    deviceId: DeviceId,
    protected readonly settings: OcppSettings,
    context: EndpointContext,
  ) {
    super({ deviceId, unitsPerWh: UNITS_PER_WH }, context);
    this.clockZeroMs = context.clock.epochS() * 1000 - context.clock.nowMs() + settings.clockErrorMs;
    this.rpc = new Rpc(
      {
        clock: context.clock,
        send: (text) => this.send(Buffer.from(text)),
        handle: (action, payload) => this.ordered(action, payload),
        surplus: () => {
          context.statistics.surplusAnswers += 1;
        },
        retransmitted: () => {
          context.statistics.retransmissions += 1;
        },
      },
      context.random.integer(0, 0xffff_ffff).toString(36),
    );
    for (let evse = 1; evse <= settings.evses; evse++) {
      this.outlets.add(evse);
      this.meterWh.set(evse, context.random.integer(0, 5_000_000));
    }
  }

  // --- people ---

  override plugIn(portNo = 1, vehicle: Vehicle = this.drawVehicle()): void {
    super.plugIn(portNo, vehicle);
    const waiting = this.waitingStarts.get(portNo);
    if (waiting === undefined) return;
    this.waitingStarts.delete(portNo);
    this.run(portNo, waiting.idTag, waiting.remoteStartId);
  }
  /** A card at the reader: online the platform decides; offline everybody may, and is told of later. */
  swipeCard(portNo = 1, cardHex = this.drawCard()): void {
    const idTag = cardHex.toUpperCase();
    this.lastCardAccepted = null;
    if (!this.registered) {
      this.run(portNo, idTag, null);
      return;
    }
    this.authorise(idTag, (accepted) => {
      this.lastCardAccepted = accepted;
      if (accepted) this.run(portNo, idTag, null);
      this.changed();
    });
  }
  startLocally(portNo: number, { cardOrCodeHex = this.drawCard(), durationS }: LocalStart): boolean {
    return this.run(portNo, cardOrCodeHex.toUpperCase(), null, durationS);
  }
  heartbeat(): void {
    this.ask('Heartbeat', {}, ({ currentTime }) => {
      this.setClock(currentTime);
    });
  }
  sendProgress(): number {
    if (!this.registered || this.context.link.busy) return 0;
    const { charges } = this.outlets;
    for (const charge of charges) this.meter(charge);
    return charges.length;
  }

  // --- the endpoint ---

  receiveText(text: string): void {
    const { statistics } = this.context;
    statistics.framesDown += 1;
    if (!this.rpc.receive(text)) statistics.errors += 1;
  }
  override linkLost(): void {
    this.rpc.disconnected();
    this.rpc.released = false;
    super.linkLost();
  }

  // --- shared life ---

  protected boot(): void {
    this.rpc.connected();
    this.sayBoot();
  }
  protected abstract sayBoot(): void;
  protected abstract sayStatus(portNo: number): void;
  protected abstract authorise(idTag: string, decided: (accepted: boolean) => void): void;
  /** Meter values of a running charge. */
  protected abstract meter(charge: OutletCharge<OcppTerms>): void;
  protected abstract handle(action: string, payload: Payload): Answer | null;
  protected abstract sayFirmware(status: string): void;
  protected abstract sayLog(status: 'Uploading' | 'Uploaded' | 'UploadFailed'): void;

  /** The answer to a boot. */
  protected booted({ status, interval, currentTime }: Payload): void {
    const intervalMs = Math.max(1, Number(interval)) * 1000;
    if (status !== 'Accepted') {
      this.timers.after(Math.min(intervalMs, BOOT_AGAIN_MS), () => {
        this.sayBoot();
      });
      return;
    }
    this.setClock(currentTime);
    this.rpc.released = true;
    this.becomeRegistered();
    for (const portNo of this.outlets.portNos) this.sayStatus(portNo);
    const again = (): void => {
      this.heartbeat();
      this.timers.after(intervalMs * this.context.random.between(0.95, 1.05), again);
    };
    this.timers.after(intervalMs, again);
    this.rpc.pump();
  }

  protected ask(action: string, payload: Payload, onResult: (result: Payload) => void = () => undefined): void {
    this.context.statistics.requests += 1;
    this.rpc.call(
      {
        action,
        payload: () => payload,
        durable: false,
        onResult: (result) => {
          this.context.statistics.answers += 1;
          onResult(result);
        },
      },
      action === 'BootNotification',
    );
  }

  /** 2xx of an order to start: `Accepted` also while the plug is missing, as stations do. */
  protected startOrdered(portNo: number, idTag: string, remoteStartId: number | null): boolean {
    if (!this.outlets.has(portNo) || this.outlets.faultOf(portNo) !== null || this.outlets.chargeOn(portNo) !== null) {
      this.context.statistics.startsRefused += 1;
      return false;
    }
    const { clock } = this.context;
    // After the answer to the order, which must come first.
    clock.after(0, () => {
      if (this.run(portNo, idTag, remoteStartId)) return;
      const waiting = { idTag, remoteStartId };
      this.waitingStarts.set(portNo, waiting);
      clock.after(PLUG_WITHIN_MS, () => {
        if (this.waitingStarts.get(portNo) === waiting) this.waitingStarts.delete(portNo);
      });
    });
    return true;
  }
  protected stopOrdered(charge: OutletCharge<OcppTerms> | undefined): boolean {
    if (charge === undefined) return false;
    this.context.clock.after(0, () => {
      this.outlets.stop(charge.portNo, 'ordered');
    });
    return true;
  }

  protected started(charge: OutletCharge<OcppTerms>): void {
    const { reportIntervalS } = this.settings;
    this.begun(charge, this.meterWh.get(charge.portNo) ?? 0);
    if (reportIntervalS === Infinity) return;
    const { clock } = this.context;
    const again = (): void => {
      if (this.outlets.chargeOn(charge.portNo) !== charge) return;
      this.meter(charge);
      clock.after(reportIntervalS * 1000, again);
    };
    clock.after(reportIntervalS * 1000, again);
  }
  protected ended(charge: OutletCharge<OcppTerms>, reading: Reading, cause: EndCause): void {
    const meterStopWh = this.registerOf(charge.portNo, reading);
    this.meterWh.set(charge.portNo, meterStopWh);
    this.context.statistics.settlementsSent += 1;
    charge.entry.settlementsSent += 1;
    this.finished(charge, meterStopWh, cause);
  }
  protected abstract begun(charge: OutletCharge<OcppTerms>, meterStartWh: number): void;
  protected abstract finished(charge: OutletCharge<OcppTerms>, meterStopWh: number, cause: EndCause): void;

  /** The platform has the end of the charge. */
  protected settled({ entry }: OutletCharge<OcppTerms>, sayAgain: () => void): void {
    const isCopy = entry.acknowledged;
    entry.acknowledged = true;
    if (!isCopy) this.context.statistics.settlementsAcknowledged += 1;
    if (!isCopy && this.faults.strikes('duplicateSettlements')) {
      entry.settlementsSent += 1;
      this.context.statistics.settlementsSent += 1;
      sayAgain();
    }
    this.changed();
  }
  protected reportChange(portNo: number): void {
    if (this.registered) this.sayStatus(portNo);
  }

  protected registerOf(portNo: number, { energyWh }: Reading): number {
    return (this.meterWh.get(portNo) ?? 0) + energyWh;
  }
  protected reported({ entry }: OutletCharge<OcppTerms>): void {
    entry.progressSent += 1;
    this.context.statistics.progressSent += 1;
  }

  protected reboot(): void {
    const { clock } = this.context;
    clock.after(0, () => {
      this.cut(Math.max(LEAST_OFFLINE_REAL_MS, OFFLINE_MS / clock.speed));
    });
  }
  /** Firmware that takes its time: the last word comes after the restart. */
  protected upgrade(location: string): void {
    const { clock } = this.context;
    this.sayFirmware('Downloading');
    if (!this.settings.transfersFiles) {
      const version = (location.split('/').pop() ?? '').replace(/\.\w+$/, '');
      clock.after(this.settings.firmwareAfterMs, () => {
        this.install(version);
      });
      return;
    }
    fetchFile(location).then(
      (file) => {
        this.fetched = file;
        this.install(file.version ?? 'unknown');
      },
      () => {
        this.sayFirmware('DownloadFailed');
      },
    );
  }
  private install(version: string): void {
    const { clock } = this.context;
    this.sayFirmware('Downloaded');
    this.sayFirmware('Installing');
    clock.after(INSTALLING_MS, () => {
      this.firmwareVersion = version;
      this.reboot();
      clock.after(INSTALLING_MS, () => {
        this.sayFirmware('Installed');
      });
    });
  }
  /** Brings its log to where the platform wants it. */
  protected bringLog(folder: string, fileName: string): void {
    if (!this.settings.transfersFiles) return;
    this.sayLog('Uploading');
    bringFile(folder, fileName, Buffer.from(`log of ${this.deviceId}\n`)).then(
      () => {
        this.sayLog('Uploaded');
      },
      () => {
        this.sayLog('UploadFailed');
      },
    );
  }

  /** What the station believes that the time is; its clock runs as fast as its life. */
  protected now(): string {
    return new Date(this.clockZeroMs + this.context.clock.nowMs()).toISOString();
  }
  /** In compressed time only once: afterwards the platform's clock would be behind, and the station's would jump back. */
  private setClock(currentTime: unknown): void {
    if (this.clockIsSet && this.context.clock.speed !== 1) return;
    this.clockIsSet = true;
    this.clockZeroMs = Date.parse(String(currentTime)) - this.context.clock.nowMs();
  }

  protected drawVehicle(): Vehicle {
    const { random } = this.context;
    return { powerW: random.integer(35, 220) * 100, needWh: random.integer(5, 40) * 1000 };
  }
  private drawCard(): string {
    return this.context.random.integer(0x1000_0000, 0xffff_ffff).toString(16);
  }

  private ordered(action: string, payload: Payload): Answer | null {
    this.context.statistics.ordersReceived += 1;
    return this.handle(action, payload);
  }
  private run(portNo: number, idTag: string, remoteStartId: number | null, durationS?: number): boolean {
    const state = this.outlets.has(portNo) ? this.outlets.stateOf(portNo) : 'idle';
    if (state !== 'plugged' && state !== 'finished') return false;
    const isOrdered = remoteStartId !== null;
    this.outlets.start(portNo, {
      orderKey: `${idTag}-${this.ledger.charges.length}`,
      source: isOrdered ? 'platform' : 'card',
      card: isOrdered ? '' : idTag,
      goal: durationS === undefined ? { kind: 'full' } : { kind: 'time', seconds: durationS },
      longestS: LONGEST_S,
      idTag,
      remoteStartId,
      trigger: isOrdered ? 'RemoteStart' : 'Authorized',
    });
    return true;
  }
}
