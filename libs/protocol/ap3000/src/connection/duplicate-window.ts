import { fingerprint32 } from '@chargebus/protocol-core';
import type { Answer } from '@chargebus/protocol-core';
import { CHECKSUM_BYTES, commandCodeOf, messageIdOf, PAYLOAD_START } from '../frame';

const WINDOW_MS = 60_000;
const MAX_ENTRIES = 256;

interface Entry {
  readonly fingerprint: number; // of the payload
  readonly size: number;
  readonly untilMs: number;
  answer: Answer | null;
}

/**
 * Frames of one device within the last minute, page §5.1: the same command, message id and payload again is a
 * retransmission. Payloads are compared by length and fingerprint, so that no frame is kept.
 */
export class DuplicateWindow {
  private readonly entries = new Map<number, Entry>();

  /** The entry of an earlier copy, or a new one whose `answer` the caller fills in. */
  enter(frame: Uint8Array, atMs: number): { readonly entry: Entry; readonly seen: boolean } {
    const key = commandCodeOf(frame) * 0x10000 + messageIdOf(frame);
    const size = frame.length;
    const fingerprint = fingerprint32(frame, PAYLOAD_START, size - CHECKSUM_BYTES);
    const earlier = this.entries.get(key);
    if (earlier?.fingerprint === fingerprint && earlier.size === size && atMs < earlier.untilMs) {
      return { entry: earlier, seen: true };
    }
    const entry: Entry = { fingerprint, size, untilMs: atMs + WINDOW_MS, answer: null };
    if (earlier !== undefined) this.entries.delete(key); // so that the map stays in order of arrival
    this.entries.set(key, entry);
    this.forget(atMs);
    return { entry, seen: false };
  }

  private forget(atMs: number): void {
    for (const [key, entry] of this.entries) {
      if (entry.untilMs > atMs && this.entries.size <= MAX_ENTRIES) return;
      this.entries.delete(key);
    }
  }
}
