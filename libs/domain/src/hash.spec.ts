import { hash53 } from './hash';

describe('hash53', () => {
  it('tells the facts of neighbouring frames apart', () => {
    const ids = Array.from(
      { length: 20_000 },
      (_, i) => `04A26CF3:06:${i % 65_535}:20190901180000130030380102030405:${i}`,
    );
    expect(new Set(ids.map(hash53)).size).toBe(ids.length);
  });
  it('stays within the integers that JSON and Postgres carry exactly', () => {
    for (let i = 0; i < 1_000; i++) expect(Number.isSafeInteger(hash53(`x${i}`))).toBe(true);
  });
});
