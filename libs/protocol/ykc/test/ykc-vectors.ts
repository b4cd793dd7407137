import type { DriverVectors, FrameVector, StreamVector } from '@chargebus/protocol-core/conformance';
import { toHex } from '@chargebus/protocol-core';
import file from '../vectors/ykc.json';
import { wrapBody } from '../src/frame';

const BAD: Readonly<Record<string, string>> = { 'bad-crc': 'bad_checksum', length: 'bad_length' };
/** Answers of the pile to what the platform asked. */
const REPLIES: ReadonlySet<string> = new Set('33 35 41 43 45 47 51 55 57 63 91 93 A3 F1'.split(' '));
const commandOf = (name: string): string => name.slice(2);

const vectors: FrameVector[] = file.vectors.map((vector) => ({
  id: vector.id,
  direction: vector.direction,
  hex: vector.hex,
  command: commandOf(vector.command),
  frame: { physicalId: 'pileCode' in vector.fields ? vector.fields.pileCode : '', messageId: vector.frame.seq },
  fields: { ...vector.fields, ...('extraHex' in vector && { extraHex: vector.extraHex }) },
  ...(vector.frame.crcOrder === 'hi-lo' && { envelope: { crcOrder: 'hi-lo' } }),
  ...('roundTrip' in vector && { roundTrip: vector.roundTrip }),
}));

const streams: StreamVector[] = file.streams.map((stream) => ({
  id: stream.id,
  chunks: stream.chunks,
  expected: stream.expected.map(({ hex }) => ({ type: 'frame', hex })),
  discardedBytes: stream.expectedDiscardedBytes,
  checksumErrors: stream.expectedCrcFailures,
  pendingHex: stream.expectedPendingHex,
  endsStalled: 'idleAfterLastChunk' in stream && stream.idleAfterLastChunk,
}));

/** Bodies one byte too short for their type, from one pile. */
const short = (type: number, bytes: number): string =>
  toHex(
    wrapBody(type, 9, [0x32, 0x01, 0x06, 0x00, 0x01, 0x92, 0x36, ...new Array<number>(bytes - 7).fill(0)], 'lo-hi'),
  );
const record = (size: number): string => {
  const body = Buffer.alloc(size);
  Buffer.from('3201060001923601200106180342306032010600019236', 'hex').copy(body);
  return toHex(wrapBody(0x3b, 9, body, 'hi-lo'));
};

/** Our reading of `vectors/ykc.json` in the form of the conformance suite. */
export const ykcVectors: DriverVectors = {
  vectors,
  streams,
  invalid: file.invalid.map(({ id, hex, reason }) => ({ id, hex, error: BAD[reason] ?? reason })),
  malformedPayloads: [
    { id: 'heartbeat of 8 bytes', direction: 'up', hex: short(0x03, 8), error: 'short_body' },
    { id: 'login of 29 bytes', direction: 'up', hex: short(0x01, 29), error: 'short_body' },
    { id: 'record of 155 bytes', direction: 'up', hex: record(155), error: 'short_body' },
    { id: 'record of 157 bytes', direction: 'up', hex: record(157), error: 'short_body' },
  ],
  exchanges: vectors
    .filter(({ direction, command }) => direction === 'up' && REPLIES.has(command))
    .map(({ id }) => ({ request: '', reply: id, initiator: 'server' })),
};
export const exchanges = file.exchanges;
export const frameOnly = file.frameOnly;
export const vectorById = (id: string): FrameVector => {
  const found = vectors.find((vector) => vector.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
};
