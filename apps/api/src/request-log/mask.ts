const SECRET_FIELDS = new Set([
  'secret',
  'api_secret',
  'api_key',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'authorization',
  'signature_key',
  'id_number',
  'card_no',
]);
const PHONE = /^(\+?\d{0,3}[- ]?)?1\d{10}$/;
/** NUL and halves of surrogate pairs: Postgres takes neither in JSON. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const MAX_DEPTH = 8;
const MAX_ITEMS = 200; // of one array
const MAX_CHARS = 16_384; // of names and texts together

/** Text that Postgres takes, at most `max` characters of it. */
export const storable = (text: string, max = Infinity): string =>
  (text.length > max ? text.slice(0, max) : text).replace(UNSTORABLE, '\ufffd');

/** A body with secrets and phone numbers starred out, of bounded size; null: there was none. */
export function masked(body: unknown): unknown {
  if (body === undefined || body === null) return null;
  let chars = 0;
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      chars += value.length;
      return PHONE.test(value) ? `${value.slice(0, -8)}****${value.slice(-4)}` : storable(value, MAX_CHARS);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH || chars > MAX_CHARS) return '…';
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1));
    const copy: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      chars += name.length;
      copy[storable(name)] = inner !== null && SECRET_FIELDS.has(name.toLowerCase()) ? '***' : walk(inner, depth + 1);
    }
    return copy;
  };
  const copy = walk(body, 0);
  return chars > MAX_CHARS ? { truncated: true, chars } : copy;
}
