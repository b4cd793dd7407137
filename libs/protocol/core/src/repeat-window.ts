import type { Answer } from './driver';

const MAX_ENTRIES = 256;
const NOT_YET: Answer = { when: 'never' };

interface Entry {
  readonly fingerprint: number;
  readonly size: number;
  readonly untilMs: number;
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
    this.newest = { fingerprint, size, untilMs: atMs + this.windowMs, answer: NOT_YET };
    this.entries.set(key, this.newest);
    this.forget(atMs);
    return null;
  }
  /** The answer to the frame that `find` saw last. */
  keep(answer: Answer): void {
    if (this.newest !== null) this.newest.answer = answer;
  }

  private forget(atMs: number): void {
    for (const [key, entry] of this.entries) {
      if (entry.untilMs > atMs && this.entries.size <= MAX_ENTRIES) return;
      this.entries.delete(key);
    }
  }
}
