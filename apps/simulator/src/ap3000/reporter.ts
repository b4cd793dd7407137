import type { EncodableFields } from '@chargebus/protocol-ap3000';
import type { Clock } from '../core/clock';
import type { Random } from '../core/random';
import type { Statistics } from '../core/statistics';
import type { ChargeOrder } from './charge';
import type { ChargeMeter } from './charge-meter';
import type { Model } from './models';
import type { DeviceMemory } from './parameters';
import { PROGRESS_FRAME_BYTES, ProgressFrame } from './progress-frame';
import type { ProgressValues } from './progress-frame';
import type { RequestDesk } from './request-desk';
import { PORT_STATUS } from './socket-port';
import type { RunningCharge, SocketPort } from './socket-port';

const FIRST_REPORT_MS = 10_000; // captured

export interface ReporterContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly model: Model;
  readonly memory: DeviceMemory;
  readonly desk: RequestDesk;
  readonly meter: ChargeMeter;
  readonly ports: readonly SocketPort[];
  readonly reportIntervalS: number; // Infinity: never by itself
  readonly environment: { readonly voltageV: number; readonly temperatureC: number };
  send(bytes: Uint8Array, frames?: number): boolean;
}

/** Tells the platform how charges go: 06 while they run, or 04 once on old models. */
export class Reporter {
  private burst: Uint8Array | null = null;

  constructor(private readonly context: ReporterContext) {}

  begin(port: number, charge: RunningCharge): void {
    const { clock, meter, model, reportIntervalS } = this.context;
    if (model.generation === 'old') {
      this.confirm(port, charge);
      return;
    }
    if (reportIntervalS === Infinity) return;
    const again = (): void => {
      this.report(port, charge, meter.statusOf(charge), meter.elapsedS(charge));
      charge.report = clock.after(reportIntervalS * 1000, again);
    };
    charge.report = clock.after(Math.min(FIRST_REPORT_MS, reportIntervalS * 1000), again);
  }

  /** The last report of a charge: status 0, no power. */
  end(port: number, charge: RunningCharge, elapsedS: number): void {
    if (this.context.model.generation === 'current') this.report(port, charge, PORT_STATUS.idle, elapsedS);
  }

  /** One report of every running charge in one write; the caller saw that the link has no backlog. */
  reportAll(): number {
    const { meter, ports, statistics } = this.context;
    const buffer = (this.burst ??= new Uint8Array(ports.length * PROGRESS_FRAME_BYTES));
    let frames = 0;
    for (const [port, { charge }] of ports.entries()) {
      if (charge === null) continue;
      const frame = this.frameOf(port, charge, meter.statusOf(charge), meter.elapsedS(charge));
      buffer.set(frame, frames * PROGRESS_FRAME_BYTES);
      frames += 1;
    }
    if (frames === 0 || !this.context.send(buffer.subarray(0, frames * PROGRESS_FRAME_BYTES), frames)) return 0;
    for (const { charge } of ports) if (charge !== null) charge.entry.progressSent += 1;
    statistics.progressSent += frames;
    return frames;
  }

  private report(port: number, charge: RunningCharge, status: number, elapsedS: number): void {
    // A copy: a socket that is behind keeps what it was given, and the template is patched again.
    if (!this.context.send(this.frameOf(port, charge, status, elapsedS).slice())) return;
    charge.entry.progressSent += 1;
    this.context.statistics.progressSent += 1;
  }

  /** 04: every heartbeat period until answered or the charge ends. */
  private confirm(port: number, charge: RunningCharge): void {
    const { clock, desk, memory, meter, ports } = this.context;
    const { orderHex, startMode, cardOrCodeHex } = charge.order;
    const { durationS } = meter.read(charge);
    const onSilence = (): void => {
      if (ports[port]?.charge !== charge) return;
      charge.report = clock.after(memory.run1.heartbeatIntervalS * 1000, () => {
        this.confirm(port, charge);
      });
    };
    desk.ask('04', { port, startMode, cardOrCodeHex, durationS, orderHex }, { onSilence });
  }

  private frameOf(port: number, charge: RunningCharge, status: number, elapsedS: number): Uint8Array {
    const { desk } = this.context;
    const messageId = desk.nextId();
    charge.frame ??= new ProgressFrame(desk.encode(messageId, '06', blankReport(port, charge.order)));
    return charge.frame.patch(messageId, this.measure(charge, status, elapsedS));
  }

  private measure(charge: RunningCharge, portStatus: number, elapsedS: number): ProgressValues {
    const { clock, environment, memory, meter, random } = this.context;
    const sample = meter.read(charge, elapsedS);
    const ripple = random.between(0.98, 1.02);
    const powerRaw = portStatus === PORT_STATUS.idle ? 0 : Math.min(0xffff, Math.round(sample.powerRaw * ripple));
    charge.peakRaw = Math.max(charge.peakRaw, powerRaw);
    if (elapsedS <= memory.run2.secondMaxPowerAtS) charge.earlyPeakRaw = charge.peakRaw;
    const { intervalWh, avgPowerRaw } = this.interval(charge, elapsedS);
    const voltageV = environment.voltageV + random.between(-1.5, 1.5);
    return {
      portStatus,
      durationS: sample.durationS,
      energyRaw: sample.energyRaw,
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

  /** What flowed since the last report, which this one now is. */
  private interval(
    charge: RunningCharge,
    elapsedS: number,
  ): { readonly intervalWh: number; readonly avgPowerRaw: number } {
    const energyWh = this.context.meter.energyWh(charge, elapsedS);
    const intervalS = Math.max(0.001, elapsedS - charge.reportedAtS);
    const intervalWh = energyWh - charge.reportedEnergyWh;
    charge.reportedAtS = elapsedS;
    charge.reportedEnergyWh = energyWh;
    return { intervalWh, avgPowerRaw: Math.min(0xffff, Math.round((intervalWh * 36_000) / intervalS)) };
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
