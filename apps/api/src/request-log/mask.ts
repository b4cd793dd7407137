/** Names of fields whose value is nobody's business, whatever it is. */
const SECRET_FIELD =
  /^(token|authorization|headers|signature_key|phone|mobile|cvv|pin|otp)$|(password|passwd|secret|api_?key|access_token|refresh_token|id_number|id_card|card_no|card_number|bank_account)$/i;
/** Numbers that stand alone in a text; what letters or digits surround is an id of something else. */
const PHONE = /(?<!\w)((?:\+?\d{1,3}[- ]?)?1[3-9]\d)\d{4}(\d{4})(?!\w)/g;
const ID_NUMBER = /(?<!\w)([1-9]\d{5})(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\w)/gi;
const CARD_NUMBER = /(?<!\w)\d{16,19}(?!\w)/g;
const JWT = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
const URL_CREDENTIALS = /\/\/[^/@\s]+@/g;
/** NUL and halves of surrogate pairs: Postgres takes neither in JSON. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const MAX_DEPTH = 8;
const MAX_ITEMS = 200; // of one array
/** What is kept of a body, in characters of names and texts together: what was only read can be read again. */
export const KEPT_CHARS = { read: 2_048, written: 8_192 } as const;

/** Text that Postgres takes, at most `max` characters of it. */
export const storable = (text: string, max = Infinity): string =>
  (text.length > max ? text.slice(0, max) : text).replace(UNSTORABLE, '\ufffd');

/** A body with secrets and phone numbers starred out, of a longer one its length; null: there was none. */
export function masked(body: unknown, maxChars: number = KEPT_CHARS.written): unknown {
  if (body === undefined || body === null) return null;
  let chars = 0;
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      chars += value.length;
      return maskedText(storable(value, maxChars));
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH || chars > maxChars) return '…';
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1));
    const copy: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      chars += name.length;
      copy[storable(name)] = inner !== null && SECRET_FIELD.test(name) ? '***' : walk(inner, depth + 1);
    }
    return copy;
  };
  const copy = walk(body, 0);
  return chars > maxChars ? { truncated: true, chars } : copy;
}

/** Phone and identity numbers, numbers of payment cards, tokens and credentials in addresses. */
const maskedText = (text: string): string =>
  text
    .replace(ID_NUMBER, '$1********')
    .replace(CARD_NUMBER, (digits) =>
      isPaymentCard(digits) ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : digits,
    )
    .replace(PHONE, '$1****$2')
    .replace(JWT, '***')
    .replace(URL_CREDENTIALS, '//***@');

/** Luhn's check digit. */
function isPaymentCard(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, i) => {
      const value = i % 2 === 0 ? digit : digit * 2;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
