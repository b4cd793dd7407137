import { toHex } from '@chargebus/protocol-core';
import type { FrameDirection, LooseFrame } from '@chargebus/protocol-core';
import { COMMANDS, pileCodeOffset } from './commands/command-table';
import type { EncodableFields, LooseFields } from './commands/command-table';
import { crc16 } from './crc';

/**
 * Page §2: 0x68, length u8 = body + 4, sequence (two raw bytes), encryption flag, type, body, CRC over sequence … body.
 * The CRC's byte order on the wire differs between piles.
 */
export const START = 0x68;
export const BODY_START = 6;
export const CRC_BYTES = 2;
export const MIN_LENGTH = 4;
/** v1.6 §3.1; up to 255 by option. */
export const MAX_LENGTH = 200;
const PILE_CODE_BYTES = 7;

export type CrcOrder = 'lo-hi' | 'hi-lo';
export type FrameError =
  'bad_header' | 'bad_length' | 'bad_checksum' | 'encrypted_unsupported' | 'unknown_type' | 'short_body';

export interface YkcFrame extends LooseFrame {
  readonly envelope?: { readonly crcOrder: 'hi-lo' };
}
export type DecodedFrame =
  { readonly ok: true; readonly frame: YkcFrame } | { readonly ok: false; readonly error: FrameError };

export const typeOf = (frame: Uint8Array): number => frame[5] ?? 0;
export const sequenceOf = (frame: Uint8Array): number => (frame[2] ?? 0) | ((frame[3] ?? 0) << 8);
export const isEncrypted = (frame: Uint8Array): boolean => frame[4] !== 0;
export const bodyEnd = (frame: Uint8Array): number => frame.length - CRC_BYTES;

/** `either`: both bytes are equal, which says nothing; null: the checksum is wrong. */
export function crcOrderAt(bytes: Uint8Array, at: number, length: number): CrcOrder | 'either' | null {
  const crc = crc16(bytes, at + 2, at + 2 + length);
  const first = bytes[at + 2 + length];
  const second = bytes[at + 3 + length];
  const isLoHi = first === (crc & 0xff) && second === crc >>> 8;
  const isHiLo = first === crc >>> 8 && second === (crc & 0xff);
  if (isLoHi && isHiLo) return 'either';
  return isLoHi ? 'lo-hi' : isHiLo ? 'hi-lo' : null;
}

/** The pile that a frame of a known type names, also when the rest of its body is missing. */
export function pileCodeOf(frame: Uint8Array, direction: FrameDirection): string | null {
  const entry = COMMANDS[direction][typeOf(frame)];
  const offset = entry === undefined ? null : pileCodeOffset(entry);
  if (offset === null || BODY_START + offset + PILE_CODE_BYTES > bodyEnd(frame)) return null;
  return toHex(frame, BODY_START + offset, BODY_START + offset + PILE_CODE_BYTES);
}

/** One whole frame, strictly. */
export function decodeFrame(bytes: Uint8Array, direction: FrameDirection, maxLength = MAX_LENGTH): DecodedFrame {
  if (bytes.length > 0 && bytes[0] !== START) return { ok: false, error: 'bad_header' };
  const length = bytes[1] ?? 0;
  if (length < MIN_LENGTH || length > maxLength || bytes.length !== length + 4)
    return { ok: false, error: 'bad_length' };
  const order = crcOrderAt(bytes, 0, length);
  return order === null ? { ok: false, error: 'bad_checksum' } : decodeBody(bytes, direction, order);
}

/** A frame whose length and checksum were checked. */
export function decodeBody(
  bytes: Uint8Array,
  direction: FrameDirection,
  order: CrcOrder | 'either',
  physicalId = pileCodeOf(bytes, direction) ?? '',
): DecodedFrame {
  if (isEncrypted(bytes)) return { ok: false, error: 'encrypted_unsupported' };
  const entry = COMMANDS[direction][typeOf(bytes)];
  if (entry?.known !== true) return { ok: false, error: 'unknown_type' };
  const fields = entry.codec.decode(bytes, BODY_START, bodyEnd(bytes));
  if (fields === null) return { ok: false, error: 'short_body' };
  const frame = { physicalId, messageId: sequenceOf(bytes), command: entry.name, fields };
  return { ok: true, frame: order === 'hi-lo' ? { ...frame, envelope: { crcOrder: order } } : frame };
}

export interface FrameToEncode<D extends FrameDirection, C extends string> {
  readonly messageId: number;
  readonly command: C;
  readonly direction: D;
  readonly fields: EncodableFields<D, C>;
  readonly envelope?: LooseFields;
}
/** Throws RangeError, naming the field, for what the wire cannot carry. */
export function encodeFrame<D extends FrameDirection, C extends string>(frame: FrameToEncode<D, C>): Uint8Array {
  const { command, direction, messageId, envelope } = frame;
  const type = Number.parseInt(command, 16);
  const entry = COMMANDS[direction][type];
  if (entry?.name !== command || !entry.known) throw new RangeError(`type ${command} is not sent ${direction}`);
  if (!Number.isInteger(messageId) || messageId < 0 || messageId > 0xffff)
    throw new RangeError(`sequence ${messageId} is not within 0…65535`);
  const body = entry.codec.encode(frame.fields as LooseFields);
  return wrapBody(type, messageId, body, envelope?.crcOrder === 'hi-lo' ? 'hi-lo' : 'lo-hi');
}

export function wrapBody(type: number, sequence: number, body: ArrayLike<number>, order: CrcOrder): Uint8Array {
  const length = body.length + MIN_LENGTH;
  if (length > 0xff) throw new RangeError(`body of ${body.length} bytes, 251 at most`);
  const bytes = new Uint8Array(length + 4);
  bytes.set([START, length, sequence & 0xff, sequence >>> 8, 0, type]);
  bytes.set(body, BODY_START);
  const crc = crc16(bytes, 2, length + 2);
  bytes.set(order === 'lo-hi' ? [crc & 0xff, crc >>> 8] : [crc >>> 8, crc & 0xff], length + 2);
  return bytes;
}
