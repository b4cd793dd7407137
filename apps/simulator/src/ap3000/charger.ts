import type { PortState } from '@chargebus/domain';
import type { EncodableFields } from '@chargebus/protocol-ap3000';
import type { Clock } from '../core/clock';
import type { DeviceLedger } from '../core/ledger';
import type { Random } from '../core/random';
import type { Statistics } from '../core/statistics';
import { energyAt } from '../core/vehicle';
import type { Vehicle } from '../core/vehicle';
import { meterAt, planEnd, START_MODE, STOP_REASON } from './charge';
import type { ChargeOrder, Goal, MeterSample } from './charge';
import type { Model } from './models';
import type { DeviceMemory } from './parameters';
import { PROGRESS_FRAME_BYTES, ProgressFrame } from './progress-frame';
import type { ProgressValues } from './progress-frame';
import type { RequestDesk } from './request-desk';
import type { SettlementBox } from './settlement-box';
import { PORT_STATUS, SocketPort } from './socket-port';
import type { RunningCharge } from './socket-port';

const FIRST_REPORT_MS = 10_000; // captured
const SOURCES = { [START_MODE.card]: 'card', [START_MODE.platform]: 'platform', [START_MODE.code]: 'code' } as const;

/** Port faults that end a running charge, with its stop reason; the others let it run. */
const FAULT_STOPS: Readonly<Record<number, number>> = {
  0x06: STOP_REASON.memory,
  0x07: STOP_REASON.unpluggedJammed,
  0x08: STOP_REASON.noPower,
  0x0b: STOP_REASON.relayOrFuse,
};

export interface ChargerContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly ledger: DeviceLedger;
  readonly model: Model;
  readonly memory: DeviceMemory;
  readonly desk: RequestDesk;
  readonly box: SettlementBox;
  readonly reportIntervalS: number; // Infinity: never by itself
  readonly environment: { readonly voltageV: number; readonly temperatureC: number };
  send(bytes: Uint8Array, frames?: number): boolean;
  changed(): void;
}

/** The sockets of one device and the charges on them: starts, meters, reports, ends and settles. Ports are wire ports. */
export class Charger {
  readonly ports: readonly SocketPort[];
  private burstBuffer: Uint8Array | null = null;

  constructor(private readonly context: ChargerContext) {
    this.ports = Array.from({ length: context.model.portCount }, () => new SocketPort());
  }

  plugIn(port: number, vehicle: Vehicle): void {
    this.unplug(port);
    const socket = this.port(port);
    socket.vehicle = vehicle;
    socket.finished = false;
    this.context.changed();
  }

  unplug(port: number): void {
    const socket = this.port(port);
    socket.vehicle = null;
    socket.finished = false;
    const { charge } = socket;
    if (charge?.order.ignoreUnplug === true) {
      charge.vehicleLeftAfterS = this.elapsedS(charge);
      this.planEnd(port, charge);
    } else if (charge !== null) this.stop(port, STOP_REASON.unplugged);
    this.context.changed();
  }

  setFault(port: number, code: number | null): void {
    const socket = this.port(port);
    socket.fault = code;
    const reason = code === null ? undefined : FAULT_STOPS[code];
    if (reason !== undefined && socket.charge !== null) this.stop(port, reason);
    this.context.changed();
  }

  /** The port must have a vehicle and no charge. */
  start(port: number, order: ChargeOrder): void {
    const { clock, ledger, statistics } = this.context;
    const socket = this.port(port);
    const { vehicle } = socket;
    if (vehicle === null || socket.charge !== null) throw new Error(`port ${port} cannot start`);
    const entry = ledger.open({
      orderHex: order.orderHex,
      portNo: port + 1,
      source: SOURCES[order.startMode],
      cardOrCodeHex: order.cardOrCodeHex,
      startedAtMs: clock.nowMs(),
    });
    const charge: RunningCharge = {
      entry,
      vehicle,
      order,
      end: null,
      report: null,
      frame: null,
      vehicleLeftAfterS: Infinity,
      peakRaw: Math.round(vehicle.powerW * 10),
      earlyPeakRaw: Math.round(vehicle.powerW * 10),
      reportedAtS: 0,
      reportedEnergyWh: 0,
    };
    socket.charge = charge;
    socket.finished = false;
    statistics.charging += 1;
    statistics.chargesStarted += 1;
    this.planEnd(port, charge);
    this.beginReports(port, charge);
    this.context.changed();
  }

