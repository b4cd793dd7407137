import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly example?: Json;
}
/** What is read of an operation in an OpenAPI document. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: Json }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
export interface Call {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null; // as it goes on the wire
}

const HUGE = 'x'.repeat(20_000);
const NESTED = '['.repeat(2_000) + ']'.repeat(2_000);

/** Texts that have broken something somewhere. None of them looks like what must not leak. */
const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    '%',
    '%00',
    '%ff',
    "'",
    '"',
    '\\',
    '../..',
    '$ne',
    '{{x}}',
    '*',
    '.',
    '>',
    HUGE,
  ),
  fc.constantFrom(
    'null',
    'true',
    '-1',
    '0',
    '1e999',
    'NaN',
    '99999999999999999999',
    '2024-13-45T99:99:99Z',
    '0x1f',
    '١٢٣',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const hostileValue: Arbitrary<Json> = fc.oneof(
  hostileText,
  fc.constantFrom<Json>(null, true, 0, -1, 0.1, -0.5, 1e308, 2 ** 31, 2 ** 53, [], {}, [null], [[]], [{}]),
  fc.constantFrom<Json>(
    { __proto__: { x: 1 } },
    { constructor: {} },
    Array.from({ length: 2_000 }, () => 'x'),
  ),
  fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>,
);

/** Calls of an operation that are wrong in one place or another; some happen to be right. */
export function hostileCalls(
  path: string,
  operation: Operation,
  known: Readonly<Record<string, string>>,
): Arbitrary<Call> {
  const parameters = operation.parameters ?? [];
  const example = operation.requestBody?.content['application/json']?.example;
  return fc.record({
    target: targets(path, parameters, known),
    headers: headersOf(parameters),
    body: example === undefined ? fc.constant(null) : bodies(example),
  });
}

function targets(
  path: string,
  parameters: readonly Parameter[],
  known: Readonly<Record<string, string>>,
): Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const filled = fc.tuple(...inPath.map(({ name, example }) => mostly(known[name] ?? text(example), hostileText)));
  const names = [...inQuery.map(({ name }) => name), 'page', 'limit', 'cursor', 'unknown'];
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), hostileText), { maxLength: 3 });
  return fc.tuple(filled, mostly<[string, string][]>([], pairs)).map(([values, query]) => {
    const at = inPath.reduce((so, { name }, i) => so.replace(`{${name}}`, segment(values[i] ?? '')), path);
    return query.length === 0 ? at : `${at}?${query.map(([name, value]) => `${name}=${escape(value)}`).join('&')}`;
  });
}
/** An empty or dotted segment would be another path. */
const segment = (value: string): string => (/^\.*$/.test(value) ? '%20' : escape(value));
const escape = (value: string): string => encodeURIComponent(value.slice(0, 4_000).replace(/\p{Cs}/gu, '\ufffd'));

function headersOf(parameters: readonly Parameter[]): Arbitrary<Readonly<Record<string, string>>> {
  const names = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const value = fc.constantFrom('', ' ', 'x'.repeat(300), '{}', '-1');
  if (names.length === 0) return fc.constant({});
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 1 });
}

function bodies(example: Json): Arbitrary<string | null> {
  return fc.oneof(
    { weight: 6, arbitrary: mutants(example).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: hostileValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '{"a":1,}', '\u0000', NESTED, '"\\ud800"', '{"a":1}{"b":2}') },
  );
}
/** The example with one place changed: gone, added, or another value. */
function mutants(example: Json): Arbitrary<Json> {
  const places = placesOf(example);
  return fc
    .tuple(fc.constantFrom(...places), hostileValue, fc.constantFrom('replace', 'remove', 'add'))
    .map(([place, value, change]) => changed(example, place, value, change));
}
type Place = readonly (string | number)[];

function placesOf(value: Json, at: Place = []): Place[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, part]) => placesOf(part, [...at, name]))
      : [];
  return [at, ...inside];
}

function changed(value: Json, [head, ...rest]: Place, by: Json, change: string): Json {
  if (head === undefined)
    return change === 'add' && isObject(value) ? { ...value, unknown_field: by } : change === 'remove' ? {} : by;
  const copy: Record<string, Json> | Json[] = Array.isArray(value) ? [...(value as Json[])] : { ...(value as object) };
  const part = (value as Record<string, Json>)[head] ?? null;
  const target = copy as Record<string, Json>;
  if (rest.length === 0 && change === 'remove') Reflect.deleteProperty(target, head);
  else target[head] = changed(part, rest, by, change);
  return copy;
}
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? 'x'));
/** The good value in two of three cases, so that calls get past the first check. */
const mostly = <T>(good: T, hostile: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: hostile });
