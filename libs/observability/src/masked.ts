/** Names, in lower case, of fields that never reach a log (X05, Z04). */
const SECRET_FIELDS = new Set([
  'password',
  'basicauthpassword',
  'authorizationkey',
  'secret',
  'api_secret',
  'apisecret',
  'token',
  'authorization',
  'x-signature',
  'x-api-key',
  'signature',
  'phone',
  'id_number',
  'card_no',
  'userkeyhex',
  'newcardkeyhex',
]);
const MAX_DEPTH = 5;

/** The same object where nothing in it is secret, else a copy of what has to change. Errors are left to their serialiser. */
export function masked(object: Record<string, unknown>): Record<string, unknown> {
  return mask(object, 1) as Record<string, unknown>;
}

function mask(object: object, depth: number): object {
  const entries = Object.entries(object) as [string, unknown][];
  const changed = entries.flatMap(([name, value]): [string, unknown][] => {
    const shown = shownAs(name, value, depth);
    return shown === value ? [] : [[name, shown]];
  });
  if (changed.length === 0) return object;
  if (Array.isArray(object)) return Object.assign([...(object as unknown[])], Object.fromEntries(changed));
  return { ...object, ...Object.fromEntries(changed) };
}

function shownAs(name: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined) return value;
  if (SECRET_FIELDS.has(name.toLowerCase())) return '***';
  if (typeof value !== 'object' || value instanceof Error || depth === MAX_DEPTH) return value;
  return mask(value, depth + 1);
}
