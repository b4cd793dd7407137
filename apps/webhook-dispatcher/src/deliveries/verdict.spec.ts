import { configDefinition } from '../config';
import { decide } from './verdict';
import type { AttemptFacts } from './verdict';

const SCHEDULE = configDefinition.schema.shape.WEBHOOK_RETRY_DELAYS_S.parse(undefined);
const NOW = Date.parse('2026-11-21T08:00:00.000Z');
const MIDDLE = 0.5; // no jitter
const facts = (status: number | null, more: Partial<AttemptFacts> = {}): AttemptFacts => ({
  status,
  retryAfter: null,
  tries: 0,
  retryCount: null,
  ...more,
});

describe('what follows from an attempt', () => {
  it.each([200, 201, 202, 204, 299])('I24 takes %d for success', (status) => {
    expect(decide(facts(status, { tries: 3 }), SCHEDULE, NOW, MIDDLE)).toEqual({
      state: 'succeeded',
      dueInMs: 0,
      endpoint: 'well',
      pauseMs: 0,
    });
  });

  it.each([null, 100, 301, 302, 400, 401, 404, 408, 500, 502])('I22 tries again after %p', (status) => {
    expect(decide(facts(status), SCHEDULE, NOW, MIDDLE)).toEqual({
      state: 'pending',
      dueInMs: 5_000,
      endpoint: 'failing',
      pauseMs: 0,
    });
  });

  it('I22 follows the schedule of decision 14 to about 72 hours, then gives up', () => {
    const delays = SCHEDULE.map((_, tries) => decide(facts(500, { tries }), SCHEDULE, NOW, MIDDLE).dueInMs / 1_000);
    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(delays.reduce((sum, delay) => sum + delay) / 3_600).toBeCloseTo(75.6, 1);
    expect(decide(facts(500, { tries: SCHEDULE.length }), SCHEDULE, NOW, MIDDLE)).toMatchObject({ state: 'dead' });
  });

  it('I22 spreads retries by a fifth either way', () => {
    expect(decide(facts(500, { tries: 1 }), SCHEDULE, NOW, 0).dueInMs).toBeCloseTo(240_000);
    expect(decide(facts(500, { tries: 1 }), SCHEDULE, NOW, 1).dueInMs).toBeCloseTo(360_000);
  });

  it('takes 410 for the end of the endpoint', () => {
    expect(decide(facts(410), SCHEDULE, NOW, MIDDLE)).toMatchObject({ state: 'dead', endpoint: 'gone' });
  });

  it.each([
    [429, '120', 120_000, 120_000],
    [503, '120', 120_000, 120_000],
    [429, '2', 2_000, 5_000], // the schedule is later
    [429, null, 5_000, 5_000],
    [429, 'soon', 5_000, 5_000],
    [503, null, 0, 5_000],
    [500, '120', 0, 5_000], // means nothing there
    [429, 'Sat, 21 Nov 2026 08:01:00 GMT', 60_000, 60_000],
    [429, 'Sat, 21 Nov 2026 07:00:00 GMT', 0, 5_000],
    [429, '999999999', 86_400_000, 86_400_000],
    [429, '-5', 0, 5_000],
  ])('I22 obeys %d with Retry-After %p: pause %d ms, next attempt in %d ms', (status, retryAfter, pauseMs, dueInMs) => {
    expect(decide(facts(status, { retryAfter }), SCHEDULE, NOW, MIDDLE)).toMatchObject({ pauseMs, dueInMs });
  });

  it('I25 N04 retries as often as the endpoint says, repeating the last delay beyond the schedule', () => {
    const delays = [5, 300];
    const after = (tries: number, retryCount: number) => {
      const { state, dueInMs } = decide(facts(500, { tries, retryCount }), delays, NOW, MIDDLE);
      return [state, dueInMs];
    };
    expect(after(0, 0)).toEqual(['dead', 0]);
    expect([after(0, 1), after(1, 1)]).toEqual([
      ['pending', 5_000],
      ['dead', 0],
    ]);
    expect([after(2, 4), after(3, 4), after(4, 4)]).toEqual([
      ['pending', 300_000],
      ['pending', 300_000],
      ['dead', 0],
    ]);
  });
});
