import type { Answer } from '@chargebus/protocol-core';

/** Below the heartbeat's 60 s and a status report's 5 min, whose bytes are the same each time. */
const WINDOW_MS = 30_000;
const MAX_ENTRIES = 256;
const NOT_YET: Answer = { when: 'never' };

interface Entry {
  readonly size: number;
  readonly untilMs: number;
  answer: Answer;
}

/** Frames carry no number of their own (serial 0), so the same bytes again within half a minute are a retransmission. */
export class RepeatWindow {
  private readonly entries = new Map<number, Entry>(); // by fingerprint, oldest first
  private newest: Entry | null = null;

  /** What an earlier copy was answered with; null: it is the first, whose answer `keep` takes. */
  find(fingerprint: number, size: number, atMs: number): Answer | null {
    const earlier = this.entries.get(fingerprint);
    if (earlier?.size === size && atMs < earlier.untilMs) return earlier.answer;
    if (earlier !== undefined) this.entries.delete(fingerprint);
    this.newest = { size, untilMs: atMs + WINDOW_MS, answer: NOT_YET };
    this.entries.set(fingerprint, this.newest);
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
