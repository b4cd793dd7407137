import { fingerprint32 } from '@chargebus/protocol-core';
import type { Answer } from '@chargebus/protocol-core';

/** Below the heartbeat's 60 s and a status report's 5 min, whose bytes are the same each time. */
const WINDOW_MS = 30_000;
const MAX_ENTRIES = 256;

interface Entry {
  readonly size: number;
  readonly untilMs: number;
  readonly answer: Answer;
}

/** Frames carry no number of their own (serial 0), so the same bytes again within half a minute are a retransmission. */
export class RepeatWindow {
  private readonly entries = new Map<number, Entry>(); // by fingerprint, oldest first

  /** What an earlier copy was answered with; null: it is the first. */
  find(frame: Uint8Array, atMs: number): Answer | null {
    const entry = this.entries.get(fingerprint32(frame));
    return entry?.size === frame.length && atMs < entry.untilMs ? entry.answer : null;
  }
  keep(frame: Uint8Array, atMs: number, answer: Answer): void {
    const fingerprint = fingerprint32(frame);
    this.entries.delete(fingerprint);
    this.entries.set(fingerprint, { size: frame.length, untilMs: atMs + WINDOW_MS, answer });
    for (const [key, entry] of this.entries) {
      if (entry.untilMs > atMs && this.entries.size <= MAX_ENTRIES) return;
      this.entries.delete(key);
    }
  }
}
