import { movesTo, yieldsTo } from './decide-claim';

describe('movesTo', () => {
  it.each([
    ['a newer connection, at once', 2, 1, 0, true],
    ['an older connection whose last bytes come late', 1, 2, 1_000, false],
    ['an older connection once the newer is silent for a minute', 1, 2, 60_001, true],
  ])('answers for %s', (_name, seenNo, heldNo, silentMs, expected) => {
    const held = { connectionNo: heldNo, lastFrameMs: 5_000 };
    expect(movesTo({ connectionNo: seenNo, nowMs: 5_000 + silentMs }, held)).toBe(expected);
  });
});

describe('yieldsTo', () => {
  const a = { instance: 'a', atMs: 1_000 };

  it('yields to whoever claims later than the claims could have crossed, whatever the clocks say', () => {
    expect(yieldsTo({ instance: 'b', atMs: 0 }, a, 1_001)).toBe(true);
  });

  it.each([
    ['different moments', { instance: 'b', atMs: 1_003 }],
    ['the same moment', { instance: 'b', atMs: 1_000 }],
  ])('lets exactly one of two crossing claims stand: %s', (_name, b) => {
    expect([yieldsTo(b, a, 5), yieldsTo(a, b, 5)].filter(Boolean)).toHaveLength(1);
  });
});
