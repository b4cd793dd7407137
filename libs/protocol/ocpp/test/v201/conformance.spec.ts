import { describeDeclaration } from '@chargebus/protocol-core/conformance';
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
