import { errorsOf, segmentsOf } from './check';
import type { SchemaError, Validator } from './validator';

/** Properties without which a message about a transaction is worth nothing, as paths: 'timestamp', 'transactionInfo/transactionId'. */
export type KeyFields = readonly string[];
type Json = Record<string, unknown> | unknown[];

const ROUNDS = 3; // what is left after parts were dropped may have flaws of its own: a list that is empty now

/**
 * Page §2.3: a transaction's message is refused for defects in its key fields only, for else the station drops it in the
 * end and the bill is lost. Takes the broken parts out of `payload`; null: a key field is broken. Gives what was dropped.
 */
export function dropBrokenParts(validator: Validator, payload: object, keys: KeyFields): readonly string[] | null {
  const dropped: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (validator(payload)) return dropped;
    const errors = errorsOf(validator);
    if (errors.some((error) => isAbout(error, keys))) return null;
    const targets = errors.map((error) => targetOf(error));
    // From the back, so that the places of what comes before stay true.
    for (const path of [...new Set(targets.map((target) => target.join('/')))].sort(byPlace)) {
      const isGone = remove(payload as Json, path.split('/'));
      if (isGone || !dropped.includes(path)) dropped.push(path); // or it was missing from the beginning
    }
  }
  return dropped;
}

const isAbout = (error: SchemaError, keys: KeyFields): boolean => {
  const path = segmentsOf(error).join('/');
  if (error.keyword === 'additionalProperties') return false;
  return keys.some((key) => key === path || path.startsWith(`${key}/`) || (key.startsWith(`${path}/`) && path !== ''));
};

/** The smallest part that can be done without: the property, or the whole sampled value or meter value that it breaks. */
function targetOf(error: SchemaError): readonly string[] {
  const segments = segmentsOf(error);
  if (error.keyword === 'additionalProperties') return segments;
  for (const list of ['sampledValue', 'meterValue', 'transactionData']) {
    const at = segments.lastIndexOf(list);
    if (at >= 0 && segments.length > at + 1) return segments.slice(0, at + 2);
  }
  const isPartOfAnother = error.keyword === 'required' && segments.length > 1;
  return isPartOfAnother ? segments.slice(0, -1) : segments; // half a token is none
}

const isIndex = (name: string): boolean => /^\d+$/.test(name);
/** Later places first, and what is inside before what it is inside of. */
const byPlace = (a: string, b: string): number => {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    if (x !== y) return isIndex(x) && isIndex(y) ? Number(y) - Number(x) : y < x ? -1 : 1;
  }
  return right.length - left.length;
};

function remove(root: Json, path: readonly string[]): boolean {
  let at: unknown = root;
  for (const name of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  const last = path.at(-1);
  if (typeof at !== 'object' || at === null || last === undefined) return false;
  if (Array.isArray(at)) return at.splice(Number(last), 1).length > 0;
  return Object.hasOwn(at, last) && Reflect.deleteProperty(at, last);
}
