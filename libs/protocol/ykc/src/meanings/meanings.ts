import type { Reception } from '@chargebus/protocol-core';
import type { LooseFields, UpCommand } from '../commands/command-table';
import { NO_MEANING } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { meansBillingCheck, meansBillingRequest } from './billing';
import { meansBmsEnd, meansBmsError, meansBmsPhase, meansDemand } from './bms';
import { meansStartReply, meansStopReply } from './charge';
import { meansLockStatus } from './lock';
import { meansHeartbeat, meansLogin } from './presence';
import { meansRealtime } from './realtime';
import { meansRecord } from './record';
import { meansStartRequest } from './start-request';

/** Page §9. Types that are not here are replies: they concern the exchange that waits, nobody else. */
const MEANINGS: { readonly [C in UpCommand]?: Meaning<C> } = {
  '01': meansLogin,
  '03': meansHeartbeat,
  '05': meansBillingCheck,
  '09': meansBillingRequest,
  '13': meansRealtime,
  '15': meansBmsPhase,
  '17': meansBmsPhase,
  '19': meansBmsEnd,
  '1B': meansBmsError,
  '1D': meansBmsPhase,
  '21': meansBmsPhase,
  '23': meansDemand,
  '25': meansBmsPhase,
  '31': meansStartRequest,
  '33': meansStartReply,
  '35': meansStopReply,
  '3B': meansRecord,
  '61': meansLockStatus,
  A1: meansStartRequest,
  A3: meansStartReply,
};
type AnyMeaning = (fields: LooseFields, incoming: Incoming) => Reception;

/** The fields must come from the type's own layout. */
export function meaningOf(command: string, fields: LooseFields, incoming: Incoming): Reception {
  const meaning = MEANINGS[command as UpCommand] as AnyMeaning | undefined;
  return meaning?.(fields, incoming) ?? NO_MEANING;
}
