import { MASK } from '@chargebus/protocol-core';
import type { FrameView, ViewFrame } from '@chargebus/protocol-core';

const CALL = 2;
const RESULT = 3;
const ERROR = 4;
/** Settings of stations that are passwords, wherever a name stands beside its value. */
const SECRET_SETTING = /^(AuthorizationKey|BasicAuthPassword)$/i;
const SECRET_FIELD = /^(password|apnPassword)$/i;
const CREDENTIALS = /:\/\/[^/@\s"]+@/g; // of a URL
/** Whether it is worth a closer look. */
const SUSPICIOUS = /AuthorizationKey|BasicAuthPassword|password|"vpn"|:\/\/[^/"]+@/i;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A message as people read it. Answers do not say what they answer: their id does. */
export const viewMessage: ViewFrame = (bytes) => {
  const parsed = parse(decoder.decode(bytes));
  const unreadable: FrameView = { message: '', name: null, messageId: null, fields: null, error: 'no_message', bytes };
  if (!Array.isArray(parsed)) return unreadable;
  const [type, id, ...rest] = (parsed as readonly unknown[]).map((part) => mask(part));
  const shown = SUSPICIOUS.test(decoder.decode(bytes)) ? encoder.encode(JSON.stringify([type, id, ...rest])) : bytes;
  const known = { name: null, messageId: typeof id === 'string' ? id : null, error: null, bytes: shown };
  switch (type) {
    case CALL:
      return { ...known, message: typeof rest[0] === 'string' ? rest[0] : '', fields: rest[1] ?? null };
    case RESULT:
      return { ...known, message: 'CALLRESULT', fields: rest[0] ?? null };
    case ERROR:
      return { ...known, message: 'CALLERROR', fields: { code: rest[0], description: rest[1], details: rest[2] } };
    default:
      return unreadable;
  }
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const MAX_DEPTH = 32; // deeper than any message; what is deeper is not shown
function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(CREDENTIALS, `://${MASK}@`);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1));
  const secrets = secretFieldsOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      secrets.includes(name) && typeof inner === 'string' ? MASK : mask(inner, depth + 1),
    ]),
  );
}
/** A setting that is a password: `{key, value}` of 1.6, `{variable: {name}, attributeValue}` of 2.0.1; a tunnel's key. */
function secretFieldsOf(value: object): readonly string[] {
  const { key, variable } = value as { readonly key?: unknown; readonly variable?: { readonly name?: unknown } | null };
  const isSecret = [key, variable?.name].some((name) => typeof name === 'string' && SECRET_SETTING.test(name));
  const always = Object.keys(value).filter((name) => SECRET_FIELD.test(name));
  return [...always, ...(isSecret ? ['value', 'attributeValue'] : []), ...('server' in value ? ['key'] : [])];
}
