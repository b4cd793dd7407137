import { sum16 } from '@chargebus/protocol-core';
import type { FrameDirection } from '@chargebus/protocol-core';
import { COMMANDS } from './commands/command-table';
import type { EncodableFields } from './commands/command-table';
import { formatPhysicalId, parsePhysicalId } from './fields';

/**
 * Page §3: `DNY`, LEN u16 = payload + 9, physical id u32, message id u16, command u8, payload, checksum u16 over all
 * that precedes it. Little-endian.
 */
export const HEADER = [0x44, 0x4e, 0x59] as const; // DNY
export const LENGTH_END = 5; // where LEN ends and what it counts begins
export const PAYLOAD_START = 12;
export const CHECKSUM_BYTES = 2;
export const MIN_LENGTH = 9;
/** Largest LEN accepted. Firmware packets F8/F9 exceed the documented 256, so devices must take more. */
export const MAX_LENGTH: Readonly<Record<FrameDirection, number>> = { up: 256, down: 320 };

export interface FrameHeader {
  readonly physicalId: string; // 8 upper-case hex digits
  readonly messageId: number;
  readonly command: string; // 2 upper-case hex digits
}
export interface Ap3000Frame extends FrameHeader {
  readonly fields: Readonly<Record<string, unknown>>;
}
export type FrameError =
  'bad_header' | 'bad_length' | 'truncated' | 'trailing_bytes' | 'bad_checksum' | 'payload_too_short';

export const startsWithHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x44 && bytes[at + 1] === 0x4e && bytes[at + 2] === 0x59;
export const u16At = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const lengthAt = (bytes: Uint8Array, at: number): number => u16At(bytes, at + 3);
export const commandCodeOf = (frame: Uint8Array): number => frame[11] ?? 0;
export const messageIdOf = (frame: Uint8Array): number => u16At(frame, 9);
export const idNumberOf = (frame: Uint8Array): number => (u16At(frame, 5) | (u16At(frame, 7) << 16)) >>> 0;
export const physicalIdOf = (frame: Uint8Array): string => formatPhysicalId(idNumberOf(frame));

/** What a strict check of a single frame says about its framing; null: it is whole. */
function framingError(bytes: Uint8Array, direction: FrameDirection): FrameError | null {
  if (HEADER.some((byte, i) => i < bytes.length && bytes[i] !== byte)) return 'bad_header';
  if (bytes.length < LENGTH_END) return 'truncated';
  const length = lengthAt(bytes, 0);
  if (length < MIN_LENGTH || length > MAX_LENGTH[direction]) return 'bad_length';
  if (bytes.length < length + LENGTH_END) return 'truncated';
  if (bytes.length > length + LENGTH_END) return 'trailing_bytes';
  const sumAt = bytes.length - CHECKSUM_BYTES;
  return sum16(bytes, 0, sumAt) === u16At(bytes, sumAt) ? null : 'bad_checksum';
}

export type DecodedFrame =
  | { readonly ok: true; readonly frame: Ap3000Frame }
  /** `header` where the framing was right and only the payload is not. */
  | { readonly ok: false; readonly error: FrameError; readonly header?: FrameHeader };

/** One whole frame. Commands without a layout are frames too: their payload is in `extraHex`. */
export function decodeFrame(bytes: Uint8Array, direction: FrameDirection): DecodedFrame {
  const error = framingError(bytes, direction);
  return error === null ? decodeWhole(bytes, direction) : { ok: false, error };
}

/** A frame whose framing was checked. */
export function decodeWhole(bytes: Uint8Array, direction: FrameDirection): DecodedFrame {
  const entry = COMMANDS[direction][commandCodeOf(bytes)];
  if (entry === undefined) throw new RangeError('no command'); // 256 entries, one byte
  const physicalId = physicalIdOf(bytes);
  const messageId = messageIdOf(bytes);
  const fields = entry.codec.decode(bytes, PAYLOAD_START, bytes.length - CHECKSUM_BYTES);
  if (fields === null) {
    return { ok: false, error: 'payload_too_short', header: { physicalId, messageId, command: entry.name } };
  }
  return { ok: true, frame: { physicalId, messageId, command: entry.name, fields } };
}

export interface FrameToEncode<D extends FrameDirection, C extends string> {
  readonly physicalId: string;
  readonly messageId: number;
  readonly command: C;
  readonly direction: D;
  readonly fields: EncodableFields<D, C>;
}
/** Throws RangeError, naming the field, for what the wire cannot carry. */
export function encodeFrame<D extends FrameDirection, C extends string>(frame: FrameToEncode<D, C>): Uint8Array {
  const code = Number.parseInt(frame.command, 16);
  if (!Number.isInteger(frame.messageId) || frame.messageId < 0 || frame.messageId > 0xffff) {
    throw new RangeError(`message id ${frame.messageId} is not within 0…65535`);
  }
  return wrapPayload({ id: parsePhysicalId(frame.physicalId), messageId: frame.messageId, code }, encodePayload(frame));
}

/** The body alone; for callers that have the header's numbers already. */
export function encodePayload<D extends FrameDirection, C extends string>({
  direction,
  command,
  fields,
}: Pick<FrameToEncode<D, C>, 'direction' | 'command' | 'fields'>): readonly number[] {
  const entry = COMMANDS[direction][Number.parseInt(command, 16)];
  if (entry?.name !== command.toUpperCase()) throw new RangeError(`command ${command} is not two hex digits`);
  return entry.codec.encode(fields as Readonly<Record<string, unknown>>);
}

/** Header, LEN and checksum around a payload. */
export function wrapPayload(
  { id, messageId, code }: { readonly id: number; readonly messageId: number; readonly code: number },
  payload: ArrayLike<number>,
): Uint8Array {
  const length = payload.length + MIN_LENGTH;
  const bytes = new Uint8Array(length + LENGTH_END);
  bytes.set(HEADER);
  putU16(bytes, 3, length);
  putU16(bytes, 5, id & 0xffff);
  putU16(bytes, 7, id >>> 16);
  putU16(bytes, 9, messageId);
  bytes[11] = code;
  bytes.set(payload, PAYLOAD_START);
  const sumAt = bytes.length - CHECKSUM_BYTES;
  putU16(bytes, sumAt, sum16(bytes, 0, sumAt));
  return bytes;
}
function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = value >>> 8;
}