  /** Ends the charge with a reason of §7.2; it settles 2 s later. */
  stop(port: number, reason: number): void {
    const { charge } = this.port(port);
    if (charge !== null) this.stopAt(port, charge, reason, this.elapsedS(charge));
  }

  /** `elapsedS` since the start: a planned end is on time even where the compressed clock is a little late. */
  private stopAt(port: number, charge: RunningCharge, reason: number, elapsedS: number): void {
    const { statistics } = this.context;
    const { entry } = charge;
    const socket = this.port(port);
    const meter = this.meter(charge, elapsedS);
    if (this.context.model.generation === 'current') this.report(port, charge, PORT_STATUS.idle, elapsedS);
    this.release(socket, charge);
    socket.finished = socket.vehicle !== null;
    Object.assign(entry, {
      endedAtMs: entry.startedAtMs + elapsedS * 1000,
      durationS: meter.durationS,
      energyRaw: meter.energyRaw,
      maxPowerRaw: charge.peakRaw,
      stopReason: reason,
    });
    statistics.chargesEnded += 1;
    this.settle(port, charge, meter, reason);
    this.context.changed();
  }

  /** 8A; the result of §10. A goal below what already ran ends the charge at once. */
  changeGoal(port: number, mode: number, quota: number): number {
    const charge = this.ports[port]?.charge;
    const goal = goalOfMode(mode, quota);
    if (goal === null || port >= this.ports.length) return 3;
    if (charge === undefined || charge === null) return 1;
    const meter = this.meter(charge);
    const passed = goal.kind === 'energy' ? goal.energyRaw < meter.energyRaw : goal.seconds < meter.durationS;
    if (passed) {
      this.stop(port, goal.kind === 'energy' ? STOP_REASON.energyReached : STOP_REASON.timeReached);
      return 2;
    }
    charge.order = { ...charge.order, goal };
    this.planEnd(port, charge);
    return 0;
  }

  /** Limits or parameters were written: running charges may end at another time. */
  replan(): void {
    this.ports.forEach(({ charge }, port) => {
      if (charge !== null) this.planEnd(port, charge);
    });
  }

  /** The memory is gone: charges end unrecorded and are never settled. */
  forget(): void {
    for (const socket of this.ports) {
      const { charge } = socket;
      if (charge === null) continue;
      this.release(socket, charge);
      charge.entry.endedAtMs = this.context.clock.nowMs();
      charge.entry.forgotten = true;
    }
    this.context.changed();
  }

  close(): void {
    for (const { charge } of this.ports) {
      charge?.end?.cancel();
      charge?.report?.cancel();
    }
  }

  /** The order running on a port; null: none, or no such port. */
  orderOn(port: number): string | null {
    return this.ports[port]?.charge?.order.orderHex ?? null;
  }

  stateOf(port: number): PortState {
    return this.port(port).state;
  }

  refused(): void {
    this.context.statistics.startsRefused += 1;
  }

  statuses(): number[] {
    return this.ports.map((socket) => socket.status(socket.charge !== null && this.meter(socket.charge).trickle));
  }

  /** Present and peak power per port in W, as 01 reports them. */
  powersW(): { readonly now: number[]; readonly peak: number[] } {
    const charges = this.ports.map(({ charge }) => charge);
    return {
      now: charges.map((charge) => (charge === null ? 0 : this.meter(charge).powerRaw / 10)),
      peak: charges.map((charge) => (charge === null ? 0 : charge.peakRaw / 10)),
    };
  }

