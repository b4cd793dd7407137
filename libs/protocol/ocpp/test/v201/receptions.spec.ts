import { ProtocolEvent } from '@chargebus/events';
import type { QuestionReply } from '@chargebus/protocol-core';
import vectors from '../../vectors/ocpp201.json';
import { ACCEPTED, AStation } from './a-station';

interface ReceptionVector {
  readonly id: string;
  readonly message: unknown;
  readonly reply?: QuestionReply | null;
  readonly answer?: unknown;
  readonly error?: string;
  readonly when: string;
  readonly question?: object;
  readonly facts: readonly object[];
  readonly errands?: readonly string[];
}
const receptions = vectors.receptions as readonly ReceptionVector[];

describe('OCPP 2.0.1: what a station says', () => {
  it.each(receptions)('A11 understands and answers $id', (vector) => {
    const { facts, answer, message, errands } = new AStation().sends(
      vector.message,
      vector.reply === undefined ? ACCEPTED : vector.reply,
    );
    expect(answer.when).toBe(vector.when);
    if (vector.error === undefined) expect(message).toEqual(vector.answer);
    else expect((message as unknown[]).slice(0, 3)).toEqual([4, expect.any(String), vector.error]);
    if (vector.question !== undefined) expect(answer).toMatchObject({ question: vector.question });
    expect(facts).toMatchObject(vector.facts);
    for (const fact of facts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
    if (vector.errands !== undefined) expect(errands?.map(({ kind }) => kind)).toEqual(vector.errands);
  });

  it.each(receptions)('says nothing new when $id comes again, on this connection and on another', ({ message }) => {
    const ids = (station: AStation) =>
      station.sends(message).facts.map(({ id, type }) => (type === 'frame.rejected' ? type : id));
    const station = new AStation();
    const first = ids(station);
    expect([first, []]).toContainEqual(ids(station));
    expect(ids(new AStation({}, 2))).toEqual(first);
  });
});
