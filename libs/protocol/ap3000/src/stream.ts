import { DROP, FrameSplitter, sum16, WAIT } from '@chargebus/protocol-core';
import type { StreamItem } from '@chargebus/protocol-core';
import { CHECKSUM_BYTES, HEADER, LENGTH_END, lengthAt, MAX_LENGTH, MIN_LENGTH, startsWithHeader, u16At } from './frame';

const ascii = (text: string): readonly number[] => Array.from(text, (c) => c.charCodeAt(0));
const LINK = ascii('link');
const ICCID_PREFIX = ascii('8986');
const ICCID_BYTES = 20;

export interface StreamOptions {
  /** Largest LEN accepted: 256 upstream (the default), 320 at a device. */
  readonly limit?: number;
}

/**
 * Splits one connection's bytes, page §4. Inside a span that failed its checksum (`quarantine`) only `DNY` is looked
 * for, because a corrupted 0x11 holds an ICCID.
 */
export class Ap3000Stream extends FrameSplitter {
  private readonly limit: number;
  private quarantine = 0;

  constructor({ limit = MAX_LENGTH.up }: StreamOptions = {}) {
    super();
    this.limit = limit;
  }

  protected override drop(): void {
    super.drop();
    if (this.quarantine > 0) this.quarantine--;
  }

  protected step(items: StreamItem[]): number {
    const { buffer, at } = this;
    if (startsWithHeader(buffer, at)) return this.stepFrame(items);
    if (this.quarantine > 0) return this.isPrefix(HEADER) ? WAIT : DROP;
    if (this.startsWith(LINK)) {
      items.push({ type: 'link' });
      return LINK.length;
    }
    if (this.startsWith(ICCID_PREFIX)) return this.stepIccid(items);
    return this.isPrefix(HEADER) || this.isPrefix(LINK) || this.isPrefix(ICCID_PREFIX) ? WAIT : DROP;
  }

  private stepFrame(items: StreamItem[]): number {
    const { buffer, at } = this;
    const available = buffer.length - at;
    if (available < LENGTH_END) return WAIT;
    const length = lengthAt(buffer, at);
    if (length < MIN_LENGTH || length > this.limit) return DROP;
    const size = length + LENGTH_END;
    if (available < size) return WAIT;
    const sumAt = at + size - CHECKSUM_BYTES;
    if (sum16(buffer, at, sumAt) !== u16At(buffer, sumAt)) {
      this.checksumErrors++;
      this.quarantine = Math.max(this.quarantine, size);
      return DROP;
    }
    items.push({ type: 'frame', bytes: buffer.subarray(at, at + size) });
    this.quarantine = 0;
    return size;
  }

  private stepIccid(items: StreamItem[]): number {
    const seen = this.buffer.subarray(this.at, this.at + ICCID_BYTES);
    if (!seen.every(isHexDigit)) return DROP;
    if (seen.length < ICCID_BYTES) return WAIT;
    items.push({ type: 'iccid', value: String.fromCharCode(...seen) });
    return ICCID_BYTES;
  }

  private startsWith(token: readonly number[]): boolean {
    return this.buffer.length - this.at >= token.length && this.matches(token, token.length);
  }

  /** Whether all that is left is the beginning of `token`. */
  private isPrefix(token: readonly number[]): boolean {
    const left = this.buffer.length - this.at;
    return left < token.length && this.matches(token, left);
  }

  private matches(token: readonly number[], count: number): boolean {
    for (let i = 0; i < count; i++) if (this.buffer[this.at + i] !== token[i]) return false;
    return true;
  }
}

const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** Whether a connection that begins so speaks AP3000: `DNY`, `link` or an ICCID. */
export function recogniseStart(start: Uint8Array): 'yes' | 'no' | 'more' {
  const begins = (token: readonly number[]): boolean =>
    token.every((byte, i) => i >= start.length || start[i] === byte);
  const token = [HEADER, LINK, ICCID_PREFIX].find(begins);
  if (token === undefined) return 'no';
  return start.length >= token.length ? 'yes' : 'more';
}
