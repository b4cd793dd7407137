import { toHex } from '@chargebus/protocol-core';
import type { PayloadCodec, Field } from '@chargebus/protocol-core';

/** One item of the container of 0x1000, page §6: length, key length, key, value. Its bytes are a view. */
export interface KvItem {
  readonly key: number; // −1: a text key, which no gateway uses
  readonly text: string | null;
  readonly from: number;
  readonly to: number;
}
const MAX_LENGTH_BYTES = 4;
const TEXT_KEY = 0x80;

/** Null: an item reaches beyond the data, or a key beyond its item. */
export function readItems(bytes: Uint8Array, from: number, to: number): readonly KvItem[] | null {
  const items: KvItem[] = [];
  let at = from;
  while (at < to) {
    const item = readItem(bytes, at, to);
    if (item === null) return null;
    items.push(item);
    at = item.to;
  }
  return items;
}

function readItem(bytes: Uint8Array, at: number, end: number): KvItem | null {
  let length = 0;
  let next = at;
  let more = true;
  while (more) {
    if (next >= end || next - at >= MAX_LENGTH_BYTES) return null;
    const byte = bytes[next++] ?? 0;
    length = length * 128 + (byte & 0x7f);
    more = byte >= 0x80;
  }
  const to = next + length;
  const keyLength = bytes[next] ?? 0;
  const keyFrom = next + 1;
  const from = keyFrom + (keyLength & 0x7f);
  if (length < 1 || to > end || from > to) return null;
  if (keyLength >= TEXT_KEY) return { key: -1, text: String.fromCharCode(...bytes.subarray(keyFrom, from)), from, to };
  let key = 0;
  for (let i = keyFrom; i < from; i++) key = key * 256 + (bytes[i] ?? 0);
  return { key, text: null, from, to };
}

export function writeItem(out: number[], key: number, value: readonly number[]): void {
  const length = 2 + value.length;
  if (length > 0x3fff) throw new RangeError(`item of ${length} bytes`);
  if (length > 0x7f) out.push(0x80 | (length >>> 7));
  out.push(length & 0x7f, 1, key, ...value);
}

/** A part of a container: one item, several that belong together, or a list of groups. Missing is undefined. */
export interface KvPart<T> {
  read(bytes: Uint8Array, items: readonly KvItem[]): T | undefined;
  write(out: number[], value: T): void;
}
type AnyPart = Pick<KvPart<unknown>, 'read'> & { readonly write: (out: number[], value: never) => void };
export type KvShape = Readonly<Record<string, AnyPart>>;
export type KvValues<S extends KvShape> = {
  readonly [K in keyof S]?: S[K] extends Pick<KvPart<infer T>, 'read'> ? T : never;
};

/** The first item of this key; one of the wrong size counts as missing. */
export const item = <T>(key: number, field: Field<T>): KvPart<T> => ({
  read: (bytes, items) => {
    const found = items.find((one) => one.key === key);
    if (found === undefined) return undefined;
    const size = found.to - found.from;
    return (field.size >= 0 ? field.size : field.measure(bytes, found.from, found.to, {})) === size
      ? field.read(bytes, found.from, size)
      : undefined;
  },
  write: (out, value) => {
    const bytes: number[] = [];
    field.write(bytes, value, {});
    writeItem(out, key, bytes);
  },
});
/** What follows from an item that another part owns. */
export const derivedItem = <T>(key: number, field: Field<T>): KvPart<T> => ({
  read: (bytes, items) => item(key, field).read(bytes, items),
  write: () => undefined,
});
/** Several parts under one name; missing when none of them is there. */
export const together = <S extends KvShape>(shape: S): KvPart<KvValues<S>> => ({
  read: (bytes, items) => {
    const values = readParts(shape, bytes, items);
    return Object.keys(values).length === 0 ? undefined : values;
  },
  write: (out, values) => {
    writeParts(shape, out, values);
  },
});
/** One value for jack A, one for B. */
export const perJack = <T>(a: KvPart<T>, b: KvPart<T>): KvPart<readonly [T, T]> => ({
  read: (bytes, items) => {
    const [ofA, ofB] = [a.read(bytes, items), b.read(bytes, items)];
    return ofA === undefined || ofB === undefined ? undefined : [ofA, ofB];
  },
  write: (out, [ofA, ofB]) => {
    a.write(out, ofA);
    b.write(out, ofB);
  },
});
/** Every item of this key, each of them a container. */
export const groups = <S extends KvShape>(key: number, shape: S): KvPart<readonly KvValues<S>[]> => ({
  read: (bytes, items) => {
    const found = items.filter((one) => one.key === key);
    return found.length === 0
      ? undefined
      : found.map(({ from, to }) => readParts(shape, bytes, readItems(bytes, from, to) ?? []));
  },
  write: (out, list) => {
    for (const values of list) {
      const bytes: number[] = [];
      writeParts(shape, bytes, values);
      writeItem(out, key, bytes);
    }
  },
});

function readParts<S extends KvShape>(shape: S, bytes: Uint8Array, items: readonly KvItem[]): KvValues<S> {
  const values: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(shape)) {
    const value = part.read(bytes, items);
    if (value !== undefined) values[name] = value;
  }
  return values as KvValues<S>;
}
function writeParts<S extends KvShape>(shape: S, out: number[], values: KvValues<S>): void {
  for (const [name, part] of Object.entries(shape)) {
    const value = values[name];
    if (value !== undefined) (part.write as (out: number[], value: unknown) => void)(out, value);
  }
}

const NESTED: ReadonlySet<number> = new Set([0x94, 0x5b]);
/** Whether every container in it can be read. */
function isWhole(bytes: Uint8Array, items: readonly KvItem[]): boolean {
  return items.every(({ key, from, to }) => {
    if (!NESTED.has(key)) return true;
    const inner = readItems(bytes, from, to);
    return inner !== null && isWhole(bytes, inner);
  });
}
/** The payload of one command; null: an item is cut off. Keys that are not listed are skipped. */
export function container<S extends KvShape>(shape: S): PayloadCodec<KvValues<S>> {
  return {
    decode: (bytes, from, to) => {
      const items = readItems(bytes, from, to);
      return items === null || !isWhole(bytes, items) ? null : readParts(shape, bytes, items);
    },
    encode: (values) => {
      const out: number[] = [];
      writeParts(shape, out, values);
      return out;
    },
  };
}

export type KvTree = readonly (readonly [key: string, value: string | KvTree])[];
/** A container as people read it. */
export function kvTree(bytes: Uint8Array, from = 0, to = bytes.length): KvTree | null {
  const items = readItems(bytes, from, to);
  return (
    items?.map((one) => {
      const inner = NESTED.has(one.key) ? kvTree(bytes, one.from, one.to) : null;
      const name = one.text ?? `0x${one.key.toString(16).padStart(2, '0')}`;
      return [name, inner ?? toHex(bytes, one.from, one.to)] as const;
    }) ?? null
  );
}
