import { NO_FLOAT, planEnd } from './charge';
import type { ChargeOrder } from './charge';
import { DeviceMemory } from './parameters';

const VEHICLE = { powerW: 200, needWh: 500 };
type Planned = Parameters<typeof planEnd>[0];
const UNTIL_FULL: Planned = {
  goal: { kind: 'full' },
  maxChargeS: 0,
  overloadPowerW: 0,
  longCharge: false,
  extraFloatS: 0,
};
/** Trickle phase at 20 % of the power: 7200 s + 1800 s × ln 5. */
const TRICKLE_S = 7200 + 1800 * Math.log(5);

const time = (seconds: number, stopWhenFull = false): ChargeOrder['goal'] => ({ kind: 'time', seconds, stopWhenFull });
const energy = (energyRaw: number, stopWhenFull = false): ChargeOrder['goal'] => ({
  kind: 'energy',
  energyRaw,
  stopWhenFull,
});

describe('planEnd', () => {
  it.each<[string, Partial<Planned>, number, number]>([
    ['until full', {}, TRICKLE_S + 1800 + 3600, 0x01],
    ['until full, longer trickle', { extraFloatS: 600 }, TRICKLE_S + 6000, 0x01],
    ['until full, no trickle', { extraFloatS: NO_FLOAT }, TRICKLE_S + 300, 0x01],
    ['until full, not cut off', { longCharge: true }, 36_000, 0x02],
    ['until full, but not so long', { maxChargeS: 3600 }, 3600, 0x02],
    ['by time', { goal: time(1800) }, 1800, 0x03],
    ['by time, not bounded by the longest time', { goal: time(50_000) }, 50_000, 0x03],
    ['by time, stopping when full', { goal: time(50_000, true) }, TRICKLE_S + 5400, 0x01],
    ['by energy', { goal: energy(10) }, 1800, 0x04],
    ['by more energy than fits', { goal: energy(51) }, 36_000, 0x02],
    ['by more energy than fits, stopping when full', { goal: energy(51, true) }, TRICKLE_S + 5400, 0x01],
    ['over the order’s power limit', { overloadPowerW: 199 }, 5, 0x06],
  ])('A20 ends %s after the documented time', (_name, order, afterS, reason) => {
    const end = planEnd({ ...UNTIL_FULL, ...order }, VEHICLE, new DeviceMemory());
    expect(end.reason).toBe(reason);
    expect(end.afterS).toBeCloseTo(afterS, 6);
  });

  it('A20 ends a charge that never draws the least power', () => {
    const end = planEnd(UNTIL_FULL, { powerW: 20, needWh: 500 }, new DeviceMemory());
    expect(end).toEqual({ afterS: 1800, reason: 0x09 });
  });
});
