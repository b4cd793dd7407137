import type { PortState } from '@chargebus/domain';
import type { DeviceLedger } from '../core/ledger';
import type { Vehicle } from '../core/vehicle';
import { planEnd, START_MODE, STOP_REASON } from './charge';
import type { ChargeOrder, Goal, MeterSample } from './charge';
import { ChargeMeter } from './charge-meter';
import { Reporter } from './reporter';
import type { ReporterContext } from './reporter';
import type { SettlementBox } from './settlement-box';
import { SocketPort } from './socket-port';
import type { RunningCharge } from './socket-port';

const SOURCES = { [START_MODE.card]: 'card', [START_MODE.platform]: 'platform', [START_MODE.code]: 'code' } as const;

/** Port faults that end a running charge, with its stop reason; the others let it run. */
const FAULT_STOPS: Readonly<Record<number, number>> = {
  0x06: STOP_REASON.memory,
  0x07: STOP_REASON.unpluggedJammed,
  0x08: STOP_REASON.noPower,
  0x0b: STOP_REASON.relayOrFuse,
};

export interface ChargerContext extends Omit<ReporterContext, 'meter' | 'ports'> {
  readonly ledger: DeviceLedger;
  readonly box: SettlementBox;
  changed(): void;
}

/** The sockets of one device and the charges on them: starts, ends and settles. Ports are wire ports. */
export class Charger {
  readonly ports: readonly SocketPort[];
  readonly reporter: Reporter;
  private readonly meter: ChargeMeter;

  constructor(private readonly context: ChargerContext) {
    this.ports = Array.from({ length: context.model.portCount }, () => new SocketPort());
    this.meter = new ChargeMeter(context.clock, context.memory);
    this.reporter = new Reporter({ ...context, meter: this.meter, ports: this.ports });
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
      charge.vehicleLeftAfterS = this.meter.elapsedS(charge);
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
    this.reporter.begin(port, charge);
    this.context.changed();
  }

  /** Ends the charge with a reason of §7.2; it settles 2 s later. */
  stop(port: number, reason: number): void {
    const { charge } = this.port(port);
    if (charge !== null) this.stopAt(port, charge, reason, this.meter.elapsedS(charge));
  }

  /** `elapsedS` since the start: a planned end is on time even where the compressed clock is a little late. */
  private stopAt(port: number, charge: RunningCharge, reason: number, elapsedS: number): void {
    const { statistics } = this.context;
    const { entry } = charge;
    const socket = this.port(port);
    const meter = this.meter.read(charge, elapsedS);
    this.reporter.end(port, charge, elapsedS);
    this.release(socket, charge);
    socket.finished = socket.vehicle !== null;
    Object.assign(entry, {
      endedAtMs: entry.startedAtMs + elapsedS * 1000,
      durationS: meter.durationS,
      energyWh: meter.energyRaw * 10,
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
    const meter = this.meter.read(charge);
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
    return this.ports.map((socket) => socket.status(socket.charge !== null && this.meter.read(socket.charge).trickle));
  }

  /** Present and peak power per port in W, as 01 reports them. */
  powersW(): { readonly now: number[]; readonly peak: number[] } {
    const charges = this.ports.map(({ charge }) => charge);
    return {
      now: charges.map((charge) => (charge === null ? 0 : this.meter.read(charge).powerRaw / 10)),
      peak: charges.map((charge) => (charge === null ? 0 : charge.peakRaw / 10)),
    };
  }

  private port(port: number): SocketPort {
    const socket = this.ports[port];
    if (socket === undefined) throw new RangeError(`no port ${port + 1} among ${this.ports.length}`);
    return socket;
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
}

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
