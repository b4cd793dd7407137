import { describeDeclaration, describeMessageDriver } from '@chargebus/protocol-core/conformance';
import { toInstant } from '@chargebus/domain';
import { ocpp201Driver } from '../../src/v201/driver';
import vectors from '../../vectors/ocpp201.json';
import { AStation, AT_MS, STATION } from './a-station';

const TRANSACTION = 'f2c1e2b0-8a41';

describe('OCPP 2.0.1 conformance', () => {
  describeDeclaration({
    declaration: ocpp201Driver.declaration,
    open: () => {
      const station = new AStation();
      station.says('TransactionEvent', {
        eventType: 'Started',
        timestamp: toInstant(AT_MS),
        triggerReason: 'CablePluggedIn',
        seqNo: 0,
        transactionInfo: { transactionId: TRANSACTION },
        evse: { id: 2 },
      });
      return station.connection;
    },
    deviceId: () => STATION,
    facts: () => vectors.receptions.flatMap(({ message }) => [...new AStation().sends(message).facts]),
  });
});

/** What a station says, with what it is answered when every question is answered with yes. */
interface Said {
  readonly id: string;
  readonly message: unknown;
  readonly reply?: unknown;
  readonly answer?: unknown;
  readonly error?: string;
  readonly facts: readonly { readonly type?: string }[];
}
const said = vectors.receptions as readonly Said[];
const textOf = ({ message }: Said): string => JSON.stringify(message);
describeMessageDriver(
  { driver: ocpp201Driver, deviceId: STATION },
  {
    calls: said
      .filter(({ error, reply }) => error === undefined && reply === undefined)
      .map((one) => ({
        id: one.id,
        text: textOf(one),
        answer: one.answer as readonly unknown[],
        facts: one.facts.map(({ type = '' }) => type),
      })),
    refused: said
      .filter(({ error }) => error !== undefined)
      .map((one) => ({
        id: one.id,
        text: textOf(one),
        answer: [4, (one.message as readonly unknown[])[1], one.error],
      })),
  },
);
