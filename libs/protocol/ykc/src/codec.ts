import type { FrameCodec } from '@chargebus/protocol-core';
import { decodeFrame, encodeFrame } from './frame';

/** Single frames in the form that every protocol has. */
export const ykcCodec: FrameCodec = {
  decode: (bytes, direction) => decodeFrame(bytes, direction),
  encode: encodeFrame,
};
