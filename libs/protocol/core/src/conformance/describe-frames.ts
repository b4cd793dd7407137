import fc from 'fast-check';
import { fromHex, toHex } from '..';
import type { FrameDirection } from '..';
import type { ConformanceSubject, DriverVectors, FrameVector } from './vectors';

const directionOf = (vector: { readonly direction: string }): FrameDirection =>
  vector.direction === 'up' ? 'up' : 'down';
const BOTH: readonly FrameDirection[] = ['up', 'down'];

/** Frames to values and back. */
export function describeFrames<F>({ codec, driver }: ConformanceSubject<F>, vectors: DriverVectors): void {
  const looseFrame = ({ frame, command, fields, envelope }: FrameVector) => ({
    physicalId: frame.physicalId,
    messageId: frame.messageId,
    command,
    fields: fields as Readonly<Record<string, unknown>>,
    ...(envelope && { envelope }),
  });
  const samples = vectors.vectors.map((vector) => ({ bytes: fromHex(vector.hex), direction: directionOf(vector) }));

  it.each(vectors.vectors)('decodes $id', (vector) => {
    expect(codec.decode(fromHex(vector.hex), directionOf(vector))).toEqual({ ok: true, frame: looseFrame(vector) });
  });
  it.each(vectors.vectors.filter(({ roundTrip }) => roundTrip !== false))('encodes $id', (vector) => {
    expect(toHex(codec.encode({ ...looseFrame(vector), direction: directionOf(vector) }))).toBe(vector.hex);
  });
  it.each(vectors.invalid)('refuses $id as $error', ({ hex, error }) => {
    for (const direction of BOTH) expect(codec.decode(fromHex(hex), direction)).toMatchObject({ ok: false, error });
  });
  it.each(vectors.malformedPayloads)('refuses the payload of $id as $error', (malformed) => {
    const { hex, error } = malformed;
    expect(codec.decode(fromHex(hex), directionOf(malformed))).toMatchObject({ ok: false, error });
  });

  it('takes no truncated frame for a whole one', () => {
    const anySample = fc.constantFrom(...samples);
    fc.assert(
      fc.property(anySample, fc.nat(), ({ bytes, direction }, cut) => {
        expect(codec.decode(bytes.subarray(0, cut % bytes.length), direction).ok).toBe(false);
      }),
    );
  });
  // A protocol that takes its checksum in either byte order finds another frame valid once in 65,536 changes; it then
  // says so in the envelope, because the order is not that of the frame that was sent.
  it('notices any single byte that changed', () => {
    const anySample = fc.constantFrom(...samples);
    fc.assert(
      fc.property(anySample, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ bytes, direction }, at, change) => {
        const changed = Uint8Array.from(bytes);
        const index = at % bytes.length;
        changed[index] = (changed[index] ?? 0) ^ change;
        const [before, after] = [codec.decode(bytes, direction), codec.decode(changed, direction)];
        if (before.ok && after.ok) expect(after.frame.envelope).not.toEqual(before.frame.envelope);
      }),
    );
  });
  it('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...BOTH), (bytes, direction) => {
        codec.decode(bytes, direction);
        driver.view(bytes, direction);
      }),
    );
  });
  it.each(vectors.vectors)('A18 shows $id with its name', (vector) => {
    const { messageId } = vector.frame;
    const view = driver.view(fromHex(vector.hex), directionOf(vector));
    expect(view).toMatchObject({ message: vector.command, messageId: String(messageId), error: null });
    expect(view.name).toMatch(/^[a-z][a-z0-9_]+$/);
  });
}
