/** up: device to server; down: server to device. */
export type FrameDirection = 'up' | 'down';

/** A frame of any command, by name; `fields` as the protocol's page names them. */
export interface LooseFrame {
  readonly physicalId: string;
  readonly messageId: number;
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What the protocol leaves open around the body, where it is not the default (YKC: byte order of the checksum). */
  readonly envelope?: Readonly<Record<string, unknown>>;
}
export type FrameReading<F> =
  | { readonly ok: true; readonly frame: F }
  /** `error` is a token of the protocol's page: bad_checksum, payload_too_short … */
  | { readonly ok: false; readonly error: string };

/** Single frames to and from bytes, both directions: for simulators, tools and tests. */
export interface FrameCodec<F extends LooseFrame = LooseFrame> {
  decode(bytes: Uint8Array, direction: FrameDirection): FrameReading<F>;
  /** Throws RangeError for what the wire cannot carry. */
  encode(frame: LooseFrame & { readonly direction: FrameDirection }): Uint8Array;
}

/** What a byte stream holds: whole frames, and what modules send outside frames. */
export type StreamItem =
  | { readonly type: 'frame'; readonly bytes: Uint8Array }
  | { readonly type: 'iccid'; readonly value: string }
  | { readonly type: 'link' };

/** Cuts a byte stream into items; the same stream gives the same items however it was cut into reads. */
export interface StreamSplitter {
  push(chunk: Uint8Array): readonly StreamItem[];
  /** No byte came for the protocol's stall time: gives up what waits, byte by byte. */
  stalled(): readonly StreamItem[];
  readonly pending: Uint8Array;
  readonly discardedBytes: number;
  readonly checksumErrors: number;
}
