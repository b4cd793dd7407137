import { sum16 } from '@chargebus/protocol-core';
import type { StreamItem, StreamSplitter } from '@chargebus/protocol-core';
import { CHECKSUM_BYTES, HEADER, LENGTH_END, lengthAt, MAX_LENGTH, MIN_LENGTH, startsWithHeader, u16At } from './frame';

const ascii = (text: string): readonly number[] => Array.from(text, (c) => c.charCodeAt(0));
const LINK = ascii('link');
const ICCID_PREFIX = ascii('8986');
const ICCID_BYTES = 20;
const NOTHING = new Uint8Array(0);

/** What the loop decided at a position: how many bytes to take as an item, to drop one, or to wait for more. */
const WAIT = 0;
const DROP = -1;

export interface StreamOptions {
  /** Largest LEN accepted: 256 upstream (the default), 320 at a device. */
  readonly limit?: number;
}

/**
 * Splits one connection's bytes, page §4. Inside a span that failed its checksum (`quarantine`) only `DNY` is looked
 * for, because a corrupted 0x11 holds an ICCID.
 */
export class Ap3000Stream implements StreamSplitter {
  discardedBytes = 0;
  checksumErrors = 0;
  private readonly limit: number;
  private buffer: Uint8Array = NOTHING;
  private at = 0;
  private quarantine = 0;

  constructor({ limit = MAX_LENGTH.up }: StreamOptions = {}) {
    this.limit = limit;
  }

  /** The items' bytes are views on `chunk` where they can be: copy what is kept. */
  push(chunk: Uint8Array): readonly StreamItem[] {
    this.buffer = this.buffer.length === 0 ? chunk : concat(this.buffer, chunk);
    const items: StreamItem[] = [];
    this.run(items);
    // A copy, so that a few waiting bytes do not keep a whole chunk alive.
    this.buffer = this.at === this.buffer.length ? NOTHING : this.buffer.slice(this.at);
    this.at = 0;
    return items;
  }

  stalled(): readonly StreamItem[] {
    const items: StreamItem[] = [];
    while (this.at < this.buffer.length) {
      this.drop();
      this.run(items);
    }
    this.buffer = NOTHING;
    this.at = 0;
    return items;
  }

  get pending(): Uint8Array {
    return this.buffer;
  }

  private run(items: StreamItem[]): void {
    while (this.at < this.buffer.length) {
      const taken = this.step(items);
      if (taken === WAIT) return;
      if (taken === DROP) this.drop();
      else this.at += taken;
    }
  }

  private drop(): void {
    this.at++;
    this.discardedBytes++;
    if (this.quarantine > 0) this.quarantine--;
  }

  private step(items: StreamItem[]): number {
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
      return DROP; // one byte only: a good frame may lie inside the span
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

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Whether a connection that begins so speaks AP3000: `DNY`, `link` or an ICCID. */
export function recogniseStart(start: Uint8Array): 'yes' | 'no' | 'more' {
  const begins = (token: readonly number[]): boolean =>
    token.every((byte, i) => i >= start.length || start[i] === byte);
  const token = [HEADER, LINK, ICCID_PREFIX].find(begins);
  if (token === undefined) return 'no';
  return start.length >= token.length ? 'yes' : 'more';
}
