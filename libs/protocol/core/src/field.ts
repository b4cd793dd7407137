import { pushHex, toHex } from './hex';

/** Values of a field table by name, as far as they are known. */
export type Values = Readonly<Record<string, unknown>>;
type Read<T> = (bytes: Uint8Array, at: number, size: number) => T;
type Write<T> = (out: number[], value: T, all: Values) => void;
/** Bytes that the field takes at `at`; −1 when that cannot be known because the bytes that tell are missing. */
type Measure = (bytes: Uint8Array, at: number, end: number, before: Values) => number;

/**
 * One line of a field table: how it is read and written. Writing throws RangeError for a value that the wire cannot
 * carry; nothing ever wraps. One class for all kinds keeps the decoder's inner loop monomorphic.
 */
export class Field<T> {
  constructor(
    readonly size: number, // bytes on the wire; −1: `measure` tells
    readonly read: Read<T>,
    readonly write: Write<T>,
    readonly measure: Measure = () => size,
  ) {}
}
/** A second reading of bytes that another field owns: it takes no bytes and is not written. */
export class DerivedField<T> extends Field<T> {
  readonly derived = true;
}
// Fields of any type in one table: `unknown` would be too narrow for what they accept, `never` for what they give.
export type AnyField = Pick<Field<unknown>, 'size' | 'measure'> & {
  readonly read: Read<unknown>;
  readonly write: Write<never>;
};
export type ValueOf<F> = F extends { readonly read: Read<infer T> } ? T : never;

function whole(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`${value} is not within 0…${max}`);
  return value;
}
const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

export const u8 = new Field<number>(1, byteAt, (out, value) => out.push(whole(value, 0xff)));
export const u16le = new Field<number>(
  2,
  (bytes, at) => byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8),
  (out, value) => out.push(whole(value, 0xffff) & 0xff, value >>> 8),
);
export const u16be = new Field<number>(
  2,
  (bytes, at) => (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1),
  (out, value) => out.push(whole(value, 0xffff) >>> 8, value & 0xff),
);
export const u32le = new Field<number>(
  4,
  (bytes, at) => u16le.read(bytes, at, 2) + u16le.read(bytes, at + 2, 2) * 0x10000,
  (out, value) => out.push(whole(value, 0xffff_ffff) & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24),
);
export const u32be = new Field<number>(
  4,
  (bytes, at) => u16be.read(bytes, at, 2) * 0x10000 + u16be.read(bytes, at + 2, 2),
  (out, value) => out.push(whole(value, 0xffff_ffff) >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff),
);

/** Wire units of 1/`scale`: read by division, which gives the decimal literal (2275 / 10 = 227.5); written rounded. */
export function perUnit(raw: Field<number>, scale: 10 | 100 | 1000 | 10_000 | 100_000): Field<number> {
  return new Field(
    raw.size,
    (bytes, at, size) => raw.read(bytes, at, size) / scale,
    (out, value, all) => {
      raw.write(out, Math.round(value * scale), all);
    },
  );
}

/** A scalar whose wire value means something else. `toWire` may throw RangeError. */
export function mapped<W, T>(raw: Field<W>, fromWire: (wire: W) => T, toWire: (value: T) => W): Field<T> {
  return new Field<T>(
    raw.size,
    (bytes, at, size) => fromWire(raw.read(bytes, at, size)),
    (out, value, all) => {
      raw.write(out, toWire(value), all);
    },
    raw.measure,
  );
}

/** The bytes just before, read once more in another way. */
export const again = <T>(raw: Field<T>): DerivedField<T> =>
  new DerivedField(
    0,
    (bytes, at) => raw.read(bytes, at - raw.size, raw.size),
    () => undefined,
  );

const readHex: Read<string> = (bytes, at, size) => toHex(bytes, at, at + size);
function writeHex(out: number[], text: string, size: number): void {
  pushHex(out, text);
  if (text.length !== 2 * size) throw new RangeError(`${text.length / 2} bytes instead of ${size}`);
}
/** `size` raw bytes in wire order as lower-case hex. */
export const hexBytes = (size: number): Field<string> =>
  new Field(size, readHex, (out, value) => {
    writeHex(out, value, size);
  });
/** As many raw bytes as the field `countedBy` says. */
export const hexCounted = (countedBy: string): Field<string> =>
  new Field(
    -1,
    readHex,
    (out, value, all) => {
      writeHex(out, value, countIn(all, countedBy));
    },
    (_bytes, _at, _end, before) => countIn(before, countedBy),
  );
/** All bytes up to the end; none is an empty string. */
export const hexRest = new Field<string>(
  -1,
  readHex,
  (out, value) => {
    pushHex(out, value);
  },
  (_bytes, at, end) => end - at,
);
/** A length byte and that many raw bytes; one field, so that a cut one is left whole in `extraHex`. */
export const hexPrefixed = new Field<string>(
  -1,
  (bytes, at, size) => toHex(bytes, at + 1, at + size),
  (out, value) => {
    out.push(whole(value.length / 2, 0xff));
    pushHex(out, value);
  },
  (bytes, at, end) => (at < end ? 1 + byteAt(bytes, at) : -1),
);

/** Single-byte text in `size` bytes, cut at the first zero byte, zero-filled; `max` characters at most. */
export function asciiZeroFilled(size: number, max = size): Field<string> {
  return new Field(
    size,
    (bytes, at) => {
      let text = '';
      for (let i = at; i < at + size && bytes[i] !== 0; i++) text += String.fromCharCode(byteAt(bytes, i));
      return text;
    },
    (out, value) => {
      if (value.length > max) throw new RangeError(`text of ${value.length} characters, ${max} at most`);
      for (let i = 0; i < size; i++) out.push(i < value.length ? whole(value.charCodeAt(i), 0xff) : 0);
    },
  );
}

/** As many elements of fixed size as the field `countedBy` says. */
export function listOf<T>(element: Field<T>, countedBy: string): Field<readonly T[]> {
  return new Field<readonly T[]>(
    -1,
    (bytes, at, size) => {
      const values: T[] = [];
      for (let i = at; i < at + size; i += element.size) values.push(element.read(bytes, i, element.size));
      return values;
    },
    (out, values, all) => {
      if (values.length !== countIn(all, countedBy))
        throw new RangeError(`${values.length} elements, not ${countedBy}`);
      for (const value of values) element.write(out, value, all);
    },
    (_bytes, _at, _end, before) => countIn(before, countedBy) * element.size,
  );
}

function countIn(values: Values, name: string): number {
  const count = values[name];
  if (typeof count !== 'number') throw new RangeError(`${name} is missing`);
  return count;
}
