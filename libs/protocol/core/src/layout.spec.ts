import fc from 'fast-check';
import {
  again,
  asciiZeroFilled,
  hexBytes,
  hexCounted,
  hexPrefixed,
  hexRest,
  listOf,
  mapped,
  perUnit,
  u16be,
  u16le,
  u32be,
  u32le,
  u8,
} from './field';
import { fromHex, toHex } from './hex';
import { layout, record } from './layout';

const sample = layout(
  'test',
  { version: u16le, count: u8, states: listOf(u8, 'count') },
  { powerW: perUnit(u16le, 10), uid: hexBytes(2), number: u16be },
);
const encoded = (bytes: readonly number[]): string => toHex(Uint8Array.from(bytes));

describe('a field table', () => {
  it('reads and writes its fields in order', () => {
    const values = { version: 640, count: 2, states: [1, 5], powerW: 22.8, uid: 'cafe', number: 258 };
    expect(sample.decode(fromHex('8002020105e400cafe0102'))).toEqual(values);
    expect(encoded(sample.encode(values))).toBe('8002020105e400cafe0102');
  });
  it('ends at the first field of the tail that does not fit and keeps the rest', () => {
    expect(sample.decode(fromHex('8002020105e4'))).toEqual({ version: 640, count: 2, states: [1, 5], extraHex: 'e4' });
    expect(sample.decode(fromHex('80020100e400cafe0102ff'))).toMatchObject({ number: 258, extraHex: 'ff' });
  });
  it('refuses a payload without all required fields', () => {
    expect(sample.decode(fromHex('80020201'))).toBeNull();
    expect(sample.decode(fromHex('80'))).toBeNull();
    expect(sample.decode(fromHex(''))).toBeNull();
  });
  it('reads only within its bounds', () => {
    const bytes = fromHex('ff80020101ff');
    expect(sample.decode(bytes, 1, 5)).toEqual({ version: 640, count: 1, states: [1] });
  });
  it.each([
    [{ version: 65_536, count: 0, states: [] }, /^version: 65536 is not within 0…65535/],
    [{ version: -1, count: 0, states: [] }, /^version/],
    [{ version: 1.5, count: 0, states: [] }, /^version/],
    [{ version: 1, count: 2, states: [1] }, /^states: 1 elements, not count/],
    [{ version: 1, count: 0, states: [], powerW: 6553.6 }, /^powerW/],
    [{ version: 1, count: 0, states: [], uid: 'ca' }, /^powerW: missing/],
    [{ version: 1, count: 0, states: [], powerW: 1, uid: 'ca' }, /^uid: 1 bytes instead of 2/],
    [{ version: 1, count: 0, states: [], powerW: 1, uid: 'nothex' }, /^uid: not hex/],
  ])('refuses to write %j', (values, message) => {
    expect(() => sample.encode(values)).toThrow(message);
    expect(() => sample.encode(values)).toThrow(RangeError);
  });
  it('is the inverse of itself for any bytes that it accepts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const values = sample.decode(bytes);
        if (values !== null) expect(encoded(sample.encode(values))).toBe(toHex(bytes));
      }),
    );
  });
});

describe('fields', () => {
  it('divides instead of multiplying, so that values are the decimal literals', () => {
    const metered = layout('test', {
      voltageV: perUnit(u16le, 10),
      energyKwh: perUnit(u32le, 100),
      currentA: perUnit(u16le, 1000),
    });
    const values = { voltageV: 227.5, energyKwh: 1234.56, currentA: 0.455 };
    expect(metered.decode(fromHex('e30840e20100c701'))).toEqual(values);
    expect(encoded(metered.encode(values))).toBe('e30840e20100c701');
  });
  it('reads 32 bits in both orders', () => {
    const both = layout('test', { little: u32le, big: u32be });
    expect(both.decode(fromHex('fffefdfcfffefdfc'))).toEqual({ little: 0xfcfdfeff, big: 0xfffefdfc });
    expect(encoded(both.encode({ little: 0xfcfdfeff, big: 0xfffefdfc }))).toBe('fffefdfcfffefdfc');
  });
  it('cuts text at the first zero byte and fills it with zeros', () => {
    const text = layout('test', { url: asciiZeroFilled(6, 5) });
    expect(text.decode(fromHex('616200636465'))).toEqual({ url: 'ab' });
    expect(encoded(text.encode({ url: 'ab' }))).toBe('616200000000');
    expect(() => text.encode({ url: 'abcdef' })).toThrow(/6 characters, 5 at most/);
    expect(() => text.encode({ url: '电' })).toThrow(RangeError);
  });
  it('reads a second time what another field owns, and does not write it', () => {
    const card = layout('test', { uid: hexBytes(4), number: again(u32be) });
    expect(card.decode(fromHex('7a8d05dd'))).toEqual({ uid: '7a8d05dd', number: 2_056_062_429 });
    expect(encoded(card.encode({ uid: '7a8d05dd' }))).toBe('7a8d05dd');
  });
  it('leaves a length-prefixed field that was cut whole in the rest', () => {
    const prefixed = layout('test', {}, { extra: hexPrefixed });
    expect(prefixed.decode(fromHex('02cafe'))).toEqual({ extra: 'cafe' });
    expect(prefixed.decode(fromHex('00'))).toEqual({ extra: '' });
    expect(prefixed.decode(fromHex('03cafe'))).toEqual({ extraHex: '03cafe' });
    expect(encoded(prefixed.encode({ extra: 'cafe' }))).toBe('02cafe');
  });
  it('takes counted bytes, or all that is left', () => {
    const counted = layout('test', { length: u8, data: hexCounted('length'), rest: hexRest });
    expect(counted.decode(fromHex('01aabbcc'))).toEqual({ length: 1, data: 'aa', rest: 'bbcc' });
    expect(counted.decode(fromHex('01aa'))).toEqual({ length: 1, data: 'aa', rest: '' });
    expect(encoded(counted.encode({ length: 1, data: 'aa', rest: 'bbcc' }))).toBe('01aabbcc');
    expect(() => counted.encode({ length: 2, data: 'aa', rest: '' })).toThrow(/^data/);
  });
  it('reads lists of records and values that mean something else', () => {
    const onOff = mapped(
      u8,
      (raw) => raw === 1,
      (on: boolean) => (on ? 1 : 0),
    );
    const list = layout('test', { count: u8, entries: listOf(record({ on: onOff, level: u16le }), 'count') });
    const values = {
      count: 2,
      entries: [
        { on: true, level: 7 },
        { on: false, level: 256 },
      ],
    };
    expect(list.decode(fromHex('02010700000001'))).toEqual(values);
    expect(encoded(list.encode(values))).toBe('02010700000001');
  });
});
