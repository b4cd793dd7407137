import { DeviceId, toInstant } from '@chargebus/domain';
import { ProtocolEvent } from '@chargebus/events';
import fc from 'fast-check';
import type { Answer, MessageDriver, ProtocolConnection, QuestionReply, Reception } from '..';
import { describeDeclaration } from './describe-declaration';
import type { DeclaredSubject } from './describe-declaration';

/** Messages of a protocol as its vectors have them. */
export interface MessageVectors {
  readonly calls: readonly {
    readonly id: string;
    readonly text: string;
    readonly answer: readonly unknown[];
    /** Types of the facts, in their order. */
    readonly facts: readonly string[];
  }[];
  /** What is answered with an error: the beginning of the answer. Null: with nothing. */
  readonly refused: readonly {
    readonly id: string;
    readonly text: string;
    readonly answer: readonly unknown[] | null;
  }[];
}
export interface MessageSubject<F> {
  readonly driver: MessageDriver<F>;
  readonly deviceId: DeviceId;
  readonly orders?: DeclaredSubject<F>['orders'];
}

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const ACCEPTED: QuestionReply = { decision: 'accepted', rateMode: 'time', balanceFen: null, expiresAt: null };
const encoder = new TextEncoder();
const read = (bytes: Uint8Array): readonly unknown[] => JSON.parse(new TextDecoder().decode(bytes)) as unknown[];

/** What every driver of whole messages must show, with its protocol's vectors. */
export function describeMessageDriver<F>(subject: MessageSubject<F>, vectors: MessageVectors): void {
  const { driver, deviceId, orders } = subject;
  const open = (): ProtocolConnection<F> => driver.open(1, deviceId, true);

  describe(`${driver.name} conformance`, () => {
    it.each(vectors.calls)('answers $id', ({ text, answer }) => {
      expect(receiveAll(open(), text).map(messageOf)).toEqual([answer]);
    });
    it.each(vectors.calls)('tells valid facts with unique ids of $id', ({ text, facts: types }) => {
      const facts = receiveAll(open(), text).flatMap(factsOf);
      for (const fact of facts) expect(ProtocolEvent.parse(fact)).toEqual(fact);
      expect(facts.map(({ type }) => type)).toEqual(types);
      expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
      for (const fact of facts) expect(DeviceId.parse(fact.deviceId)).toBe(deviceId);
    });
    it.each(vectors.calls)('tells nothing new and answers the same when $id comes again', ({ text }) => {
      const connection = open();
      const [first] = receiveAll(connection, text);
      const [second] = receiveAll(connection, text, AT_MS + 15_000);
      const known = new Set(first === undefined ? [] : factsOf(first).map(({ id }) => id));
      expect(second === undefined ? [] : factsOf(second).filter(({ id }) => !known.has(id))).toEqual([]);
      expect(second === undefined ? null : messageOf(second)).toEqual(first === undefined ? null : messageOf(first));
    });
    it.each(vectors.calls)('A18 shows $id by its name', ({ text }) => {
      const [, messageId, message] = read(encoder.encode(text));
      expect(driver.view(encoder.encode(text), 'up')).toMatchObject({ message, messageId, error: null });
    });
    it.each(vectors.refused)('refuses $id with its code', ({ text, answer }) => {
      const [message] = receiveAll(open(), text).map(messageOf);
      expect(message?.slice(0, answer?.length) ?? null).toEqual(answer);
    });

    it('survives any text, and answers an empty one with nothing', () => {
      const connection = open();
      expect(receiveAll(connection, '')).toEqual([]);
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
          for (const reception of receiveAll(connection, text)) messageOf(reception);
        }),
      );
    });
    it('survives any payload of any action', () => {
      const actions = [...new Set(vectors.calls.map(({ text }) => read(encoder.encode(text))[2]))];
      fc.assert(
        fc.property(fc.constantFrom(...actions), fc.jsonValue({ maxDepth: 4 }), fc.uuid(), (action, payload, id) => {
          const receptions = receiveAll(open(), JSON.stringify([2, id, action, payload]));
          expect(receptions).toHaveLength(1);
          for (const fact of receptions.flatMap(factsOf)) expect(ProtocolEvent.parse(fact)).toEqual(fact);
        }),
        { numRuns: 500 },
      );
    });
    it('survives messages of a megabyte and brackets without end', () => {
      const [call] = vectors.calls;
      const action = read(encoder.encode(call?.text ?? '[]'))[2];
      const long = JSON.stringify([2, 'x', action, { a: 'b'.repeat(1_000_000) }]);
      const deep = `[2,"y",${JSON.stringify(action)},${'['.repeat(20_000)}${']'.repeat(20_000)}]`;
      const wide = JSON.stringify([
        2,
        'z',
        action,
        Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [i, i])),
      ]);
      for (const text of [long, deep, wide]) {
        const receptions = receiveAll(open(), text);
        expect(receptions.map((reception) => messageOf(reception)?.[0])).toEqual([4]);
        for (const fact of receptions.flatMap(factsOf)) expect(JSON.stringify(fact).length).toBeLessThan(10_000);
      }
    });

    describeDeclaration({
      declaration: driver.declaration,
      open,
      deviceId: () => deviceId,
      facts: () => vectors.calls.flatMap(({ text }) => receiveAll(open(), text).flatMap(factsOf)),
      ...(orders === undefined ? {} : { orders }),
    });
  });
}

function receiveAll<F>(connection: ProtocolConnection<F>, text: string, atMs = AT_MS): readonly Reception[] {
  const decoded = connection.push(encoder.encode(text));
  return decoded.map((one) => connection.receive(one, toInstant(atMs), atMs));
}

/** With those that follow from a reply. */
const factsOf = ({ facts, answer }: Reception): readonly ProtocolEvent[] =>
  answer.when === 'asked' ? [...facts, ...(answer.concludes?.(ACCEPTED) ?? [])] : facts;

/** What the device gets when its question, if it is one, is answered with yes. */
function messageOf({ answer }: Reception): readonly unknown[] | null {
  const bytes = bytesOf(answer);
  return bytes === null ? null : read(bytes);
}
function bytesOf(answer: Answer): Uint8Array | null {
  switch (answer.when) {
    case 'never':
      return null;
    case 'asked':
      return answer.encode(ACCEPTED);
    case 'certified':
      return answer.encode({ decision: 'accepted', reason: null });
    default:
      return answer.bytes;
  }
}
