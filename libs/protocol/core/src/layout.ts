import { DerivedField, Field } from './field';
import type { AnyField, Values, ValueOf } from './field';
import { fieldsMaker } from './fields-object';
import { pushHex, toHex } from './hex';

export type Shape = Readonly<Record<string, AnyField>>;
const NO_FIELDS = {} satisfies Shape;
type NoFields = typeof NO_FIELDS;
type Derived = Pick<DerivedField<unknown>, 'derived'>;
type Flat<T> = { readonly [K in keyof T]: T[K] };
/** What a field table decodes to. Bytes behind the table are in `extraHex`. */
export type DecodedOf<R extends Shape, O extends Shape> = Flat<
  { [K in keyof R]: ValueOf<R[K]> } & { [K in keyof O]?: ValueOf<O[K]> } & { extraHex?: string }
>;
/** What a field table encodes from: the same without the derived fields. */
export type EncodableOf<R extends Shape, O extends Shape> = Flat<
  { [K in keyof R as R[K] extends Derived ? never : K]: ValueOf<R[K]> } & {
    [K in keyof R as R[K] extends Derived ? K : never]?: ValueOf<R[K]>;
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
  return new Layout(source, required, tail ?? NO_FIELDS);
}

interface Line {
  readonly name: string;
  readonly field: AnyField;
}
const linesOf = (shape: Shape): readonly Line[] => Object.entries(shape).map(([name, field]) => ({ name, field }));

export class Layout<D, E> implements PayloadCodec<D, E> {
  private readonly lines: readonly Line[]; // in wire order
  private readonly requiredCount: number;
  private readonly NewFields = fieldsMaker();

  constructor(
    readonly source: string,
    required: Shape,
    tail: Shape,
  ) {
    this.lines = [...linesOf(required), ...linesOf(tail)];
    this.requiredCount = Object.keys(required).length;
  }

  /** Names of all fields in wire order. */
  get fieldNames(): readonly string[] {
    return this.lines.map(({ name }) => name);
  }

  decode(bytes: Uint8Array, from = 0, to = bytes.length): D | null {
    const values = new this.NewFields();
    let at = from;
    let count = 0;
    for (const { name, field } of this.lines) {
      const size = field.size >= 0 ? field.size : field.measure(bytes, at, to, values);
      if (size < 0 || at + size > to) break;
      values[name] = field.read(bytes, at, size);
      at += size;
      count++;
    }
    if (count < this.requiredCount) return null;
    if (at < to) values.extraHex = toHex(bytes, at, to);
    return values as D;
  }

  encode(values: E): readonly number[] {
    const all = values as Values;
    const out: number[] = [];
    for (const line of this.lines.slice(0, this.countGiven(all))) this.write(out, line, all);
    if (typeof all.extraHex === 'string') pushHex(out, all.extraHex);
    return out;
  }

  /** How many fields are written: all up to the last one given, the required ones in any case. */
  private countGiven(all: Values): number {
    return Math.max(this.requiredCount, this.lines.findLastIndex(({ name }) => all[name] !== undefined) + 1);
  }

  private write(out: number[], { name, field }: Line, all: Values): void {
    try {
      if (all[name] === undefined && !(field instanceof DerivedField)) throw new RangeError('missing');
      (field as Field<unknown>).write(out, all[name], all);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`${name}: ${error.message} (${this.source})`, { cause: error });
    }
  }
}

/** Several fields as one, for lists of entries. All of fixed size. */
export function record<R extends Shape>(shape: R): Field<DecodedOf<R, NoFields>> {
  const lines = linesOf(shape);
  const size = lines.reduce((sum, { field }) => sum + field.size, 0);
  const NewFields = fieldsMaker();
  return new Field<DecodedOf<R, NoFields>>(
    size,
    (bytes, at) => {
      const values = new NewFields();
      let next = at;
      for (const { name, field } of lines) {
        values[name] = field.read(bytes, next, field.size);
        next += field.size;
      }
      return values as DecodedOf<R, NoFields>;
    },
    (out, value, all) => {
      for (const { name, field } of lines) (field as Field<unknown>).write(out, (value as Values)[name], all);
    },
  );
}