  /** One report of every running charge in one write; the caller saw that the link has no backlog. */
  reportAll(): number {
    const buffer = (this.burstBuffer ??= new Uint8Array(this.ports.length * PROGRESS_FRAME_BYTES));
    let frames = 0;
    for (const [port, { charge }] of this.ports.entries()) {
      if (charge === null) continue;
      buffer.set(this.frameOf(port, charge, this.runningStatus(charge)), frames * PROGRESS_FRAME_BYTES);
      frames += 1;
    }
    if (frames === 0 || !this.context.send(buffer.subarray(0, frames * PROGRESS_FRAME_BYTES), frames)) return 0;
    for (const { charge } of this.ports) if (charge !== null) charge.entry.progressSent += 1;
    this.context.statistics.progressSent += frames;
    return frames;
  }

  private port(port: number): SocketPort {
    const socket = this.ports[port];
    if (socket === undefined) throw new RangeError(`no port ${port + 1} among ${this.ports.length}`);
    return socket;
  }

  private elapsedS(charge: RunningCharge): number {
    return (this.context.clock.nowMs() - charge.entry.startedAtMs) / 1000;
  }

  private meter(charge: RunningCharge, elapsedS = this.elapsedS(charge)): MeterSample {
    const { floatPercent } = this.context.memory.run1;
    const sample = meterAt(charge.vehicle, Math.min(elapsedS, charge.vehicleLeftAfterS), floatPercent);
    if (elapsedS <= charge.vehicleLeftAfterS) return sample;
    return { ...sample, durationS: Math.min(0xffff, Math.floor(elapsedS)), powerRaw: 0 };
  }

  private planEnd(port: number, charge: RunningCharge): void {
    const { clock, memory } = this.context;
    charge.end?.cancel();
    const order = charge.vehicleLeftAfterS === Infinity ? charge.order : blind(charge.order);
    const { afterS, reason } = planEnd(order, charge.vehicle, memory);
    const inMs = charge.entry.startedAtMs + afterS * 1000 - clock.nowMs();
    charge.end = clock.after(Math.max(0, inMs), () => {
      this.stopAt(port, charge, reason, afterS);
    });
  }

  private release(socket: SocketPort, charge: RunningCharge): void {
    charge.end?.cancel();
    charge.report?.cancel();
    socket.charge = null;
    this.context.statistics.charging -= 1;
  }

  private settle(port: number, charge: RunningCharge, meter: MeterSample, stopReason: number): void {
    const { order } = charge;
    this.context.box.store(charge.entry, {
      durationS: meter.durationS,
      maxPowerW: charge.peakRaw / 10,
      energyKwh: meter.energyRaw / 100,
      port,
      startMode: order.startMode,
      cardOrCodeHex: order.cardOrCodeHex,
      stopReason,
      orderHex: order.orderHex,
      ...(this.context.model.settlementBytes >= 31 ? { secondMaxPowerW: charge.earlyPeakRaw / 10 } : {}),
    });
  }

  private beginReports(port: number, charge: RunningCharge): void {
    const { clock, model, reportIntervalS } = this.context;
    if (model.generation === 'old') {
      this.confirm(port, charge);
      return;
    }
    if (reportIntervalS === Infinity) return;
    const again = (): void => {
      this.report(port, charge, this.runningStatus(charge));
      charge.report = clock.after(reportIntervalS * 1000, again);
    };
    charge.report = clock.after(Math.min(FIRST_REPORT_MS, reportIntervalS * 1000), again);
  }

  /** 04: every heartbeat period until answered or the charge ends. */
  private confirm(port: number, charge: RunningCharge): void {
    const { clock, desk, memory } = this.context;
    const { orderHex, startMode, cardOrCodeHex } = charge.order;
    const { durationS } = this.meter(charge);
    desk.ask(
      '04',
      { port, startMode, cardOrCodeHex, durationS, orderHex },
      {
        onSilence: () => {
          if (this.ports[port]?.charge !== charge) return;
          charge.report = clock.after(memory.run1.heartbeatIntervalS * 1000, () => {
            this.confirm(port, charge);
          });
        },
      },
    );
  }

  private runningStatus(charge: RunningCharge): number {
    return this.meter(charge).trickle ? PORT_STATUS.trickle : PORT_STATUS.charging;
  }

