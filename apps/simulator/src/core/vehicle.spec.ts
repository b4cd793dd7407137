import { energyAt, powerAt, randomVehicle, secondsToEnergy, secondsToTrickle } from './vehicle';
import { Random } from './random';

const VEHICLE = { powerW: 200, needWh: 500 };

describe('vehicle', () => {
  it('A20 delivers the integral of its power', () => {
    let wattSeconds = 0;
    for (let second = 0; second < 20_000; second++) {
      wattSeconds += (powerAt(VEHICLE, second) + powerAt(VEHICLE, second + 1)) / 2;
      if (second % 1000 === 999) expect(energyAt(VEHICLE, second + 1)).toBeCloseTo(wattSeconds / 3600, 2);
    }
  });

  it('A20 draws constant power, then ever less, and never more energy than it needs', () => {
    expect(powerAt(VEHICLE, 0)).toBe(200);
    expect(powerAt(VEHICLE, 7200)).toBe(200); // 80 % of 500 Wh
    expect(powerAt(VEHICLE, 9000)).toBeCloseTo(200 / Math.E, 6);
    expect(energyAt(VEHICLE, 1e9)).toBeCloseTo(500, 6);
  });

  it('A20 knows when an amount of energy is reached', () => {
    for (const energyWh of [1, 100, 400, 450, 499]) {
      expect(energyAt(VEHICLE, secondsToEnergy(VEHICLE, energyWh))).toBeCloseTo(energyWh, 6);
    }
    expect(secondsToEnergy(VEHICLE, 500)).toBe(Infinity);
  });

  it('A20 knows when the trickle phase begins', () => {
    expect(powerAt(VEHICLE, secondsToTrickle(VEHICLE, 20))).toBeCloseTo(40, 6);
  });

  it('A20 comes as e-bikes do', () => {
    const random = new Random(1);
    for (let times = 0; times < 200; times++) {
      const { powerW, needWh } = randomVehicle(random);
      expect(powerW).toBeGreaterThanOrEqual(60);
      expect(powerW).toBeLessThanOrEqual(480);
      expect((0.8 * needWh) / powerW).toBeGreaterThan(0.24);
      expect((0.8 * needWh) / powerW).toBeLessThan(2.52);
    }
  });
});
