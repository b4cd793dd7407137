import { fromHex } from '@chargebus/protocol-core';
import { ap3000Driver, Ap3000Stream, findPhysicalIds, deviceNoOf, encodeFrame } from '../src';

const FRAME = fromHex('444e590900f36ca2047f01229b03');
const types = (items: readonly { readonly type: string }[]): readonly string[] => items.map(({ type }) => type);
const bytes = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

describe('AP3000 stream', () => {
  it('B02 gives a stalled false header up byte by byte and finds what was hidden behind it', () => {
    const stream = new Ap3000Stream();
    expect(stream.push(bytes(fromHex('444e59ff00'), FRAME, 'link'))).toEqual([]);
    expect(types(stream.stalled())).toEqual(['frame', 'link']);
    expect(stream.discardedBytes).toBe(5);
    expect(stream.pending).toHaveLength(0);
    expect(types(stream.push(FRAME))).toEqual(['frame']);
  });

  it('takes frames of a firmware packet only with the limit of a device', () => {
    const fields = { totalPackets: 1, packet: 1, chunkHex: '00'.repeat(256) };
    const packet = encodeFrame({ physicalId: '04A26CF3', messageId: 1, command: 'F8', direction: 'down', fields });
    expect(types(new Ap3000Stream({ limit: 320 }).push(packet))).toEqual(['frame']);
    expect(types(new Ap3000Stream().push(packet))).toEqual([]);
  });

  it('keeps at most one frame waiting, however slowly the bytes come', () => {
    const stream = new Ap3000Stream();
    for (const byte of bytes(fromHex('444e590001'), new Uint8Array(5000))) stream.push(Uint8Array.of(byte));
    expect(stream.pending.length).toBeLessThan(262);
  });

  it.each([
    ['DNY', 'yes'],
    ['link', 'yes'],
    ['8986', 'yes'],
    ['DN', 'more'],
    ['lin', 'more'],
    ['89', 'more'],
    ['', 'more'],
    ['DX', 'no'],
    ['\u0068', 'no'], // YKC
  ] as const)('recognises a connection that begins with %j: %s', (start, verdict) => {
    expect(ap3000Driver.recognise(bytes(start))).toBe(verdict);
  });
});

describe('AP3000 printed numbers', () => {
  it('finds the ids that a printed number can stand for', () => {
    expect(findPhysicalIds('13544000')).toContain('04CEAA40');
    expect(findPhysicalIds('13544000')).toHaveLength(7);
    expect(deviceNoOf('04CEAA40')).toBe('13544000');
  });
  it.each(['', '16777216', '12a', '-1', '1.5'])('finds none for %j', (printed) => {
    expect(findPhysicalIds(printed)).toEqual([]);
  });
});
