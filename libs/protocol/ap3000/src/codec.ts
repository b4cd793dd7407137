import type { FrameCodec } from '@chargebus/protocol-core';
import { decodeFrame, encodeFrame } from './frame';

/** Single frames in the form that every protocol has. */
export const ap3000Codec: FrameCodec = { decode: decodeFrame, encode: encodeFrame };
