import type { StreamItem, StreamSplitter } from './frame-codec';

const NOTHING = new Uint8Array(0);

/** What `step` says when it takes no item: more bytes must come first, or the byte at `at` is noise. */
export const WAIT = 0;
export const DROP = -1;

/**
 * The loop of every splitter: what was left waits in front of the next chunk, the protocol looks at one position at a
 * time. It drops single bytes only, because a good frame may lie inside a false one.
 */
export abstract class FrameSplitter implements StreamSplitter {
  discardedBytes = 0;
  /** Candidates that were whole and had a wrong checksum or tail. */
  checksumErrors = 0;
  protected buffer: Uint8Array = NOTHING;
  protected at = 0;

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

  /** Looks at `buffer` from `at` on: how many bytes belong to the item that it added to `items`, or WAIT, or DROP. */
  protected abstract step(items: StreamItem[]): number;

  protected drop(): void {
    this.at++;
    this.discardedBytes++;
  }

  private run(items: StreamItem[]): void {
    while (this.at < this.buffer.length) {
      const taken = this.step(items);
      if (taken === WAIT) return;
      if (taken === DROP) this.drop();
      else this.at += taken;
    }
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
