import type { Clock } from '../core/clock';
import { energyAt } from '../core/vehicle';
import { meterAt } from './charge';
import type { MeterSample } from './charge';
import type { DeviceMemory } from './parameters';
import { PORT_STATUS } from './socket-port';
import type { RunningCharge } from './socket-port';

/** Reads a device's running charges: now by default, or as of some second since the start. */
export class ChargeMeter {
  constructor(
    private readonly clock: Clock,
    private readonly memory: DeviceMemory,
  ) {}

  elapsedS(charge: RunningCharge): number {
    return (this.clock.nowMs() - charge.entry.startedAtMs) / 1000;
  }

  read(charge: RunningCharge, elapsedS = this.elapsedS(charge)): MeterSample {
    const { floatPercent } = this.memory.run1;
    const sample = meterAt(charge.vehicle, Math.min(elapsedS, charge.vehicleLeftAfterS), floatPercent);
    if (elapsedS <= charge.vehicleLeftAfterS) return sample;
    return { ...sample, durationS: Math.min(0xffff, Math.floor(elapsedS)), powerRaw: 0 };
  }

  energyWh(charge: RunningCharge, elapsedS: number): number {
    return energyAt(charge.vehicle, Math.min(elapsedS, charge.vehicleLeftAfterS));
  }

  statusOf(charge: RunningCharge): number {
    return this.read(charge).trickle ? PORT_STATUS.trickle : PORT_STATUS.charging;
  }
}
