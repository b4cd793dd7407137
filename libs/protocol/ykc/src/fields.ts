import { Field, hexBytes, mapped, perUnit, u16le, u32le, u8 } from '@chargebus/protocol-core';
import type { PayloadCodec, Values } from '@chargebus/protocol-core';

/** Little-endian numbers of 3 and 5 bytes; 40 bits fit a double exactly, but no shift. */
const wideLe = (size: number): Field<number> =>
  new Field<number>(
    size,
    (bytes, at) => {
      let value = 0;
      for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
      return value;
    },
    (out, value) => {
      if (!Number.isInteger(value) || value < 0 || value >= 256 ** size)
        throw new RangeError(`${value} is out of range`);
      for (let i = 0, rest = value; i < size; i++, rest = Math.floor(rest / 256)) out.push(rest % 256);
    },
  );
export const u24le = wideLe(3);
const u40le = wideLe(5);

/** Page §3.9. Read by division, so that the values are the decimal literals. */
export const volts = perUnit(u16le, 10);
export const cellVolts = perUnit(u16le, 100);
export const amperes = perUnit(u16le, 10);
export const price = perUnit(u32le, 100_000); // yuan/kWh
export const kilowattHours = perUnit(u32le, 10_000);
export const amount = perUnit(u32le, 10_000); // yuan
export const balance = perUnit(u32le, 100); // yuan
export const meter4 = kilowattHours; // records before 1.5
export const meter5 = perUnit(u40le, 10_000);

const offset = (raw: Field<number>, by: number): Field<number> =>
  mapped(
    raw,
    (value) => value - by,
    (value) => value + by,
  );
export const celsius = offset(u8, 50);
export const ordinal = offset(u8, -1); // counted from 1, sent from 0
export const yearSince1985 = offset(u8, -1985);
/** GB/T 27930: offset −400 A, negative while charging. */
export const offsetAmperes: Field<number> = mapped(
  u16le,
  (raw) => (raw - 4000) / 10,
  (value) => Math.round(value * 10) + 4000,
);

export const pileCode = hexBytes(7); // BCD digits stay text: zeros count
export const tradeNo = hexBytes(16);
export const card = hexBytes(8);
export const parallelNo = hexBytes(6);
export const NO_TRADE = '0'.repeat(32);
export const NO_CARD = '0'.repeat(16);

const isBinary = (byte: number): boolean => byte >>> 4 > 9 || (byte & 15) > 9;
/** BCD, `12` is 12; a byte with a digit above 9 is what somebody sent as binary. */
export const gun: Field<number> = mapped(
  u8,
  (raw) => (isBinary(raw) ? raw : (raw >>> 4) * 10 + (raw & 15)),
  (value) => {
    if (value <= 99) return Math.floor(value / 10) * 16 + (value % 10);
    if (!isBinary(value)) throw new RangeError(`gun ${value} is not within 0…99`);
    return value;
  },
);

/** Single-byte text, cut at the first 0x00; all FF is empty. */
export function text(size: number): Field<string> {
  return new Field<string>(
    size,
    (bytes, at) => readText(bytes, at, size),
    (out, value) => {
      if (value.length > size) throw new RangeError(`text of ${value.length} characters, ${size} at most`);
      writeText(out, value);
      for (let i = value.length; i < size; i++) out.push(0);
    },
  );
}
export const textCounted = (countedBy: string): Field<string> =>
  new Field<string>(
    -1,
    readText,
    (out, value, all) => {
      if (value.length !== all[countedBy]) throw new RangeError(`${value.length} characters, not ${countedBy}`);
      writeText(out, value);
    },
    (_bytes, _at, _end, before) => Number(before[countedBy]),
  );
function readText(bytes: Uint8Array, at: number, size: number): string {
  let read = '';
  for (let i = at; i < at + size && bytes[i] !== 0; i++) read += String.fromCharCode(bytes[i] ?? 0);
  return /^\xff+$/.test(read) ? '' : read;
}
function writeText(out: number[], value: string): void {
  for (const character of value) {
    const code = character.charCodeAt(0);
    if (code > 0xff || code === 0) throw new RangeError(`${JSON.stringify(character)} is no single-byte character`);
    out.push(code);
  }
}

/** As many elements as fit up to the end: lists without a count byte. */
export const listToEnd = <T>(element: Field<T>): Field<readonly T[]> =>
  new Field<readonly T[]>(
    -1,
    (bytes, at, size) =>
      Array.from({ length: size / element.size }, (_, i) => element.read(bytes, at + i * element.size, element.size)),
    (out, values, all) => {
      for (const value of values) element.write(out, value, all);
    },
    (_bytes, at, end) => Math.floor((end - at) / element.size) * element.size,
  );
/** Exactly `count` elements. */
export const listOfExactly = <T>(count: number, element: Field<T>): Field<readonly T[]> =>
  new Field<readonly T[]>(
    count * element.size,
    (bytes, at) => Array.from({ length: count }, (_, i) => element.read(bytes, at + i * element.size, element.size)),
    (out, values, all) => {
      if (values.length !== count) throw new RangeError(`${values.length} elements, not ${count}`);
      for (const value of values) element.write(out, value, all);
    },
  );

