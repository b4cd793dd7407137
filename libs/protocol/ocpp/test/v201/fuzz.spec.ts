import { DeviceCommand } from '@chargebus/domain';
import { ProtocolEvent } from '@chargebus/events';
import fc from 'fast-check';
import vectors from '../../vectors/ocpp201.json';
import { AStation } from './a-station';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const payloads = vectors.receptions.map(({ message }) => message as unknown as [number, string, string, Json]);

/** The value with one place of it replaced by something else. */
function mutate(value: Json, place: number, by: Json): Json {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[place % keys.length] ?? '';
  const child = (value as Record<string, Json>)[key] ?? null;
  const next = place % 3 === 0 ? by : mutate(child, Math.floor(place / 3), by);
  return Array.isArray(value) ? value.map((old, i) => (String(i) === key ? next : old)) : { ...value, [key]: next };
}

describe('OCPP 2.0.1: hostile stations', () => {
  it('answers every message once, with valid facts, whatever one place of it holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...payloads), fc.nat(), fc.jsonValue(), (message, place, by) => {
        const [type, id, action, payload] = message;
        const { facts, message: answer } = new AStation().sends([type, id, action, mutate(payload, place, by as Json)]);
        for (const fact of facts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
        expect(answer).toEqual([expect.any(Number), expect.anything(), ...(answer as unknown[]).slice(2)]);
      }),
      { numRuns: 500 },
    );
  });

  it('survives whole lives of messages in any order, with orders between them', () => {
    const anyMessage = fc.constantFrom(...payloads);
    const anyOrder = fc.constantFrom(...vectors.exchanges.map(({ command }) => DeviceCommand.parse(command)));
    fc.assert(
      fc.property(fc.array(fc.oneof(anyMessage, anyOrder), { maxLength: 30 }), fc.jsonValue(), (steps, answer) => {
        const station = new AStation();
        for (const [no, step] of steps.entries()) {
          if ('kind' in step) {
            station.begin(step);
            if (station.call !== null) station.sends([3, station.call.id, answer]);
            else if (station.outcome === null) station.keepsSilent();
          } else {
            const { facts } = station.sends([step[0], `id-${no}`, step[2], step[3]]);
            for (const fact of facts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
