import { resolve } from './resolution';

const at = (text: string): number => Date.parse(`2026-01-${text}Z`);
const ANY = 0;

describe('resolution of a history', () => {
  it.each([
    ['an hour in 60 points', '01T00:00', '01T01:00', 60, { stepS: 60, source: 'samples' }],
    ['an hour in 7 points', '01T00:00', '01T01:00', 7, { stepS: 515, source: 'samples' }],
    ['a second in 100 points', '01T00:00:00', '01T00:00:01', 100, { stepS: 1, source: 'samples' }],
    ['a day in 24 points', '01T00:00', '02T00:00', 24, { stepS: 3_600, source: 'hours' }],
    ['a day in 25 points', '01T00:00', '02T00:00', 25, { stepS: 3_456, source: 'samples' }],
    ['a month in 2000 points', '01T00:00', '31T00:00', 2_000, { stepS: 3_600, source: 'hours' }],
    ['a month in 100 points', '01T00:00', '31T00:00', 100, { stepS: 8 * 3_600, source: 'hours' }],
    ['a month in one point', '01T00:00', '31T00:00', 1, { stepS: 720 * 3_600, source: 'hours' }],
  ] as const)('cuts %s', (_name, from, until, points, expected) => {
    expect(resolve({ fromMs: at(from), untilMs: at(until) }, points, ANY)).toMatchObject(expected);
  });

  it('never makes more buckets than were asked for, and reaches the whole range', () => {
    for (let points = 1; points <= 2_000; points = points * 3 + 1)
      for (const minutes of [1, 59, 61, 600, 11_520, 11_521, 129_600]) {
        const range = { fromMs: at('01T00:17:31'), untilMs: at('01T00:17:31') + minutes * 60_000 };
        const { fromMs, untilMs, stepS } = resolve(range, points, ANY);
        expect(Math.ceil((untilMs - fromMs) / 1000 / stepS)).toBeLessThanOrEqual(points);
        expect(fromMs).toBeLessThanOrEqual(range.fromMs);
        expect(untilMs).toBe(range.untilMs);
      }
  });

  it('takes hours where the samples are archived', () => {
    const range = { fromMs: at('01T00:20'), untilMs: at('01T01:00') };
    expect(resolve(range, 60, at('01T00:30'))).toEqual({
      fromMs: at('01T00:00'),
      untilMs: range.untilMs,
      stepS: 3_600,
      source: 'hours',
    });
  });
});
