import { Field } from './field';
import type { AnyField, DerivedField, Values, ValueOf } from './field';
import { fromHex, toHex } from './hex';

export type Shape = Readonly<Record<string, AnyField>>;
type NoFields = Readonly<Record<never, AnyField>>;
type Flat<T> = { readonly [K in keyof T]: T[K] };
/** What a field table decodes to. Bytes behind the table are in `extraHex`. */
export type DecodedOf<R extends Shape, O extends Shape> = Flat<
  { [K in keyof R]: ValueOf<R[K]> } & { [K in keyof O]?: ValueOf<O[K]> } & { extraHex?: string }
>;
/** What a field table encodes from: the same without the derived fields. */
export type EncodableOf<R extends Shape, O extends Shape> = Flat<
  { [K in keyof R as R[K] extends DerivedField<unknown> ? never : K]: ValueOf<R[K]> } & {
    [K in keyof R as R[K] extends DerivedField<unknown> ? K : never]?: ValueOf<R[K]>;
  } & { [K in keyof O]?: ValueOf<O[K]> } & { extraHex?: string }
>;

/** Body of one command in one direction, to and from its values. */
export interface PayloadCodec<D, E = D> {
  /** Null: a required field is missing. Never throws. */
  decode(bytes: Uint8Array, from: number, to: number): D | null;
  /** Throws RangeError, naming the field, for what the wire cannot carry. */
  encode(values: E): readonly number[];
}
export type DecodedBy<C> = C extends PayloadCodec<infer D, never> ? D : never;
export type EncodableBy<C> = C extends { encode(values: infer E): readonly number[] } ? E : never;

/**
 * A field table typed from the protocol's page: decoder, encoder and type all come out of it. Fields of `tail` were
 * appended over the years: decoding stops at the first that does not fit whole, encoding at the first that is absent.
 */
export function layout<R extends Shape, O extends Shape = NoFields>(
  source: string,
  required: R,
  tail?: O,
): Layout<DecodedOf<R, O>, EncodableOf<R, O>> {
  return new Layout(source, required, tail ?? {});
}

export class Layout<D, E> implements PayloadCodec<D, E> {
  readonly requiredNames: readonly string[];
  private readonly names: readonly string[];
  private readonly fields: readonly AnyField[];

  constructor(
    readonly source: string,
    required: Shape,
    tail: Shape,
  ) {
    this.requiredNames = Object.keys(required);
    this.names = [...this.requiredNames, ...Object.keys(tail)];
    this.fields = [...Object.values(required), ...Object.values(tail)];
  }

  /** Names of all fields in wire order. */
  get fieldNames(): readonly string[] {
    return this.names;
  }

  decode(bytes: Uint8Array, from = 0, to = bytes.length): D | null {
    const { fields, names } = this;
    const values: Record<string, unknown> = {};
    let at = from;
    let i = 0;
    for (; i < fields.length; i++) {
      const field = fields[i] as AnyField;
      const size = field.size >= 0 ? field.size : field.measure(bytes, at, to, values);
      if (size < 0 || at + size > to) break;
      values[names[i] as string] = field.read(bytes, at, size);
      at += size;
    }
    if (i < this.requiredNames.length) return null;
    if (at < to) values['extraHex'] = toHex(bytes, at, to);
    return values as D;
  }

  encode(values: E): readonly number[] {
    const all = values as Values;
    const out: number[] = [];
    const end = this.lastGiven(all);
    for (let i = 0; i < end; i++) this.writeField(out, i, all);
    if (typeof all['extraHex'] === 'string') out.push(...fromHex(all['extraHex']));
    return out;
  }

  /** How many fields are written: all up to the last one given, the required ones in any case. */
  private lastGiven(all: Values): number {
    let end = this.names.length;
    while (end > this.requiredNames.length && all[this.names[end - 1] as string] === undefined) end--;
    return end;
  }

  private writeField(out: number[], index: number, all: Values): void {
    const name = this.names[index] as string;
    const field = this.fields[index] as Field<unknown>;
    try {
      if (all[name] === undefined && !('derived' in field)) throw new RangeError('missing');
      field.write(out, all[name], all);
    } catch (error) {
      throw new RangeError(`${name}: ${error instanceof Error ? error.message : String(error)} (${this.source})`);
    }
  }
}

/** Several fields as one, for lists of entries. All of fixed size. */
export function record<R extends Shape>(shape: R): Field<DecodedOf<R, NoFields>> {
  const names = Object.keys(shape);
  const fields = Object.values(shape) as Field<unknown>[];
  return new Field<DecodedOf<R, NoFields>>(
    fields.reduce((sum, field) => sum + field.size, 0),
    (bytes, at) => {
      const values: Record<string, unknown> = {};
      let offset = at;
      fields.forEach((field, i) => {
        values[names[i] as string] = field.read(bytes, offset, field.size);
        offset += field.size;
      });
      return values as DecodedOf<R, NoFields>;
    },
    (out, value, all) => {
      fields.forEach((field, i) => {
        field.write(out, (value as Values)[names[i] as string], all);
      });
    },
  );
}
