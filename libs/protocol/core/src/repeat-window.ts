import type { Answer } from './driver';

const MAX_ENTRIES = 256;
const NOT_YET: Answer = { when: 'never' };

interface Entry {
  key: number;
  fingerprint: number;
  size: number;
  untilMs: number;
  answer: Answer;
}

/**
 * What one device's last frames were answered with, for retransmissions. Frames of one key are compared by length and
 * fingerprint, so that no frame is kept.
 */
export class RepeatWindow {
  private readonly entries = new Map<number, Entry>(); // oldest first
  private newest: Entry | null = null;

  constructor(private readonly windowMs: number) {}

  /** What an earlier copy was answered with; null: it is the first, whose answer `keep` takes. */
  find(key: number, fingerprint: number, size: number, atMs: number): Answer | null {
    const earlier = this.entries.get(key);
    if (earlier?.fingerprint === fingerprint && earlier.size === size && atMs < earlier.untilMs) return earlier.answer;
    if (earlier !== undefined) this.entries.delete(key);
    const untilMs = atMs + this.windowMs;
    const entry = this.forget(atMs) ?? { key, fingerprint, size, untilMs, answer: NOT_YET };
    entry.key = key;
    entry.fingerprint = fingerprint;
    entry.size = size;
    entry.untilMs = untilMs;
    entry.answer = NOT_YET;
    this.newest = entry;
    this.entries.set(key, entry);
    return null;
  }
  /** The answer to the frame that `find` saw last. */
  keep(answer: Answer): void {
    if (this.newest !== null) this.newest.answer = answer;
  }

  /** Drops what is over, or the oldest where there are too many; gives the last one back, to be used again. */
  private forget(atMs: number): Entry | null {
    let dropped: Entry | null = null;
    for (const entry of this.entries.values()) {
      if (entry.untilMs > atMs && this.entries.size < MAX_ENTRIES) break;
      this.entries.delete(entry.key);
      dropped = entry;
    }
    return dropped;
  }
}
