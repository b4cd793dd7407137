import { Faults, FleetFaults } from './faults';
import { Random } from './random';
import { Statistics } from './statistics';

describe('Faults', () => {
  const fleet = new FleetFaults(new Statistics());
  const strikes = (faults: Faults, times: number): number =>
    Array.from({ length: times }, () => faults.strikes('corrupt')).filter(Boolean).length;
  afterEach(() => {
    fleet.clear();
  });

  it('A20 does nothing until something is planned', () => {
    const faults = new Faults(fleet, new Random(1));
    expect(faults.armed).toBe(false);
    expect(strikes(faults, 1000)).toBe(0);
  });

  it('A20 strikes as often as the fleet plans, at once', () => {
    const faults = new Faults(fleet, new Random(1));
    fleet.set({ corrupt: 0.1 });
    expect(faults.armed).toBe(true);
    expect(strikes(faults, 10_000)).toBeGreaterThan(900);
    expect(strikes(faults, 10_000)).toBeLessThan(1100);
    fleet.clear();
    expect(strikes(faults, 1000)).toBe(0);
  });

  it('A20 prefers a plan of its own', () => {
    const faults = new Faults(fleet, new Random(1));
    fleet.set({ corrupt: 1 });
    faults.set({ split: 1 });
    expect(strikes(faults, 10)).toBe(0);
    faults.set(null);
    expect(strikes(faults, 10)).toBe(10);
  });

  it('A20 lets the next few opportunities fail on demand', () => {
    const faults = new Faults(fleet, new Random(1));
    faults.next('corrupt', 2);
    expect(faults.armed).toBe(true);
    expect(strikes(faults, 10)).toBe(2);
    expect(faults.armed).toBe(false);
  });
});
