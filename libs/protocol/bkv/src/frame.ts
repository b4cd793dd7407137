import { fromHex, toHex } from '@chargebus/protocol-core';
import type { FrameDirection } from '@chargebus/protocol-core';
import { codecOf } from './commands/command-table';
import { readItems } from './commands/kv';

/**
 * Page §2: header, length u16 of all that follows it, command u16, serial u32, direction, gateway id (7), payload,
 * checksum, tail. Big-endian.
 */
const START = 0xfc;
const SECOND: Readonly<Record<FrameDirection, number>> = { up: 0xfe, down: 0xff };
const TAIL = [0xfc, 0xee] as const;
export const LENGTH_END = 4;
export const PAYLOAD_START = 18;
const TRAILER_BYTES = 3;
export const MIN_TOTAL = PAYLOAD_START + TRAILER_BYTES;
export const MIN_LENGTH = MIN_TOTAL - LENGTH_END;
/** The largest legal message, 250 sockets, takes 1775 bytes. */
export const MAX_LENGTH = 4092;

export interface BkvFrame {
  readonly physicalId: string; // gateway id, 14 lower-case hex digits
  readonly messageId: number; // serial, u32
  readonly command: string; // 0000, 0015/02, 1000/1017
  readonly fields: Readonly<Record<string, unknown>>;
}
export type FrameError =
  | 'too_short'
  | 'header'
  | 'length'
  | 'tail'
  | 'checksum'
  | 'direction'
  | 'inner_length'
  | 'body_length'
  | 'kv_truncated';
export type DecodedFrame =
  { readonly ok: true; readonly frame: BkvFrame } | { readonly ok: false; readonly error: FrameError };

const u16At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const startsFrame = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === START && (bytes[at + 1] === SECOND.up || bytes[at + 1] === SECOND.down);
export const isStart = (byte: number | undefined): boolean => byte === START;
export const lengthAt = (bytes: Uint8Array, at: number): number => u16At(bytes, at + 2);
export const gatewayIdOf = (frame: Uint8Array): string => toHex(frame, 11, PAYLOAD_START);
export const serialOf = (frame: Uint8Array): number => u16At(frame, 6) * 0x10000 + u16At(frame, 8);
/** Both places that tell must say the same. */
export const isFrom = (frame: Uint8Array, direction: FrameDirection): boolean =>
  frame[1] === SECOND[direction] && frame[10] === (direction === 'up' ? 1 : 0);

/** Whether tail and checksum of `bytes[from, to)` are right. */
export function trailerError(bytes: Uint8Array, from: number, to: number): 'tail' | 'checksum' | null {
  if (bytes[to - 2] !== TAIL[0] || bytes[to - 1] !== TAIL[1]) return 'tail';
  return checksum(bytes, from + 2, to - TRAILER_BYTES) === bytes[to - TRAILER_BYTES] ? null : 'checksum';
}
function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += bytes[i] ?? 0;
  return sum & 0xff;
}

function framingError(bytes: Uint8Array, direction: FrameDirection): FrameError | null {
  if (bytes.length < MIN_TOTAL) return 'too_short';
  if (!startsFrame(bytes, 0)) return 'header';
  const length = lengthAt(bytes, 0);
  if (length < MIN_LENGTH || length > MAX_LENGTH || length + LENGTH_END !== bytes.length) return 'length';
  return trailerError(bytes, 0, bytes.length) ?? (isFrom(bytes, direction) ? null : 'direction');
}

/** One whole frame, in the order of checks of page §2. */
export function decodeFrame(bytes: Uint8Array, direction: FrameDirection): DecodedFrame {
  const error = framingError(bytes, direction);
  return error === null ? decodeWhole(bytes, direction) : { ok: false, error };
}

/** A frame whose framing was checked. */
export function decodeWhole(bytes: Uint8Array, direction: FrameDirection): DecodedFrame {
  const end = bytes.length - TRAILER_BYTES;
  const error = bodyError(bytes, end);
  if (error !== null) return { ok: false, error };
  const command = commandOf(bytes);
  const from = hasInnerLength(command) ? PAYLOAD_START + INNER_HEADER_BYTES : PAYLOAD_START;
  const fields = codecOf(direction, command).decode(bytes, from, end);
  if (fields === null) return { ok: false, error: 'body_length' };
  return {
    ok: true,
    frame: { physicalId: gatewayIdOf(bytes), messageId: serialOf(bytes), command, fields: withoutSub(fields) },
  };
}

