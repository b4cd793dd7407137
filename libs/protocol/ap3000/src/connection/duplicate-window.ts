import { fingerprint32 } from '@chargebus/protocol-core';
import type { Answer } from '@chargebus/protocol-core';
import { CHECKSUM_BYTES, commandCodeOf, messageIdOf, PAYLOAD_START } from '../frame';

const WINDOW_MS = 60_000;
const MAX_ENTRIES = 256;
const NOT_YET: Answer = { when: 'never' };

interface Entry {
  readonly fingerprint: number; // of the payload
  readonly size: number;
  readonly untilMs: number;
  answer: Answer;
}

/**
 * Frames of one device within the last minute, page §5.1: the same command, message id and payload again is a
 * retransmission. Payloads are compared by length and fingerprint, so that no frame is kept.
 */
export class DuplicateWindow {
  private readonly entries = new Map<number, Entry>(); // oldest first
  private newest: Entry | null = null;

  /** What an earlier copy was answered with; null: it is the first, whose answer `keep` takes. */
  find(frame: Uint8Array, atMs: number): Answer | null {
    const key = commandCodeOf(frame) * 0x10000 + messageIdOf(frame);
    const size = frame.length;
    const fingerprint = fingerprint32(frame, PAYLOAD_START, size - CHECKSUM_BYTES);
    const earlier = this.entries.get(key);
    if (earlier?.fingerprint === fingerprint && earlier.size === size && atMs < earlier.untilMs) return earlier.answer;
    if (earlier !== undefined) this.entries.delete(key);
    this.newest = { fingerprint, size, untilMs: atMs + WINDOW_MS, answer: NOT_YET };
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
