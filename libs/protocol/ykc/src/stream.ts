import type { StreamItem, StreamSplitter } from '@chargebus/protocol-core';
import { crcOrderAt, MAX_LENGTH, MIN_LENGTH, START } from './frame';

const NOTHING = new Uint8Array(0);

/**
 * Splits one connection's bytes, page §2.7. After a wrong checksum only one byte is dropped: the length itself may be
 * the damaged one.
 */
export class YkcStream implements StreamSplitter {
  discardedBytes = 0;
  checksumErrors = 0;
  private buffer: Uint8Array = NOTHING;
  private at = 0;

  constructor(private readonly maxLength = MAX_LENGTH) {}

  /** The items' bytes are views on `chunk` where they can be: copy what is kept. */
  push(chunk: Uint8Array): readonly StreamItem[] {
    this.buffer = this.buffer.length === 0 ? chunk : Uint8Array.from([...this.buffer, ...chunk]);
    const items: StreamItem[] = [];
    this.scan(items);
    this.buffer = this.at === this.buffer.length ? NOTHING : this.buffer.slice(this.at);
    this.at = 0;
    return items;
  }

  stalled(): readonly StreamItem[] {
    const items: StreamItem[] = [];
    while (this.at < this.buffer.length) {
      this.drop();
      this.scan(items);
    }
    this.buffer = NOTHING;
    this.at = 0;
    return items;
  }

  get pending(): Uint8Array {
    return this.buffer;
  }

  private scan(items: StreamItem[]): void {
    const { buffer } = this;
    while (this.at < buffer.length) {
      if (buffer[this.at] !== START) {
        this.drop();
        continue;
      }
      const length = buffer[this.at + 1];
      if (length === undefined) return;
      if (length < MIN_LENGTH || length > this.maxLength) {
        this.drop();
        continue;
      }
      const size = length + 4;
      if (buffer.length - this.at < size) return;
      if (crcOrderAt(buffer, this.at, length) === null) {
        this.checksumErrors++;
        this.drop();
        continue;
      }
      items.push({ type: 'frame', bytes: buffer.subarray(this.at, this.at + size) });
      this.at += size;
    }
  }

  private drop(): void {
    this.at++;
    this.discardedBytes++;
  }
}

/** 0x68, a plausible length, a known encryption flag and a type that piles send; six bytes tell. */
export function recogniseStart(start: Uint8Array, maxLength = MAX_LENGTH): 'yes' | 'no' | 'more' {
  const [first, length, , , flag, type] = start;
  if (first === undefined) return 'more';
  if (first !== START) return 'no';
  if (length === undefined) return 'more';
  if (length < MIN_LENGTH || length > maxLength) return 'no';
  if (flag === undefined) return 'more';
  if (flag > 1) return 'no';
  if (type === undefined) return 'more';
  return type % 2 === 1 ? 'yes' : 'no';
}
