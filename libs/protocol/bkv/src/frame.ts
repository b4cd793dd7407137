import { fromHex, toHex } from '@chargebus/protocol-core';
import type { FrameDirection } from '@chargebus/protocol-core';
import { codecOf } from './commands/command-table';
import { containerCommand } from './commands/kv';

/**
 * Page §2: header, length u16 of all that follows it, command u16, serial u32, direction, gateway id (7), payload,
 * checksum, tail. Big-endian.
 */
const START = 0xfc;
const SECOND: Readonly<Record<FrameDirection, number>> = { up: 0xfe, down: 0xff };
const TAIL = 0xfcee;
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
  if (u16At(bytes, to - 2) !== TAIL) return 'tail';
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
  const named = readName(bytes, end);
  if ('error' in named) return { ok: false, error: named.error };
  const { command, bodyAt } = named;
  const fields = codecOf(direction, command).decode(bytes, bodyAt, end);
  if (fields === null) return { ok: false, error: isContainer(bytes) ? 'kv_truncated' : 'body_length' };
  return { ok: true, frame: { physicalId: gatewayIdOf(bytes), messageId: serialOf(bytes), command, fields } };
}

const INNER_HEADER_BYTES = 3;
const INNER: ReadonlySet<number> = new Set([0x0005, 0x0015]);
const CONTAINER = 0x1000;
const outerOf = (frame: Uint8Array): number => u16At(frame, 4);
const isContainer = (frame: Uint8Array): boolean => outerOf(frame) === CONTAINER;

type Name = { readonly command: string; readonly bodyAt: number } | { readonly error: FrameError };
/** The outer command with what it carries, and where that begins. */
function readName(frame: Uint8Array, end: number): Name {
  const outer = outerOf(frame);
  if (INNER.has(outer)) {
    const bodyAt = PAYLOAD_START + INNER_HEADER_BYTES;
    if (end - bodyAt !== u16At(frame, PAYLOAD_START)) return { error: 'inner_length' };
    return { command: nameOf(outer, frame[20] ?? 0, 2), bodyAt };
  }
  if (outer !== CONTAINER) return { command: nameOf(outer), bodyAt: PAYLOAD_START };
  const sub = containerCommand(frame, PAYLOAD_START, end);
  if (sub === null) return { error: 'kv_truncated' };
  return sub < 0 ? { error: 'body_length' } : { command: nameOf(outer, sub, 4), bodyAt: PAYLOAD_START };
}
/** The outer command alone where that is all that can be told. */
export function commandOf(frame: Uint8Array): string {
  const end = frame.length - TRAILER_BYTES;
  const outer = outerOf(frame);
  // Whatever is wrong with the inner length, the sub-command stands where it stands.
  if (INNER.has(outer) && end >= PAYLOAD_START + INNER_HEADER_BYTES) return nameOf(outer, frame[20] ?? 0, 2);
  const named = readName(frame, end);
  return 'error' in named ? nameOf(outer) : named.command;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
const NAMES = new Map<number, string>(); // at most one per outer command and sub-command that ever came
function nameOf(outer: number, sub = 0, subDigits: 0 | 2 | 4 = 0): string {
  const key = (outer * 0x10000 + sub) * 8 + subDigits;
  let name = NAMES.get(key);
  if (name === undefined) {
    name = subDigits === 0 ? hex(outer, 4) : `${hex(outer, 4)}/${hex(sub, subDigits)}`;
    if (NAMES.size < MAX_NAMES) NAMES.set(key, name);
  }
  return name;
}
const MAX_NAMES = 512; // rubbish must not fill the memory

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
  const outer = Number.parseInt(command.slice(0, 4), 16);
  const innerBytes = INNER.has(outer) ? INNER_HEADER_BYTES : 0;
  const total = MIN_TOTAL + innerBytes + body.length;
  if (total - LENGTH_END > MAX_LENGTH) throw new RangeError(`frame of ${total} bytes`);
  const bytes = new Uint8Array(total);
  bytes[0] = START;
  bytes[1] = SECOND[direction];
  setU16(bytes, 2, total - LENGTH_END);
  setU16(bytes, 4, outer);
  setU16(bytes, 6, messageId >>> 16);
  setU16(bytes, 8, messageId & 0xffff);
  bytes[10] = direction === 'up' ? 1 : 0;
  bytes.set(id, 11);
  if (innerBytes > 0) {
    setU16(bytes, PAYLOAD_START, body.length);
    bytes[PAYLOAD_START + 2] = Number.parseInt(command.slice(5), 16);
  }
  for (let i = 0; i < body.length; i++) bytes[PAYLOAD_START + innerBytes + i] = body[i] ?? 0;
  bytes[total - TRAILER_BYTES] = checksum(bytes, 2, total - TRAILER_BYTES);
  setU16(bytes, total - 2, TAIL);
  return bytes;
}
function setU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value & 0xff;
}