/** The command says it already. */
const withoutSub = (fields: BkvFrame['fields']): BkvFrame['fields'] =>
  'sub' in fields ? Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'sub')) : fields;

const INNER_HEADER_BYTES = 3;
const hasInnerLength = (command: string): boolean => command.startsWith('0005') || command.startsWith('0015');
const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** The outer command with what it carries; an outer command alone where that cannot be told. */
export function commandOf(frame: Uint8Array): string {
  const outer = hex(u16At(frame, 4), 4);
  const end = frame.length - TRAILER_BYTES;
  if (hasInnerLength(outer))
    return end < PAYLOAD_START + INNER_HEADER_BYTES ? outer : `${outer}/${hex(frame[20] ?? 0, 2)}`;
  if (outer !== '1000') return outer;
  const sub = readItems(frame, PAYLOAD_START, end)?.find(({ key }) => key === 1);
  return sub === undefined || sub.to - sub.from !== 2 ? outer : `${outer}/${hex(u16At(frame, sub.from), 4)}`;
}

function bodyError(frame: Uint8Array, end: number): FrameError | null {
  const outer = hex(u16At(frame, 4), 4);
  if (hasInnerLength(outer)) {
    const counted = u16At(frame, PAYLOAD_START);
    return end - PAYLOAD_START - INNER_HEADER_BYTES === counted ? null : 'inner_length';
  }
  if (outer !== '1000') return null;
  if (codecOf('up', '1000').decode(frame, PAYLOAD_START, end) === null) return 'kv_truncated';
  return commandOf(frame) === outer ? 'body_length' : null;
}

/** Throws RangeError, naming the field, for what the wire cannot carry. */
export function encodeFrame({
  physicalId,
  messageId,
  command,
  direction,
  fields,
}: BkvFrame & { readonly direction: FrameDirection }): Uint8Array {
  const body = codecOf(direction, command).encode(bodyValues(physicalId, messageId, command, fields));
  return wrapPayload({ physicalId, messageId, command, direction }, body);
}

/** Every container begins with its command, the serial again and the gateway id again. */
function bodyValues(
  containerGatewayId: string,
  messageId: number,
  command: string,
  fields: BkvFrame['fields'],
): BkvFrame['fields'] {
  if (!command.startsWith('1000')) return fields;
  const requestId = hex(messageId, 16).toLowerCase();
  return { requestId, containerGatewayId, ...fields, sub: command.slice(5).toLowerCase() };
}

/** Everything around a body. */
export function wrapPayload(
  { physicalId, messageId, command, direction }: Omit<BkvFrame, 'fields'> & { readonly direction: FrameDirection },
  body: ArrayLike<number>,
): Uint8Array {
  const id = fromHex(physicalId);
  if (id.length !== 7) throw new RangeError(`gateway id ${physicalId} is not 14 hex digits`);
  if (!Number.isInteger(messageId) || messageId < 0 || messageId > 0xffff_ffff)
    throw new RangeError(`serial ${messageId} is not within 0…4294967295`);
  const inner = hasInnerLength(command) ? [body.length >>> 8, body.length & 0xff, ...fromHex(command.slice(5))] : [];
  const total = MIN_TOTAL + inner.length + body.length;
  if (total - LENGTH_END > MAX_LENGTH) throw new RangeError(`frame of ${total} bytes`);
  const bytes = new Uint8Array(total);
  const length = total - LENGTH_END;
  bytes.set([START, SECOND[direction], length >>> 8, length & 0xff, ...fromHex(command.slice(0, 4))]);
  new DataView(bytes.buffer).setUint32(6, messageId);
  bytes[10] = direction === 'up' ? 1 : 0;
  bytes.set(id, 11);
  bytes.set(inner, PAYLOAD_START);
  bytes.set(body, PAYLOAD_START + inner.length);
  bytes[total - TRAILER_BYTES] = checksum(bytes, 2, total - TRAILER_BYTES);
  bytes.set(TAIL, total - 2);
  return bytes;
}
