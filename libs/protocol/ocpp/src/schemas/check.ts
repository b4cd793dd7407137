import type { Defect } from '../rpc/defects';
import type { SchemaError, Validator } from './validator';

/** What is wrong with a payload: the first of all defects in the order of the document. */
export interface Flaw {
  readonly defect: Defect;
  readonly path: string; // '/meterValue/0/timestamp'
  readonly keyword: string;
}
const DEFECT_OF: Readonly<Record<string, Defect>> = {
  required: 'occurrence',
  minItems: 'occurrence',
  maxItems: 'occurrence',
  type: 'type',
  additionalProperties: 'formation',
  additionalItems: 'formation',
  enum: 'property',
  const: 'property',
  maxLength: 'property',
  minLength: 'property',
  format: 'property',
  pattern: 'property',
  minimum: 'property',
  maximum: 'property',
  multipleOf: 'property',
};
/** A hostile payload may have a hundred thousand. */
const MAX_ERRORS = 200;

/** Null: nothing is wrong. */
export function findFlaw(validator: Validator, payload: unknown): Flaw | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return { defect: 'formation', path: '', keyword: 'type' };
  if (validator(payload)) return null;
  const places = errorsOf(validator).map((error) => ({ error, place: placeOf(error, payload) }));
  const [first] = places.sort((a, b) => inOrder(a.place, b.place));
  return first === undefined ? null : flawOf(first.error);
}

export const errorsOf = (validator: Validator): readonly SchemaError[] => validator.errors?.slice(0, MAX_ERRORS) ?? [];

function flawOf(error: SchemaError): Flaw {
  return {
    defect: DEFECT_OF[error.keyword] ?? 'other',
    path: segmentsOf(error)
      .map((name) => `/${name}`)
      .join(''),
    keyword: error.keyword,
  };
}

/** The way from the payload to what is wrong, or missing. */
export function segmentsOf({ instancePath, params }: SchemaError): readonly string[] {
  const segments = instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = params.additionalProperty ?? params.missingProperty;
  return last === undefined ? segments : [...segments, last];
}

/** Where that stands in the document: position by position; what is missing is missed at the end of its object. */
function placeOf(error: SchemaError, payload: object): readonly number[] {
  let at: unknown = payload;
  return segmentsOf(error).map((name) => {
    if (typeof at !== 'object' || at === null) return Infinity;
    const index = Array.isArray(at) ? Number(name) : Object.keys(at).indexOf(name);
    at = (at as Readonly<Record<string, unknown>>)[name];
    return index === -1 ? Infinity : index;
  });
}
function inOrder(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left = 0, right = 0] = [a[i], b[i]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
