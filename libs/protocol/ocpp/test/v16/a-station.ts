import { createOcpp16Driver } from '../../src/v16/driver';
import type { Options16 } from '../../src/v16/options';
import { StationLine } from '../station-line';

export { ACCEPTED, AT, AT_MS, STATION } from '../station-line';

/** One station on one connection, spoken for message by message. */
export class AStation extends StationLine {
  constructor(options: Partial<Options16> = {}, seed = 1, acceptedBefore = true) {
    super(createOcpp16Driver(options), seed, acceptedBefore);
  }
  /** On connector 1, a while ago or at an odd time. */
  starts(idTag = 'CARD', fields: object = {}) {
    const said = this.says('StartTransaction', {
      connectorId: 1,
      idTag,
      meterStart: 100,
      timestamp: new Date(this.nowMs).toISOString(),
      ...fields,
    });
    const [, , payload] = said.message as [number, string, { transactionId: number }];
    return { ...said, transactionId: payload.transactionId };
  }
  status(connectorId: number, status: string, fields: object = {}) {
    return this.says('StatusNotification', { connectorId, errorCode: 'NoError', status, ...fields });
  }
  stops(transactionId: number, fields: object = {}) {
    return this.says('StopTransaction', {
      transactionId,
      meterStop: 900,
      timestamp: new Date(this.nowMs).toISOString(),
      ...fields,
    });
  }
}
