import type { PortState } from '@chargebus/domain';
import type { Clock, Timer } from './clock';
import type { DeviceLedger, LedgerCharge, LedgerEntry } from './ledger';
import type { Statistics } from './statistics';
import { energyAt, powerAt, secondsToEnergy, secondsToTrickle } from './vehicle';
import type { Vehicle } from './vehicle';

/** What was bought. */
export type Goal =
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'energy'; readonly energyWh: number }
  | { readonly kind: 'full' };

/** What a charge begins with; a protocol adds its own. */
export interface ChargeTerms {
  readonly orderKey: string; // how the protocol names the order
  readonly source: LedgerCharge['source'];
  readonly card: string;
  readonly goal: Goal;
  readonly longestS: number;
}
/** Why a charge ended; each protocol has its own code for it. `refused`: the platform did not want the card after all. */
export type EndCause = 'time' | 'energy' | 'full' | 'longest' | 'unplugged' | 'ordered' | 'refused' | 'fault';

/** What the meter shows. */
export interface Reading {
  readonly durationS: number;
  readonly energyWh: number; // cut off at the device's resolution, as meters do
  readonly powerW: number;
}
export interface OutletCharge<T extends ChargeTerms> {
  readonly portNo: number;
  readonly terms: T;
  readonly vehicle: Vehicle;
  readonly entry: LedgerEntry;
  end: Timer | null;
}
export interface OutletsContext<T extends ChargeTerms> {
  readonly clock: Clock;
  readonly statistics: Statistics;
  readonly ledger: DeviceLedger;
  readonly unitsPerWh: number; // resolution of the device's energy on the wire
  onStarted(charge: OutletCharge<T>): void;
  onEnded(charge: OutletCharge<T>, reading: Reading, cause: EndCause): void;
  /** Something that the device reports, or that a test waits for, is different. */
  changed(portNo: number): void;
}

class Outlet<T extends ChargeTerms> {
  vehicle: Vehicle | null = null;
  finished = false; // the vehicle that is still there has been charged
  fault: number | null = null; // the protocol's own code
  charge: OutletCharge<T> | null = null;

  get state(): PortState {
    if (this.charge !== null) return 'charging';
    if (this.fault !== null) return 'fault';
    if (this.vehicle === null) return 'idle';
    return this.finished ? 'finished' : 'plugged';
  }
}

/** The rest flows with so little power that chargers call it full. */
const FULL_AT_PERCENT = 5;

/** Ports with vehicles and the charges on them, of any protocol: starts, meters, ends. Ports count from 1. */
export class Outlets<T extends ChargeTerms> {
  private readonly outlets = new Map<number, Outlet<T>>();

  constructor(private readonly context: OutletsContext<T>) {}

  add(portNo: number): void {
    if (!this.outlets.has(portNo)) this.outlets.set(portNo, new Outlet());
  }
  has(portNo: number): boolean {
    return this.outlets.has(portNo);
  }
  get portNos(): readonly number[] {
    return [...this.outlets.keys()];
  }
  get charges(): readonly OutletCharge<T>[] {
    return [...this.outlets.values()].flatMap(({ charge }) => (charge === null ? [] : [charge]));
  }
  stateOf(portNo: number): PortState {
    return this.outlet(portNo).state;
  }
  faultOf(portNo: number): number | null {
    return this.outlet(portNo).fault;
  }
  vehicleOn(portNo: number): Vehicle | null {
    return this.outlet(portNo).vehicle;
  }
  chargeOn(portNo: number): OutletCharge<T> | null {
    return this.outlets.get(portNo)?.charge ?? null;
  }

  plugIn(portNo: number, vehicle: Vehicle): void {
    this.unplug(portNo);
    const outlet = this.outlet(portNo);
    outlet.vehicle = vehicle;
    this.context.changed(portNo);
  }
  unplug(portNo: number): void {
    const outlet = this.outlet(portNo);
    if (outlet.vehicle === null) return;
    outlet.vehicle = null;
    this.stop(portNo, 'unplugged');
    outlet.finished = false;
    this.context.changed(portNo);
  }
  /** A fault ends what runs. */
  setFault(portNo: number, code: number | null): void {
    this.outlet(portNo).fault = code;
    if (code !== null) this.stop(portNo, 'fault');
    this.context.changed(portNo);
  }

