import { addStep, energyOf, hasGaps, NO_TRANSACTION } from './transaction';
import type { Transaction } from './transaction';

const after = (...numbers: number[]): Transaction['steps'] => numbers.reduce(addStep, NO_TRANSACTION.steps);

describe('the steps of a transaction', () => {
  it.each([
    [[], []],
    [[0], [[0, 0]]],
    [[0, 1, 2], [[0, 2]]],
    [[2, 0, 1], [[0, 2]]],
    [[0, 0, 0], [[0, 0]]],
    [
      [5, 7],
      [
        [5, 5],
        [7, 7],
      ],
    ],
    [[5, 7, 6, 6], [[5, 7]]],
  ])('%j are kept as %j', (numbers, ranges) => {
    expect(after(...numbers)).toEqual(ranges);
  });

  it('have gaps where numbers or the beginning are missing', () => {
    const begun = { ...NO_TRANSACTION, begun: true };
    expect(hasGaps({ ...begun, steps: after(4, 5, 6) })).toBe(false);
    expect(hasGaps({ ...begun, steps: after(0, 2) })).toBe(true);
    expect(hasGaps({ ...begun, begun: false, steps: after(1, 2) })).toBe(true);
    expect(hasGaps({ ...begun, steps: after(0, 0) })).toBe(false);
    expect(hasGaps({ ...begun, begun: false })).toBe(false); // one that does not count its steps
  });
});

describe('the energy of a transaction', () => {
  it.each([
    ['the difference of the registers', 1000, 8500, null, 3600, { energyWh: 7500, suspect: false, estimated: false }],
    ['nothing where the register went down', 8500, 1000, 20, 3600, { energyWh: 0, suspect: true, estimated: false }],
    ['more than a port can give', 0, 5_000_000, null, 60, { energyWh: 5_000_000, suspect: true, estimated: false }],
    ['the last sample without a last register', 1000, null, 30, 60, { energyWh: 30, suspect: false, estimated: true }],
    ['nothing when nothing was told', null, null, null, 60, { energyWh: 0, suspect: false, estimated: true }],
  ])('is %s', (_name, startWh, endWh, lastWh, durationS, expected) => {
    expect(energyOf(startWh, endWh, lastWh, durationS)).toEqual(expected);
  });
});
