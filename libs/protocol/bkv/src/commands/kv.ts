import { fieldsMaker, toHex } from '@chargebus/protocol-core';
import type { Field, NewFields, PayloadCodec } from '@chargebus/protocol-core';

/**
 * Items of the container of 0x1000, page §6: length, key length, key, value. Three numbers each, so that a report of 30
 * items is read without 30 objects: the key, where the value begins, where it ends. A text key, which no gateway uses,
 * is minus its length.
 */
export type KvItems = readonly number[];
const STRIDE = 3;
const MAX_LENGTH_BYTES = 4;
const TEXT_KEY = 0x80;

/** Null: an item reaches beyond the data, or a key beyond its item. */
export function readItems(bytes: Uint8Array, from: number, to: number): KvItems | null {
  const items: number[] = [];
  let at = from;
  while (at < to) {
    let next = at;
    let length = 0;
    let byte = TEXT_KEY;
    while (byte >= 0x80) {
      if (next >= to || next - at >= MAX_LENGTH_BYTES) return null;
      byte = bytes[next++] ?? 0;
      length = length * 128 + (byte & 0x7f);
    }
    const end = next + length;
    const keyLength = bytes[next] ?? 0;
    const valueAt = next + 1 + (keyLength & 0x7f);
    if (length < 1 || end > to || valueAt > end) return null;
    items.push(keyLength < TEXT_KEY ? keyAt(bytes, next + 1, valueAt) : next + 1 - valueAt, valueAt, end);
    at = end;
  }
  return items;
}
function keyAt(bytes: Uint8Array, from: number, to: number): number {
  let key = 0;
  for (let i = from; i < to; i++) key = key * 256 + (bytes[i] ?? 0);
  return key;
}
/** Where the first item of this key stands in `items`; −1: nowhere. */
function indexOfKey(items: KvItems, key: number): number {
  for (let i = 0; i < items.length; i += STRIDE) if (items[i] === key) return i;
  return -1;
}
/**
 * The command that a container names in its first item of key 01; −1: in none. Null: an item is cut off. It is the first
 * item of every message that devices send, and then the others need not be looked at for it.
 */
export function containerCommand(bytes: Uint8Array, from: number, to: number): number | null {
  if (to - from >= COMMAND_ITEM.length + 2 && COMMAND_ITEM.every((byte, i) => bytes[from + i] === byte))
    return u16At(bytes, from + COMMAND_ITEM.length);
  const items = readItems(bytes, from, to);
  if (items === null) return null;
  const found = indexOfKey(items, COMMAND_KEY);
  const at = items[found + 1] ?? 0;
  return found < 0 || (items[found + 2] ?? 0) - at !== 2 ? -1 : u16At(bytes, at);
}
export const COMMAND_KEY = 0x01;
const COMMAND_ITEM = [4, 1, COMMAND_KEY] as const; // its length, that of its key, its key
const u16At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Appends an item whose value `writeValue` appends. */
function writeItem(out: number[], key: number, writeValue: (out: number[]) => void): void {
  const at = out.length;
  out.push(0, 1, key);
  writeValue(out);
  const length = out.length - at - 1;
  if (length > 0x3fff) throw new RangeError(`item of ${length} bytes`);
  if (length <= 0x7f) out[at] = length;
  else out.splice(at, 1, 0x80 | (length >>> 7), length & 0x7f);
}

/**
 * A part of a container: one item, several that belong together, or a list of groups. Reading gives undefined where it
 * is missing and null where a container inside is cut off.
 */
export interface KvPart<T> {
  read(bytes: Uint8Array, items: KvItems): T | undefined | null;
  write(out: number[], value: T): void;
}
type AnyPart = Pick<KvPart<unknown>, 'read'> & { readonly write: (out: number[], value: never) => void };
export type KvShape = Readonly<Record<string, AnyPart>>;
export type KvValues<S extends KvShape> = {
  readonly [K in keyof S]?: S[K] extends Pick<KvPart<infer T>, 'read'> ? T : never;
};
type NamedPart = readonly [name: string, part: AnyPart];
type Loose = Readonly<Record<string, unknown>>;
interface Parts {
  readonly named: readonly NamedPart[];
  readonly NewFields: NewFields;
}
const partsOf = (shape: KvShape): Parts => ({ named: Object.entries(shape), NewFields: fieldsMaker() });

