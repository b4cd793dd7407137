import { failurePct, planWaves } from './waves';

const devices = (count: number): string[] => Array.from({ length: count }, (_, at) => `D${at.toString()}`);
const sizes = (count: number, waves: readonly number[]): number[] => {
  const plan = planWaves(devices(count), waves, 'seed');
  return [...new Set(plan.map(({ stage }) => stage))].map((stage) => plan.filter((one) => one.stage === stage).length);
};

describe('waves of a rollout', () => {
  it.each([
    [100, [5, 20, 50, 100], [5, 15, 30, 50]],
    [10, [5, 20, 50, 100], [1, 1, 3, 5]],
    [1, [5, 20, 50, 100], [1]],
    [10, [50], [10]],
    [4, [100, 25], [1, 3]],
  ])('F22 puts %i devices into waves of %j percent', (count, waves, expected) => {
    expect(sizes(count, waves)).toEqual(expected);
  });

  it('F22 takes every device once, and not in the order of their numbers', () => {
    const plan = planWaves(devices(1_000), [5, 20, 50, 100], 'seed').map(({ deviceId }) => deviceId);
    expect(new Set(plan).size).toBe(1_000);
    expect(plan.slice(0, 50)).not.toEqual(devices(50));
  });

  it('F22 counts failures among what is over, without those that were forgiven', () => {
    expect(failurePct({ succeeded: 0, failed: 0 }, 0)).toBe(0);
    expect(failurePct({ succeeded: 3, failed: 1 }, 0)).toBe(25);
    expect(failurePct({ succeeded: 3, failed: 1 }, 1)).toBe(0);
    expect(failurePct({ succeeded: 4, failed: 2 }, 1)).toBe(20);
  });
});
