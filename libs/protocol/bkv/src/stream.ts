import type { StreamItem, StreamSplitter } from '@chargebus/protocol-core';
import { isStart, LENGTH_END, lengthAt, MAX_LENGTH, MIN_LENGTH, startsFrame, trailerError } from './frame';

const NOTHING = new Uint8Array(0);
const WAIT = 0;
const DROP = -1;

/**
 * Splits one connection's bytes, page §2: only the length delimits a frame, because nothing is escaped. A candidate
 * whose tail or checksum is wrong loses one byte, so that frames inside a false one come out.
 */
export class BkvStream implements StreamSplitter {
  discardedBytes = 0;
  /** Candidates whose tail or checksum was wrong. */
  checksumErrors = 0;
  private buffer: Uint8Array = NOTHING;
  private at = 0;

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
  }

  private step(items: StreamItem[]): number {
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

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
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
