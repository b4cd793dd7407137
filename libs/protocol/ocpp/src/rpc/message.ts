import { hash53 } from '@chargebus/domain';
import type { Defect } from './defects';

/** Answered to when the message does not tell its own id. */
export const NO_ID = '-1';
const MAX_ID_CHARS = 36;
const MAX_DEPTH = 32;
const MAX_DESCRIPTION_CHARS = 255;
const CALL = 2;
const RESULT = 3;
const ERROR = 4;

/** A message as far as its frame goes; payloads are not looked into. */
export type Message =
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly action: string;
      readonly payload: unknown;
      /** Of the raw text behind the id: the same for the same call, whatever id it comes under. */
      readonly hash: number;
    }
  | { readonly kind: 'result'; readonly id: string; readonly payload: unknown }
  | { readonly kind: 'error'; readonly id: string; readonly code: string; readonly description: string }
  /** An answer that nobody can have asked for. */
  | { readonly kind: 'stray' }
  | { readonly kind: 'malformed'; readonly id: string; readonly defect: Defect; readonly reason: string };

/** Page §2.2, steps 1 to 5. Null: an empty message, which nobody answers. */
export function readMessage(text: string): Message | null {
  if (text.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed(NO_ID, 'framing', 'not_json');
  }
  if (!Array.isArray(value)) return malformed(NO_ID, 'framing', 'not_an_array');
  const [type, id, third, fourth] = value as readonly unknown[];
  if (typeof type !== 'number') return malformed(NO_ID, 'framing', 'no_message_type');
  if (type === RESULT || type === ERROR) return readAnswer(type, value);
  if (type !== CALL) return malformed(readableId(id), 'message_type', 'unknown_message_type');
  if (typeof id !== 'string' || id === '') return malformed(NO_ID, 'framing', 'no_message_id');
  if (id.length > MAX_ID_CHARS) return malformed(NO_ID, 'framing', 'message_id_too_long');
  if (typeof third !== 'string') return malformed(id, 'formation', 'no_action');
  if (isTooDeep(fourth, MAX_DEPTH)) return malformed(id, 'formation', 'nested_too_deep');
  return { kind: 'call', id, action: third, payload: fourth, hash: hash53(behind(text, id)) };
}
const behind = (text: string, id: string): string => text.slice(text.indexOf(`"${id}"`) + id.length + 2);

function readAnswer(type: typeof RESULT | typeof ERROR, value: readonly unknown[]): Message {
  const [, id, third, description] = value;
  if (typeof id !== 'string' || isTooDeep(value, MAX_DEPTH)) return { kind: 'stray' };
  if (type === RESULT) return { kind: 'result', id, payload: third };
  return {
    kind: 'error',
    id,
    code: typeof third === 'string' ? third : '',
    description: typeof description === 'string' ? description : '',
  };
}

const malformed = (id: string, defect: Defect, reason: string): Message => ({ kind: 'malformed', id, defect, reason });
const readableId = (id: unknown): string =>
  typeof id === 'string' && id !== '' && id.length <= MAX_ID_CHARS ? id : NO_ID;

/** JSON nests deeper than code that walks it can go. */
function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const key in value) if (isTooDeep((value as Readonly<Record<string, unknown>>)[key], depth - 1)) return true;
  return false;
}

const encoder = new TextEncoder();
const SHORT_CHARS = 128;
/** Most answers are a few plain letters, which are quicker copied here than handed to the encoder. */
function toBytes(text: string): Uint8Array {
  if (text.length > SHORT_CHARS) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return encoder.encode(text);
    bytes[i] = unit;
  }
  return bytes;
}

export const encodeCall = (id: string, action: string, payload: object): Uint8Array =>
  toBytes(JSON.stringify([CALL, id, action, payload]));

/** `payloadText`: JSON. */
export const encodeResult = (id: string, payloadText: string): Uint8Array =>
  toBytes(`[${RESULT},${JSON.stringify(id)},${payloadText}]`);

/** `code`: one of the version's words. */
export const encodeError = (id: string, code: string, description: string): Uint8Array => {
  const text = JSON.stringify(description.slice(0, MAX_DESCRIPTION_CHARS));
  return toBytes(`[${ERROR},${JSON.stringify(id)},"${code}",${text},{}]`);
};
