import { byteRangeOf, slice } from './byte-range';

describe('byte range', () => {
  it.each([
    ['bytes=0-99', { first: 0, last: 99 }],
    ['bytes=990-', { first: 990, last: 999 }],
    ['bytes=990-5000', { first: 990, last: 999 }],
    ['bytes=-10', { first: 990, last: 999 }],
    ['bytes=-5000', { first: 0, last: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['pages=1-2', null],
    ['', null],
    [undefined, null],
  ])('reads %s of 1000 bytes', (header, expected) => {
    expect(byteRangeOf(header, 1000)).toEqual(expected);
  });

  it('finds nothing to satisfy in nothing', () => {
    expect(byteRangeOf('bytes=0-', 0)).toBe('unsatisfiable');
    expect(byteRangeOf('bytes=-1', 0)).toBe('unsatisfiable');
  });
});

describe('slice', () => {
  it('cuts the same bytes out of chunks of any size', async () => {
    const whole = Buffer.from(Array.from({ length: 50 }, (_, index) => index));
    for (const size of [1, 7, 50])
      for (const [first, last] of [
        [0, 0],
        [0, 49],
        [6, 7],
        [13, 20],
        [49, 49],
      ] as const) {
        const chunks = async function* () {
          for (let at = 0; at < whole.length; at += size) yield await Promise.resolve(whole.subarray(at, at + size));
        };
        const got: Uint8Array[] = [];
        for await (const part of slice(chunks(), { first, last })) got.push(part);
        expect(Buffer.concat(got).equals(whole.subarray(first, last + 1))).toBe(true);
      }
  });
});
