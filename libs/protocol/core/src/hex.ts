const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Two bytes at a time: ids of 16 bytes are in every frame, and half as many pieces are a third faster. */
const HEX_OF_PAIR = Array.from({ length: 0x10000 }, (_, pair) => (HEX[pair >>> 8] ?? '') + (HEX[pair & 0xff] ?? ''));
/** Value of a hex digit by its character code; −1: none. */
const DIGITS = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(lowerCase(code)));
function lowerCase(code: number): string {
  return String.fromCharCode(code).toLowerCase();
}

/** Lower-case hex of `bytes[from, to)`. */
export function toHex(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = '';
  let at = from;
  for (; at + 1 < to; at += 2) text += HEX_OF_PAIR[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] ?? '';
  return at < to ? text + (HEX[bytes[at] ?? 0] ?? '') : text;
}

/** Appends the bytes of a hex string in either case. Throws RangeError when it is not whole hex. */
export function pushHex(out: number[], text: string): void {
  for (let i = 0; i < text.length; i += 2) out.push(byteAt(text, i));
}
/** Bytes of a hex string in either case. Throws RangeError when it is not whole hex. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(text.length / 2));
  for (let i = 0; i < bytes.length; i++) bytes[i] = byteAt(text, 2 * i);
  return bytes;
}

function byteAt(text: string, at: number): number {
  const byte = (digitAt(text, at) << 4) | digitAt(text, at + 1);
  if (byte < 0) throw new RangeError(`not hex: ${text.slice(0, 40)}`);
  return byte;
}
const digitAt = (text: string, at: number): number => DIGITS[text.charCodeAt(at)] ?? -1;
