import { again, Field, mapped, perUnit, pushHex, toHex, u16be, u8 } from '@chargebus/protocol-core';
import type { Values, DerivedField } from '@chargebus/protocol-core';
import { endReasonOf, jackStateOf } from './tables/jack-status';

/** Page §3: units of everything that is measured. */
export const decivolts = perUnit(u16be, 10);
export const deciwatts = perUnit(u16be, 10);
export const milliamperes = perUnit(u16be, 1000);
export const temperature = mapped(
  u8,
  (raw) => (raw < 0x80 ? raw : raw - 0x100),
  (celsius: number) => celsius & 0xff,
);
export const flag = mapped(
  u8,
  (raw) => raw === 1,
  (yes: boolean) => (yes ? 1 : 0),
);

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** Hour and minute, binary. */
export const dayTime = new Field<string>(
  2,
  (bytes, at) => `${pad(bytes[at] ?? 0)}:${pad(bytes[at + 1] ?? 0)}`,
  (out, text) => {
    const [hour, minute] = dayTimeOf(text);
    out.push(hour, minute);
  },
);
function dayTimeOf(text: string): readonly [number, number] {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || hour > 23 || minute > 59) throw new RangeError(`${text} is no time of day`);
  return [hour, minute];
}

const PACKED_PARTS = [
  [0, 4],
  [5, 2],
  [8, 2],
  [11, 2],
  [14, 2],
  [17, 2],
] as const;
/** Seven bytes of packed decimal, YYYYMMDDHHMMSS, local; a byte that is not decimal is kept as it is written in hex. */
export const packedTime = new Field<string>(
  7,
  (bytes, at) => {
    const text = toHex(bytes, at, at + 7);
    const part = (from: number): string => text.slice(from, from + 2);
    return `${text.slice(0, 4)}-${part(4)}-${part(6)}T${part(8)}:${part(10)}:${part(12)}`;
  },
  (out, text) => {
    for (const [at, length] of PACKED_PARTS) pushHex(out, text.slice(at, at + length));
  },
);

/** Year u16, then month, day, hour, minute, second, binary, local. */
export const binaryTime = new Field<string>(
  7,
  (bytes, at) => {
    const part = (offset: number): string => pad(bytes[at + offset] ?? 0);
    return `${pad(u16be.read(bytes, at, 2), 4)}-${part(2)}-${part(3)}T${part(4)}:${part(5)}:${part(6)}`;
  },
  (out, text) => {
    const [year = 0, ...rest] = text.split(/[-:T]/).map(Number);
    out.push(year >>> 8, year & 0xff, ...rest);
  },
);

/** The status byte just before, read as what it means. */
export const endReason = again(mapped(u8, endReasonOf, () => 0));
export const portState = again(mapped(u8, jackStateOf, () => 0));
/** The mode byte just before. */
export const modeBy = <T>(nameOf: (code: number) => T): DerivedField<T> => again(mapped(u8, nameOf, () => 0));

/** A count byte and that many elements. */
export const countedList = <T>(element: Field<T>): Field<readonly T[]> =>
  new Field<readonly T[]>(
    -1,
    (bytes, at, size) => readAll(element, bytes, at + 1, at + size),
    (out, values, all) => {
      u8.write(out, values.length, all);
      writeAll(element, out, values, all);
    },
    (bytes, at) => 1 + (bytes[at] ?? 0) * element.size,
  );
/** As many whole elements as there is room for. */
export const listToEnd = <T>(element: Field<T>): Field<readonly T[]> =>
  new Field<readonly T[]>(
    -1,
    (bytes, at, size) => readAll(element, bytes, at, at + size),
    (out, values, all) => {
      writeAll(element, out, values, all);
    },
    (_bytes, at, end) => Math.max(0, Math.floor((end - at) / element.size)) * element.size,
  );
function readAll<T>(element: Field<T>, bytes: Uint8Array, from: number, to: number): readonly T[] {
  const values: T[] = [];
  for (let at = from; at + element.size <= to; at += element.size) values.push(element.read(bytes, at, element.size));
  return values;
}
function writeAll<T>(element: Field<T>, out: number[], values: readonly T[], all: Values): void {
  for (const value of values) element.write(out, value, all);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
function writeText(out: number[], text: string, size: number): void {
  if (text.length > size) throw new RangeError(`text of ${text.length} characters, ${size} at most`);
  for (let i = 0; i < size; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (code > 0x7f) throw new RangeError('text is not ASCII');
    out.push(code);
  }
}
/** Exactly as many characters as bytes. */
export const characters = (size: number): Field<string> =>
  new Field(
    size,
    (bytes, at) => latin(bytes, at, at + size),
    (out, text) => {
      writeText(out, text, size);
    },
  );
/** Text up to the last byte but one; written in eight bytes, filled with NUL. */
export const textBeforeLastByte = new Field<string>(
  -1,
  (bytes, at, size) => latin(bytes, at, at + size).replace(/[\0 ]+$/, ''),
  (out, text) => {
    writeText(out, text, 8);
  },
  (_bytes, at, end) => Math.max(0, end - 1 - at),
);

/** Four bytes, dotted. */
export const ipv4 = new Field<string>(
  4,
  (bytes, at) => bytes.subarray(at, at + 4).join('.'),
  (out, text) => {
    const parts = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
    if (parts.length !== 4 || parts.some((part) => part > 255)) throw new RangeError(`${text} is no IPv4 address`);
    out.push(...parts);
  },
);
