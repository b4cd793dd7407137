import { Random } from './random';

const draw = (random: Random, count = 1000): number[] => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('A20 repeats itself for the same seed and differs for another', () => {
    expect(draw(new Random(7))).toEqual(draw(new Random(7)));
    expect(draw(new Random(7))).not.toEqual(draw(new Random(8)));
  });

  it('A20 fills [0, 1) evenly', () => {
    const numbers = draw(new Random(1), 100_000);
    const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('A20 forks sources that differ from each other and do not depend on their order', () => {
    const forwards = [0, 1, 2].map((index) => draw(new Random(5).fork(index)));
    const parent = new Random(5);
    const backwards = [2, 1, 0].map((index) => draw(parent.fork(index))).reverse();
    expect(forwards).toEqual(backwards);
    expect(new Set(Array.from({ length: 20_000 }, (_, index) => parent.fork(index).next())).size).toBeGreaterThan(
      19_990,
    );
  });

  it('A20 draws whole numbers with both ends', () => {
    const random = new Random(3);
    expect(new Set(Array.from({ length: 1000 }, () => random.integer(2, 5)))).toEqual(new Set([2, 3, 4, 5]));
  });
});