  /** The port must have a vehicle and no charge. */
  start(portNo: number, terms: T): OutletCharge<T> {
    const { clock, ledger, statistics } = this.context;
    const outlet = this.outlet(portNo);
    const { vehicle } = outlet;
    if (vehicle === null || outlet.charge !== null) throw new Error(`port ${portNo} cannot start`);
    const { orderKey, source, card } = terms;
    const entry = ledger.open({
      orderHex: orderKey,
      portNo,
      source,
      cardOrCodeHex: card,
      startedAtMs: clock.nowMs(),
    });
    const charge: OutletCharge<T> = { portNo, terms, vehicle, entry, end: null };
    outlet.charge = charge;
    outlet.finished = false;
    statistics.charging += 1;
    statistics.chargesStarted += 1;
    const { afterS, cause } = plannedEnd(terms, vehicle);
    charge.end = clock.after(afterS * 1000, () => {
      this.stopAt(charge, cause, afterS);
    });
    this.context.onStarted(charge);
    this.context.changed(portNo);
    return charge;
  }

  /** Ends what runs on the port. False: nothing does. */
  stop(portNo: number, cause: EndCause): boolean {
    const charge = this.chargeOn(portNo);
    if (charge !== null) this.stopAt(charge, cause, this.elapsedS(charge));
    return charge !== null;
  }

  reading(charge: OutletCharge<T>, elapsedS = this.elapsedS(charge)): Reading {
    const { unitsPerWh } = this.context;
    return {
      durationS: Math.floor(elapsedS + 1e-6),
      // The tiny addend lets an energy goal that was solved for exactly be reached despite rounding.
      energyWh: Math.floor(energyAt(charge.vehicle, elapsedS) * unitsPerWh + 1e-6) / unitsPerWh,
      powerW: Math.round(powerAt(charge.vehicle, elapsedS) * 10) / 10,
    };
  }

  /** The memory is gone: charges end unrecorded. */
  forget(): void {
    for (const charge of this.charges) {
      this.release(charge);
      charge.entry.endedAtMs = this.context.clock.nowMs();
      charge.entry.forgotten = true;
    }
  }
  close(): void {
    for (const { end } of this.charges) end?.cancel();
  }

  private elapsedS({ entry }: OutletCharge<T>): number {
    return (this.context.clock.nowMs() - entry.startedAtMs) / 1000;
  }

  /** `elapsedS` since the start: a planned end is on time even where the compressed clock is a little late. */
  private stopAt(charge: OutletCharge<T>, cause: EndCause, elapsedS: number): void {
    const { statistics, unitsPerWh } = this.context;
    const { entry, portNo } = charge;
    const reading = this.reading(charge, elapsedS);
    this.release(charge);
    Object.assign(entry, {
      endedAtMs: entry.startedAtMs + elapsedS * 1000,
      durationS: reading.durationS,
      energyWh: reading.energyWh,
      energyRaw: Math.round(reading.energyWh * unitsPerWh),
      maxPowerRaw: Math.round(charge.vehicle.powerW * 10),
    });
    statistics.chargesEnded += 1;
    this.context.onEnded(charge, reading, cause);
    this.context.changed(portNo);
  }

  private release(charge: OutletCharge<T>): void {
    const outlet = this.outlet(charge.portNo);
    charge.end?.cancel();
    outlet.charge = null;
    outlet.finished = outlet.vehicle !== null;
    this.context.statistics.charging -= 1;
  }

  private outlet(portNo: number): Outlet<T> {
    const outlet = this.outlets.get(portNo);
    if (outlet === undefined) throw new RangeError(`no port ${portNo} among ${this.portNos.join(', ')}`);
    return outlet;
  }
}

/** How a charge ends if nobody interferes: the earliest of what may end it. */
function plannedEnd({ goal, longestS }: ChargeTerms, vehicle: Vehicle): { afterS: number; cause: EndCause } {
  const ends: { afterS: number; cause: EndCause }[] = [
    { afterS: secondsToTrickle(vehicle, FULL_AT_PERCENT), cause: 'full' },
    { afterS: longestS, cause: 'longest' },
  ];
  if (goal.kind === 'time') ends.push({ afterS: goal.seconds, cause: 'time' });
  if (goal.kind === 'energy') ends.push({ afterS: secondsToEnergy(vehicle, goal.energyWh), cause: 'energy' });
  return ends.reduce((first, end) => (end.afterS < first.afterS ? end : first));
}
