import type { OcppVersion } from '../connection/version';
import { CODES_201 } from '../rpc/defects';
import { validators } from '../schemas/generated/v201';
import { MEANINGS } from './meanings/meanings';

const REQUEST = 'Request';
const actions = Object.keys(validators)
  .filter((name) => name.endsWith(REQUEST))
  .map((name) => name.slice(0, -REQUEST.length));

export const OCPP_201: OcppVersion = {
  codes: CODES_201,
  validators,
  stationActions: new Set(Object.keys(MEANINGS)),
  platformActions: new Set(actions.filter((action) => !Object.hasOwn(MEANINGS, action))),
  keyFields: {
    TransactionEvent: ['eventType', 'timestamp', 'seqNo', 'transactionInfo/transactionId'],
    MeterValues: ['evseId'],
  },
  settlements: new Set(['TransactionEvent']),
  nullIsEmpty: false,
};
