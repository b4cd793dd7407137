import type { Random } from './random';

/** What hangs on a socket: an e-bike charger with a battery behind it. */
export interface Vehicle {
  readonly powerW: number; // drawn from the mains in the constant-current phase
  readonly needWh: number; // energy until the battery is full, losses included
}

/** Share of the need that flows at full power; the rest follows an exponential decay. */
const BULK_SHARE = 0.8;

/** An e-bike as they come: 60 to 480 W, a quarter to two and a half hours in the bulk phase. */
export function randomVehicle(random: Random): Vehicle {
  const powerW = Math.round(random.between(60, 480));
  return { powerW, needWh: Math.round((powerW * random.between(0.25, 2.5)) / BULK_SHARE) };
}

const bulkS = (vehicle: Vehicle): number => (BULK_SHARE * vehicle.needWh * 3600) / vehicle.powerW;
const decayS = (vehicle: Vehicle): number => ((1 - BULK_SHARE) * vehicle.needWh * 3600) / vehicle.powerW;

/** Mean power `elapsedS` after the start: constant, then falling by e every `decayS`. */
export function powerAt(vehicle: Vehicle, elapsedS: number): number {
  const beyond = elapsedS - bulkS(vehicle);
  return beyond <= 0 ? vehicle.powerW : vehicle.powerW * Math.exp(-beyond / decayS(vehicle));
}

/** The integral of `powerAt`, in closed form: energy does not depend on how often somebody looks. */
export function energyAt(vehicle: Vehicle, elapsedS: number): number {
  const beyond = elapsedS - bulkS(vehicle);
  if (beyond <= 0) return (vehicle.powerW * elapsedS) / 3600;
  return vehicle.needWh * (BULK_SHARE + (1 - BULK_SHARE) * (1 - Math.exp(-beyond / decayS(vehicle))));
}

/** When `energyWh` have been delivered; Infinity if the battery is full before. */
export function secondsToEnergy(vehicle: Vehicle, energyWh: number): number {
  if (energyWh >= vehicle.needWh) return Infinity;
  if (energyWh <= BULK_SHARE * vehicle.needWh) return (energyWh * 3600) / vehicle.powerW;
  const missing = (vehicle.needWh - energyWh) / ((1 - BULK_SHARE) * vehicle.needWh);
  return bulkS(vehicle) - decayS(vehicle) * Math.log(missing);
}

/** When the power has fallen to `percent` of the first: the charger's green light, the beginning of the trickle phase. */
export function secondsToTrickle(vehicle: Vehicle, percent: number): number {
  return bulkS(vehicle) + decayS(vehicle) * Math.log(100 / percent);
}
