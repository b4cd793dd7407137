import fc from 'fast-check';
import { fromHex, toHex } from '..';
import type { StreamItem, StreamSplitter } from '..';
import type { ConformanceSubject, DriverVectors, StreamVector } from './vectors';

interface SeenItem {
  readonly type: string;
  readonly hex?: string;
  readonly value?: string;
}
const seen = (item: StreamItem): SeenItem => (item.type === 'frame' ? { type: 'frame', hex: toHex(item.bytes) } : item);
const wanted = ({ type, hex, value }: SeenItem): SeenItem => ({
  type,
  ...(hex !== undefined && { hex }),
  ...(value !== undefined && { value }),
});
const counters = ({ discardedBytes, checksumErrors, pending }: StreamSplitter) => ({
  discardedBytes,
  checksumErrors,
  pendingHex: toHex(pending),
});
const wantedCounters = ({ discardedBytes, checksumErrors, pendingHex }: StreamVector) => ({
  discardedBytes,
  checksumErrors,
  pendingHex,
});

/** Byte streams to items, whatever the cuts. */
export function describeStreams<F>({ driver, openStream }: ConformanceSubject<F>, vectors: DriverVectors): void {
  it.each(vectors.streams)('splits $id as it came', (vector) => {
    const stream = openStream();
    const items: SeenItem[] = [];
    const after = vector.chunks.map((chunk) => items.push(...stream.push(fromHex(chunk)).map(seen)));
    if (vector.endsStalled === true) items.push(...stream.stalled().map(seen));
    expect(items).toEqual(vector.expected.map(wanted));
    if (vector.itemsAfterChunk !== undefined) expect(after).toEqual(vector.itemsAfterChunk);
    expect(counters(stream)).toEqual(wantedCounters(vector));
  });

  it.each(vectors.streams)('splits $id the same at every cut and byte by byte', (vector) => {
    const all = fromHex(vector.chunks.join(''));
    const cuts = Array.from({ length: all.length + 1 }, (_, cut) => [all.subarray(0, cut), all.subarray(cut)]);
    const single = Array.from(all, (byte) => Uint8Array.of(byte));
    for (const chunks of [...cuts, single]) {
      const stream = openStream();
      const items = chunks.flatMap((chunk) => stream.push(chunk).map(seen));
      if (vector.endsStalled === true) items.push(...stream.stalled().map(seen));
      expect({ items, ...counters(stream) }).toEqual({
        items: vector.expected.map(wanted),
        ...wantedCounters(vector),
      });
    }
  });

  it('splits any mixture of frames, noise and cuts the same as in one piece, and loses no byte', () => {
    const pieces = [...vectors.vectors.map(({ hex }) => hex), ...vectors.invalid.map(({ hex }) => hex)].map(fromHex);
    const anyPiece = fc.oneof(fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 8 }), (parts, cuts) => {
        const all = Uint8Array.from(parts.flatMap((part) => [...part]));
        const whole = openStream();
        const cut = openStream();
        const items = whole.push(all).map(seen);
        expect(pushCut(cut, all, cuts).map(seen)).toEqual(items);
        expect(counters(cut)).toEqual(counters(whole));
        expect(bytesOf(items) + whole.discardedBytes + whole.pending.length).toBe(all.length);
        const late = whole.stalled().map(seen);
        expect(bytesOf([...items, ...late]) + whole.discardedBytes).toBe(all.length);
        expect(whole.pending.length).toBe(0);
      }),
    );
  });

  it('takes the memory of a chunk only until the next one', () => {
    const [vector] = vectors.vectors.filter(({ direction }) => direction === 'up');
    const frame = fromHex(vector?.hex ?? '');
    const stream = openStream();
    const chunk = frame.slice(0, frame.length - 1);
    expect(stream.push(chunk)).toEqual([]);
    chunk.fill(0xff);
    expect(stream.push(frame.subarray(frame.length - 1)).map(seen)).toEqual([{ type: 'frame', hex: toHex(frame) }]);
  });

  it('recognises its own streams by their beginning, and asks for more bytes rather than guess', () => {
    for (const { hex, direction } of vectors.vectors) {
      if (direction !== 'up') continue;
      const bytes = fromHex(hex);
      expect(driver.recognise(bytes)).toBe('yes');
      expect(driver.recognise(bytes.subarray(0, 0))).toBe('more');
      expect(driver.recognise(bytes.subarray(0, 1))).not.toBe('no');
    }
    expect(driver.recognise(new TextEncoder().encode('GET / HTTP/1.1\r\n'))).toBe('no');
  });
}

function pushCut(stream: StreamSplitter, all: Uint8Array, cuts: readonly number[]): StreamItem[] {
  const ends = [...cuts.map((cut) => cut % (all.length + 1)), all.length].sort((a, b) => a - b);
  let from = 0;
  return ends.flatMap((end) => {
    const chunk = all.slice(from, end);
    from = end;
    return [...stream.push(chunk)];
  });
}
function bytesOf(items: readonly SeenItem[]): number {
  return items.reduce(
    (sum, { hex, value, type }) => sum + (hex?.length ?? 0) / 2 + (type === 'link' ? 4 : (value?.length ?? 0)),
    0,
  );
}
