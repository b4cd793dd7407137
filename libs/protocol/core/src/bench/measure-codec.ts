import { toInstant } from '@chargebus/domain';
import type { ProtocolConnection } from '..';

/** What a driver is measured with. */
export interface CodecSubject {
  readonly open: (seed: number) => ProtocolConnection<unknown>;
  /** The frames of one busy device, in the mixture of a site; counted from 0. */
  readonly framesOf: (device: number) => readonly Uint8Array[];
  /** Frames come one by one, as WebSocket brings them; else as a stream in segments. */
  readonly isWhole?: boolean;
}
export interface CodecLoad {
  /** Milliseconds of a steady clock: the codec has none. */
  readonly now: () => number;
  readonly seconds: number;
  readonly connections?: number;
}
export interface CodecMeasurement {
  readonly frames: number;
  readonly facts: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
}
export const FRAMES_PER_CONNECTION = 2_000;
const CHUNK_BYTES = 1_400; // what a TCP segment brings
const MINUTE_MS = 61_000; // longer than the window in which frames count as repeated
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** One core, bytes → typed frame → facts and answer: splitter, checksum, decoding, duplicate window, mapping. */
export function measureCodec(
  { open, framesOf, isWhole = false }: CodecSubject,
  { now, seconds, connections = 16 }: CodecLoad,
): CodecMeasurement {
  const lines = Array.from({ length: connections }, (_, index) => ({
    connection: open(index),
    chunks: isWhole ? framesOf(index) : cut(framesOf(index)),
  }));
  let frames = 0;
  let facts = 0;
  const begin = now();
  let elapsedMs = 0;
  for (let round = 0; elapsedMs < seconds * 1000; round++) {
    const atMs = EPOCH_MS + round * MINUTE_MS;
    const at = toInstant(atMs);
    for (const { connection, chunks } of lines) {
      for (const chunk of chunks) {
        for (const decoded of connection.push(chunk)) {
          frames++;
          facts += connection.receive(decoded, at, atMs).facts.length;
        }
      }
    }
    elapsedMs = now() - begin;
  }
  return { frames, facts, seconds: elapsedMs / 1000, framesPerSecond: Math.round((frames * 1000) / elapsedMs) };
}

function cut(frames: readonly Uint8Array[]): readonly Uint8Array[] {
  const stream = Uint8Array.from(frames.flatMap((frame) => [...frame]));
  const count = Math.ceil(stream.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, i) => stream.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
}
