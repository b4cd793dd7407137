import type { DeclaredSubject } from './describe-declaration';
import type { FrameCodec, ProtocolDriver, StreamSplitter } from '..';

/** A protocol's vector file, as far as every protocol has it. Hex is lower-case without separators. */
export interface DriverVectors {
  readonly vectors: readonly FrameVector[];
  readonly malformedPayloads: readonly {
    readonly id: string;
    readonly direction: string;
    readonly hex: string;
    readonly error: string;
  }[];
  readonly invalid: readonly { readonly id: string; readonly hex: string; readonly error: string }[];
  readonly exchanges: readonly { readonly request: string; readonly reply: string; readonly initiator: string }[];
  readonly streams: readonly StreamVector[];
}
export interface FrameVector {
  readonly id: string;
  readonly direction: string; // up, down
  readonly hex: string;
  readonly command: string;
  readonly frame: { readonly physicalId: string; readonly messageId: number };
  readonly fields: object;
  readonly envelope?: Readonly<Record<string, unknown>>;
  /** False: a device wrote it in a way that an encoder does not (surplus bytes, flag bits). */
  readonly roundTrip?: boolean;
}
export interface StreamVector {
  readonly id: string;
  readonly chunks: readonly string[];
  readonly expected: readonly { readonly type: string; readonly hex?: string; readonly value?: string }[];
  readonly itemsAfterChunk?: readonly number[];
  /** The stall rule runs once behind the last chunk. */
  readonly endsStalled?: boolean;
  readonly discardedBytes: number;
  readonly checksumErrors: number;
  readonly pendingHex: string;
}

/** What the suite is run on: the driver, and the parts of its protocol that the gateway never sees alone. */
export interface ConformanceSubject<F> {
  readonly driver: ProtocolDriver<F>;
  readonly codec: FrameCodec;
  readonly openStream: () => StreamSplitter;
  /** A frame from a device whose framing is right, whatever its payload; null: no such command code. */
  readonly wrap: (commandCode: number, payload: Uint8Array) => Uint8Array | null;
  /** Orders that fit this protocol, for kinds whose general example does not. */
  readonly orders?: DeclaredSubject<F>['orders'];
}
