import { ProtocolEvent } from '@chargebus/events';
import { DeviceId, toInstant } from '@chargebus/domain';
import fc from 'fast-check';
import { fromHex, toHex } from '..';
import type { Decoded, ProtocolConnection, Reception } from '..';
import type { ConformanceSubject, DriverVectors } from './vectors';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

function receiveAll<F>(connection: ProtocolConnection<F>, bytes: Uint8Array, atMs = AT_MS): Reception[] {
  const receive = (decoded: Decoded<F>): Reception => connection.receive(decoded, toInstant(atMs), atMs);
  return connection.push(bytes).map(receive);
}

/** Frames to facts and answers. */
export function describeReception<F>({ driver, codec, wrap }: ConformanceSubject<F>, vectors: DriverVectors): void {
  const uplink = vectors.vectors.filter(({ direction }) => direction === 'up');
  const byId = new Map(vectors.vectors.map((vector) => [vector.id, vector]));
  const open = () => driver.open(1);

  it.each(uplink)('gives valid facts with unique ids for $id', ({ hex }) => {
    const facts = receiveAll(open(), fromHex(hex)).flatMap((reception) => reception.facts);
    for (const fact of facts) {
      expect(ProtocolEvent.parse(fact)).toEqual(fact);
      expect(DeviceId.parse(fact.deviceId)).toBe(fact.deviceId);
    }
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  it.each(uplink)('keeps the fact ids of $id when the same frame comes again, or says nothing new', ({ hex }) => {
    const connection = open();
    const [first] = receiveAll(connection, fromHex(hex));
    const [second] = receiveAll(connection, fromHex(hex), AT_MS + 15_000);
    const known = new Set(first?.facts.map(({ id }) => id));
    expect(second?.facts.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  const replies = vectors.exchanges.filter(({ initiator }) => initiator === 'server').map(({ reply }) => reply);
  it.each(replies)('never answers the reply %s', (id) => {
    const hex = byId.get(id)?.hex ?? '';
    expect(receiveAll(open(), fromHex(hex)).map(({ answer }) => answer.when)).toEqual(['never']);
  });

  it('answers what it answers with a whole frame to the same device', () => {
    for (const { hex, frame } of uplink) {
      for (const { answer } of receiveAll(open(), fromHex(hex))) {
        if (answer.when !== 'now' && answer.when !== 'stored') continue;
        const reading = codec.decode(answer.bytes, 'down');
        if (!reading.ok) throw new Error(reading.error);
        // A few frames name no device (YKC 0x40): they are for whoever asked.
        expect([frame.physicalId, '']).toContain(reading.frame.physicalId);
      }
    }
  });

  it.each(vectors.malformedPayloads)('turns $id into a value and a fact that keeps the raw frame', ({ hex, error }) => {
    const connection = open();
    const [decoded] = connection.push(fromHex(hex));
    expect(decoded).toMatchObject({ ok: false, error });
    const facts = receiveAll(open(), fromHex(hex)).flatMap((reception) => reception.facts);
    expect(facts).toMatchObject([{ type: 'frame.rejected', hex, reason: error }]);
  });

  it('survives random bytes between frames: nothing throws, counters add up, later frames come through', () => {
    const frames = uplink.map(({ hex }) => fromHex(hex));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...frames), (noise, frame) => {
        const connection = open();
        receiveAll(connection, noise);
        connection.stalled();
        const decoded = connection.push(frame);
        expect(decoded.map(({ bytes }) => toHex(bytes))).toContain(toHex(frame));
        expect(connection.pendingBytes).toBe(0);
      }),
    );
  });

  it('survives whole frames of any command with any payload', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.uint8Array({ maxLength: 80 }), (commandCode, payload) => {
        const bytes = wrap(commandCode, payload);
        const receptions = bytes === null ? [] : receiveAll(open(), bytes);
        for (const { facts } of receptions) for (const fact of facts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
      }),
      { numRuns: 2000 },
    );
  });
}
