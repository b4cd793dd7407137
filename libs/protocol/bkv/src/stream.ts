import { DROP, FrameSplitter, WAIT } from '@chargebus/protocol-core';
import type { StreamItem } from '@chargebus/protocol-core';
import { isStart, LENGTH_END, lengthAt, MAX_LENGTH, MIN_LENGTH, startsFrame, trailerError } from './frame';

/**
 * Splits one connection's bytes, page §2: only the length delimits a frame, because nothing is escaped. A candidate
 * whose tail or checksum is wrong loses one byte, so that frames inside a false one come out.
 */
export class BkvStream extends FrameSplitter {
  protected step(items: StreamItem[]): number {
    const { buffer, at } = this;
    const available = buffer.length - at;
    if (!isStart(buffer[at])) return DROP;
    if (available === 1) return WAIT;
    if (!startsFrame(buffer, at)) return DROP;
    if (available < LENGTH_END) return WAIT;
    const length = lengthAt(buffer, at);
    if (length < MIN_LENGTH || length > MAX_LENGTH) return DROP;
    const size = length + LENGTH_END;
    if (available < size) return WAIT;
    if (trailerError(buffer, at, at + size) !== null) {
      this.checksumErrors++;
      return DROP;
    }
    items.push({ type: 'frame', bytes: buffer.subarray(at, at + size) });
    return size;
  }
}

const FIRST = [0xfc, 0xfe] as const;
/** Products with a modem of their own share the header; their body starts with an item where gateways have a command. */
const STAND_ALONE = [0x04, 0x01, 0x01] as const;
const TOLD_BY = LENGTH_END + STAND_ALONE.length;

/** Whether a connection that begins so is a gateway of this family. */
export function recogniseStart(start: Uint8Array): 'yes' | 'no' | 'more' {
  if (FIRST.some((byte, i) => i < start.length && start[i] !== byte)) return 'no';
  if (start.length < TOLD_BY) return 'more';
  return STAND_ALONE.every((byte, i) => start[LENGTH_END + i] === byte) ? 'no' : 'yes';
}
