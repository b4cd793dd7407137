import { fingerprint32, RepeatWindow } from '@chargebus/protocol-core';
import type { Answer } from '@chargebus/protocol-core';
import { CHECKSUM_BYTES, commandCodeOf, messageIdOf, PAYLOAD_START } from '../frame';

const WINDOW_MS = 60_000;

/**
 * Frames of one device within the last minute, page §5.1: the same command, message id and payload again is a
 * retransmission.
 */
export class DuplicateWindow {
  private readonly window = new RepeatWindow(WINDOW_MS);

  /** What an earlier copy was answered with; null: it is the first, whose answer `keep` takes. */
  find(frame: Uint8Array, atMs: number): Answer | null {
    const key = commandCodeOf(frame) * 0x10000 + messageIdOf(frame);
    const fingerprint = fingerprint32(frame, PAYLOAD_START, frame.length - CHECKSUM_BYTES);
    return this.window.find(key, fingerprint, frame.length, atMs);
  }
  /** The answer to the frame that `find` saw last. */
  keep(answer: Answer): void {
    this.window.keep(answer);
  }
}
