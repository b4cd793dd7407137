import { DROP, FrameSplitter, WAIT } from '@chargebus/protocol-core';
import type { StreamItem } from '@chargebus/protocol-core';
import { crcOrderAt, MAX_LENGTH, MIN_LENGTH, START } from './frame';

/**
 * Splits one connection's bytes, page §2.7. After a wrong checksum only one byte is dropped: the length itself may be
 * the damaged one.
 */
export class YkcStream extends FrameSplitter {
  constructor(private readonly maxLength = MAX_LENGTH) {
    super();
  }

  protected step(items: StreamItem[]): number {
    const { buffer, at } = this;
    if (buffer[at] !== START) return DROP;
    const length = buffer[at + 1];
    if (length === undefined) return WAIT;
    if (length < MIN_LENGTH || length > this.maxLength) return DROP;
    const size = length + 4;
    if (buffer.length - at < size) return WAIT;
    if (crcOrderAt(buffer, at, length) === null) {
      this.checksumErrors++;
      return DROP;
    }
    items.push({ type: 'frame', bytes: buffer.subarray(at, at + size) });
    return size;
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