/** Groups of bits of a little-endian word: name → [lowest bit, width]. §3.8. Bits that no group has are written as 0. */
export function bits<N extends string>(
  size: 1 | 2 | 8,
  groups: Readonly<Record<N, readonly [shift: number, width: number]>>,
): Field<Readonly<Record<N, number>>> {
  const entries = Object.entries(groups) as [N, readonly [number, number]][];
  return new Field<Readonly<Record<N, number>>>(
    size,
    (bytes, at) => {
      const values = {} as Record<N, number>;
      for (const [name, [shift, width]] of entries) {
        const from = at + (shift >>> 3);
        const word = (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8);
        values[name] = (word >>> (shift & 7)) & (2 ** width - 1);
      }
      return values;
    },
    (out, values) => {
      const bytes = new Array<number>(size).fill(0);
      for (const [name, [shift, width]] of entries) {
        const value = values[name];
        if (!Number.isInteger(value) || value < 0 || value >= 2 ** width)
          throw new RangeError(`${name}: ${value} does not fit ${width} bits`);
        const word = value << (shift & 7);
        const from = shift >>> 3;
        bytes[from] = (bytes[from] ?? 0) | (word & 0xff);
        if (word > 0xff) bytes[from + 1] = (bytes[from + 1] ?? 0) | (word >>> 8);
      }
      out.push(...bytes);
    },
  );
}

/** Members of the object field `key` stand beside the other fields instead of inside it. */
export function spread<D, E, K extends keyof D & keyof E & string>(
  codec: PayloadCodec<D, E>,
  key: K,
): PayloadCodec<Omit<D, K> & D[K], Omit<E, K> & E[K]> {
  return {
    decode: (bytes, from, to) => {
      const values: Values | null = codec.decode(bytes, from, to) as Values | null;
      if (values === null) return null;
      const flat: Record<string, unknown> = {};
      for (const name in values) if (name !== key) flat[name] = values[name];
      return Object.assign(flat, values[key]) as Omit<D, K> & D[K];
    },
    encode: (values) => codec.encode({ ...values, [key]: values } as unknown as E),
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
const three = (value: number): string => (value < 100 ? `0${two(value)}` : String(value));
const MONTH_DAYS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => year % 4 === 0 && year !== 2100; // within 2000…2127
const daysIn = (month: number, year: number): number => (month === 2 && !isLeap(year) ? 28 : (MONTH_DAYS[month] ?? 0));
/** CP56Time2a as local wall-clock text without a zone; null: no valid time. §3.4: flag bits are masked. */
export const cp56 = new Field<string | null>(
  7,
  (bytes, at) => {
    const ms = u16le.read(bytes, at, 2);
    const minute = (bytes[at + 2] ?? 0) & 0x3f;
    const hour = (bytes[at + 3] ?? 0) & 0x1f;
    const day = (bytes[at + 4] ?? 0) & 0x1f;
    const month = (bytes[at + 5] ?? 0) & 0x0f;
    const year = 2000 + ((bytes[at + 6] ?? 0) & 0x7f);
    if (day < 1 || day > daysIn(month, year) || hour > 23 || minute > 59 || ms > 59_999) return null;
    const second = Math.floor(ms / 1000);
    return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${three(ms % 1000)}`;
  },
  (out, value) => {
    if (value === null) {
      out.push(0, 0, 0, 0, 0, 0, 0);
      return;
    }
    const time = new Date(`${value}Z`);
    const year = time.getUTCFullYear() - 2000;
    if (!(year >= 0 && year <= 127)) throw new RangeError(`${value} is no time of 2000…2127`);
    const ms = time.getUTCSeconds() * 1000 + time.getUTCMilliseconds();
    out.push(ms & 0xff, ms >>> 8, time.getUTCMinutes(), time.getUTCHours());
    out.push(time.getUTCDate(), time.getUTCMonth() + 1, year);
  },
);

/** Wall-clock text of a site to epoch milliseconds and back; the offset is minutes east of Greenwich. */
export const localToMs = (local: string, offsetMin: number): number => Date.parse(`${local}Z`) - offsetMin * 60_000;
export const msToLocal = (epochMs: number, offsetMin: number): string =>
  new Date(epochMs + offsetMin * 60_000).toISOString().slice(0, -1);

const isVin = (read: string): boolean => /^[A-HJ-NPR-Z0-9]{17}$/.test(read);
/** §3.7: 0x31 and 0xA1 send it reversed, and some piles do not; a text that only makes sense forward is taken forward. */
export function vinOf(wire: string): string {
  const reversed = Array.from(wire).reverse().join('');
  return wire !== '' && isVin(wire) && (!isVin(reversed) || (looksForward(wire) && !looksForward(reversed)))
    ? wire
    : reversed;
}
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const LETTERS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from('ABCDEFGH').map((letter, i) => [letter, i + 1])),
  ...Object.fromEntries(Array.from('JKLMN').map((letter, i) => [letter, i + 1])),
  P: 7,
  R: 9,
  ...Object.fromEntries(Array.from('STUVWXYZ').map((letter, i) => [letter, i + 2])),
};
/** Right check digit (position 9), or a Chinese manufacturer. */
function looksForward(vin: string): boolean {
  const sum = Array.from(vin).reduce((total, c, i) => total + (LETTERS[c] ?? Number(c)) * (WEIGHTS[i] ?? 0), 0) % 11;
  return vin[8] === (sum === 10 ? 'X' : String(sum)) || vin.startsWith('L');
}
