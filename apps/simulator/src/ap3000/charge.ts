import { energyAt, powerAt, secondsToEnergy, secondsToTrickle } from '../core/vehicle';
import type { Vehicle } from '../core/vehicle';
import type { DeviceMemory } from './parameters';

export const START_MODE = { card: 0, platform: 1, code: 3 } as const;
export type StartMode = (typeof START_MODE)[keyof typeof START_MODE];

/** Codes of §7.2 that this device produces by itself. */
export const STOP_REASON = {
  full: 0x01,
  maxTime: 0x02,
  timeReached: 0x03,
  energyReached: 0x04,
  unplugged: 0x05,
  overload: 0x06,
  platform: 0x07,
  lowPower: 0x09,
  unpluggedJammed: 0x0d,
  noPower: 0x0e,
  relayOrFuse: 0x0f,
  memory: 0x19,
} as const;

/** What was bought: seconds, 0.01 kWh, or until full. */
export type Goal =
  | { readonly kind: 'time'; readonly seconds: number; readonly stopWhenFull: boolean }
  | { readonly kind: 'energy'; readonly energyRaw: number; readonly stopWhenFull: boolean }
  | { readonly kind: 'full' };

export interface ChargeOrder {
  readonly orderHex: string;
  readonly startMode: StartMode;
  readonly cardOrCodeHex: string;
  readonly goal: Goal;
  readonly maxChargeS: number; // 0: as the device is set
  readonly overloadPowerW: number; // 0: as the device is set
  readonly longCharge: boolean; // not cut off after the trickle phase
  readonly extraFloatS: number; // longer trickle phase; NO_FLOAT: none at all
  readonly ignoreUnplug: boolean;
}

export interface PlannedEnd {
  readonly afterS: number; // since the start of the charge
  readonly reason: number;
}

export const NO_FLOAT = 0xffff;
const GREEN_LIGHT_S = 300; // detection time without a trickle phase
const OVERLOAD_NOTICED_S = 5;
const WIRE_CEILING = 0xffff; // durations, energies and powers are 16 bits wide

/** When the battery's own charger is done and the trickle phase is over. */
function fullAfterS(extraFloatS: number, vehicle: Vehicle, { run1, run2 }: DeviceMemory): number {
  const trickleS = secondsToTrickle(vehicle, run1.floatPercent);
  if (extraFloatS === NO_FLOAT) return trickleS + GREEN_LIGHT_S;
  const detectS = trickleS >= run2.float2FromS ? run2.float2DetectS : run1.floatDetectS;
  return trickleS + detectS + run1.floatDurationS + extraFloatS;
}

/** How a charge ends if nobody interferes: the earliest of what may end it (table "How quota behaves" of 82). */
export function planEnd(
  order: Pick<ChargeOrder, 'goal' | 'maxChargeS' | 'overloadPowerW' | 'longCharge' | 'extraFloatS'>,
  vehicle: Vehicle,
  memory: DeviceMemory,
): PlannedEnd {
  const { goal } = order;
  const ends: PlannedEnd[] = [];
  if (goal.kind === 'time') ends.push({ afterS: goal.seconds, reason: STOP_REASON.timeReached });
  else ends.push({ afterS: order.maxChargeS || memory.limits.maxChargeS, reason: STOP_REASON.maxTime });
  if (goal.kind === 'energy')
    ends.push({ afterS: secondsToEnergy(vehicle, goal.energyRaw * 10), reason: STOP_REASON.energyReached });
  if ((goal.kind === 'full' || goal.stopWhenFull) && !order.longCharge)
    ends.push({ afterS: fullAfterS(order.extraFloatS, vehicle, memory), reason: STOP_REASON.full });
  if (vehicle.powerW > (order.overloadPowerW || memory.limits.overloadPowerW))
    ends.push({ afterS: OVERLOAD_NOTICED_S, reason: STOP_REASON.overload });
  if (vehicle.powerW < memory.run2.minPowerW)
    ends.push({ afterS: memory.run2.minPowerCheckS, reason: STOP_REASON.lowPower });
  return ends.reduce((first, end) => (end.afterS < first.afterS ? end : first));
}

/** What the meter shows `elapsedS` after the start, in wire units. */
export interface MeterSample {
  readonly durationS: number;
  readonly energyRaw: number; // 0.01 kWh, cut off as meters do
  readonly powerRaw: number; // 0.1 W, mean
  readonly trickle: boolean;
}

export function meterAt(vehicle: Vehicle, elapsedS: number, floatPercent: number): MeterSample {
  return {
    durationS: Math.min(WIRE_CEILING, Math.floor(elapsedS)),
    // The tiny addend lets an energy goal that was solved for exactly be reached despite rounding.
    energyRaw: Math.min(WIRE_CEILING, Math.floor(energyAt(vehicle, elapsedS) / 10 + 1e-6)),
    powerRaw: Math.min(WIRE_CEILING, Math.round(powerAt(vehicle, elapsedS) * 10)),
    trickle: elapsedS >= secondsToTrickle(vehicle, floatPercent),
  };
}
