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
/** NUL and halves of surrogate pairs: Postgres takes neither in jsonb. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const storable = (text: string): string => text.replace(UNSTORABLE, '\ufffd');
const MAX_DEPTH = 8;
const MAX_CHARS = 16_384;

/** JSON text of a body with secrets and phone numbers starred out; null: there was no body. */
export function maskedJson(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(masked(value, 0));
  return text.length <= MAX_CHARS ? text : JSON.stringify({ truncated: true, chars: text.length });
}

function masked(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return '…';
  if (typeof value === 'string')
    return PHONE.test(value) ? `${value.slice(0, -8)}****${value.slice(-4)}` : storable(value);
  if (Array.isArray(value)) return value.slice(0, 200).map((item) => masked(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      storable(name),
      SECRET_FIELDS.has(name.toLowerCase()) && inner !== null ? '***' : masked(inner, depth + 1),
    ]),
  );
}