/** The first item of this key; one of the wrong size counts as missing. */
export const item = <T>(key: number, field: Field<T>): KvPart<T> => ({
  read: (bytes, items) => {
    const found = indexOfKey(items, key);
    if (found < 0) return undefined;
    const at = items[found + 1] ?? 0;
    const end = items[found + 2] ?? 0;
    const size = field.size >= 0 ? field.size : field.measure(bytes, at, end, {});
    return size === end - at ? field.read(bytes, at, size) : undefined;
  },
  write: (out, value) => {
    writeItem(out, key, (bytes) => {
      field.write(bytes, value, {});
    });
  },
});
/** What follows from an item that another part owns. */
export const derivedItem = <T>(key: number, field: Field<T>): KvPart<T> => ({
  ...item(key, field),
  write: () => undefined,
});
/** What somebody else has read already. */
export const writtenItem = <T>(key: number, field: Field<T>): KvPart<T> => ({
  ...item(key, field),
  read: () => undefined,
});
/** Several parts under one name; missing when none of them is there. */
export const together = <S extends KvShape>(shape: S): KvPart<KvValues<S>> => {
  const parts = partsOf(shape);
  return {
    read: (bytes, items) => {
      const values = readParts(parts, bytes, items);
      return values !== null && Object.keys(values).length === 0 ? undefined : (values as KvValues<S> | null);
    },
    write: (out, values) => {
      writeParts(parts, out, values);
    },
  };
};
/** One value for jack A, one for B. */
export const perJack = <T>(a: KvPart<T>, b: KvPart<T>): KvPart<readonly [T, T]> => ({
  read: (bytes, items) => {
    const [ofA, ofB] = [a.read(bytes, items), b.read(bytes, items)];
    return ofA == null || ofB == null ? undefined : [ofA, ofB];
  },
  write: (out, [ofA, ofB]) => {
    a.write(out, ofA);
    b.write(out, ofB);
  },
});
/** Every item of this key, each of them a container. */
export const groups = <S extends KvShape>(key: number, shape: S): KvPart<readonly KvValues<S>[]> => {
  const parts = partsOf(shape);
  return {
    read: (bytes, items) => {
      const found: KvValues<S>[] = [];
      for (let i = 0; i < items.length; i += STRIDE) {
        if (items[i] !== key) continue;
        const inner = readItems(bytes, items[i + 1] ?? 0, items[i + 2] ?? 0);
        const values = inner === null ? null : readParts(parts, bytes, inner);
        if (values === null) return null;
        found.push(values as KvValues<S>);
      }
      return found.length === 0 ? undefined : found;
    },
    write: (out, list) => {
      for (const values of list) {
        writeItem(out, key, (bytes) => {
          writeParts(parts, bytes, values);
        });
      }
    },
  };
};

function readParts({ named, NewFields }: Parts, bytes: Uint8Array, items: KvItems): Loose | null {
  const values = new NewFields();
  for (const [name, part] of named) {
    const value = part.read(bytes, items);
    if (value === null) return null;
    if (value !== undefined) values[name] = value;
  }
  return values;
}
function writeParts({ named }: Parts, out: number[], values: Loose): void {
  for (const [name, part] of named) {
    const value = values[name];
    if (value !== undefined) (part.write as (out: number[], value: unknown) => void)(out, value);
  }
}

/** The payload of one command; null: an item is cut off. Keys that are not listed are skipped. */
export function container<S extends KvShape>(shape: S): PayloadCodec<KvValues<S>> {
  const parts = partsOf(shape);
  return {
    decode: (bytes, from, to) => {
      const items = readItems(bytes, from, to);
      return items === null ? null : (readParts(parts, bytes, items) as KvValues<S> | null);
    },
    encode: (values) => {
      const out: number[] = [];
      writeParts(parts, out, values);
      return out;
    },
  };
}

const NESTED: ReadonlySet<number> = new Set([0x94, 0x5b]);
export type KvTree = readonly (readonly [key: string, value: string | KvTree])[];
/** A container as people read it. */
export function kvTree(bytes: Uint8Array, from = 0, to = bytes.length): KvTree | null {
  const items = readItems(bytes, from, to);
  if (items === null) return null;
  const tree: [string, string | KvTree][] = [];
  for (let i = 0; i < items.length; i += STRIDE) {
    const [key = 0, valueAt = 0, end = 0] = items.slice(i, i + STRIDE);
    const inner = NESTED.has(key) ? kvTree(bytes, valueAt, end) : null;
    const name =
      key < 0
        ? String.fromCharCode(...bytes.subarray(valueAt + key, valueAt))
        : `0x${key.toString(16).padStart(2, '0')}`;
    tree.push([name, inner ?? toHex(bytes, valueAt, end)]);
  }
  return tree;
}