  private report(port: number, charge: RunningCharge, status: number, elapsedS = this.elapsedS(charge)): void {
    // A copy: a socket that is behind keeps what it was given, and the template is patched again.
    if (!this.context.send(this.frameOf(port, charge, status, elapsedS).slice())) return;
    charge.entry.progressSent += 1;
    this.context.statistics.progressSent += 1;
  }

  private frameOf(port: number, charge: RunningCharge, status: number, elapsedS = this.elapsedS(charge)): Uint8Array {
    const messageId = this.context.desk.nextId();
    charge.frame ??= new ProgressFrame(this.context.desk.encode(messageId, '06', blankReport(port, charge.order)));
    return charge.frame.patch(messageId, this.measure(charge, status, elapsedS));
  }

  private measure(charge: RunningCharge, portStatus: number, elapsedS: number): ProgressValues {
    const { clock, environment, memory, random } = this.context;
    const meter = this.meter(charge, elapsedS);
    const ripple = random.between(0.98, 1.02);
    const powerRaw = portStatus === PORT_STATUS.idle ? 0 : Math.min(0xffff, Math.round(meter.powerRaw * ripple));
    charge.peakRaw = Math.max(charge.peakRaw, powerRaw);
    if (elapsedS <= memory.run2.secondMaxPowerAtS) charge.earlyPeakRaw = charge.peakRaw;
    const energyWh = energyAt(charge.vehicle, Math.min(elapsedS, charge.vehicleLeftAfterS));
    const intervalS = Math.max(0.001, elapsedS - charge.reportedAtS);
    const intervalWh = energyWh - charge.reportedEnergyWh;
    const avgPowerRaw = Math.min(0xffff, Math.round((intervalWh * 36_000) / intervalS));
    charge.reportedAtS = elapsedS;
    charge.reportedEnergyWh = energyWh;
    const voltageV = environment.voltageV + random.between(-1.5, 1.5);
    return {
      portStatus,
      durationS: meter.durationS,
      energyRaw: meter.energyRaw,
      powerRaw,
      maxPowerRaw: Math.max(powerRaw, avgPowerRaw),
      minPowerRaw: Math.min(powerRaw, avgPowerRaw),
      avgPowerRaw,
      intervalEnergyRaw: Math.min(0xffff, Math.round(intervalWh * 480)),
      peakPowerRaw: charge.peakRaw,
      voltageRaw: Math.round(voltageV * 10),
      currentRaw: Math.min(0xffff, Math.round((powerRaw * 100) / voltageV)),
      portTemperatureRaw: Math.round(65 + environment.temperatureC + powerRaw / 400),
      timestamp: clock.epochS(),
    };
  }
}

/** The parts of a report that stay the same; every other number is patched in. */
const blankReport = (port: number, order: ChargeOrder): EncodableFields<'up', '06'> => ({
  port,
  portStatus: 0,
  durationS: 0,
  energyKwh: 0,
  startMode: order.startMode,
  powerW: 0,
  maxPowerW: 0,
  minPowerW: 0,
  avgPowerW: 0,
  orderHex: order.orderHex,
  intervalEnergyRaw: 0,
  peakPowerW: 0,
  voltageV: 0,
  currentA: 0,
  envTemperatureC: 25,
  portTemperatureC: 25,
  timestamp: 0,
});

/** Modes of 8A; null: no such mode. */
function goalOfMode(mode: number, quota: number): Exclude<Goal, { kind: 'full' }> | null {
  if (mode === 0 || mode === 1) return { kind: 'time', seconds: quota, stopWhenFull: mode === 1 };
  return mode === 2 ? { kind: 'energy', energyRaw: quota, stopWhenFull: true } : null;
}

/** A device that does not notice unplugging meters on: only time ends the charge. */
const blind = (order: ChargeOrder): ChargeOrder => ({
  ...order,
  longCharge: true,
  overloadPowerW: Infinity,
  goal: order.goal.kind === 'time' ? order.goal : { kind: 'full' },
});
