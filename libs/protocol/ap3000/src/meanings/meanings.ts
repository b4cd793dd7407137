import type { Reception } from '@chargebus/protocol-core';
import type { UpCommand } from '../commands/command-table';
import type { Incoming, Meaning } from '../connection/incoming';
import { meansAlarm, meansPortPush } from './alarms';
import { meansCardSwipe } from './card';
import {
  meansCabinetFinished,
  meansCabinetStopReply,
  meansChargeReply,
  meansOrderConfirmation,
  meansPowerReport,
  meansSettlement,
} from './charge';
import { meansBreakerStatus, meansFskRequest, meansHostStatus, meansSlaveList } from './host';
import {
  meansCabinetHeartbeat,
  meansHeartbeat,
  meansHostUpgradeRequest,
  meansOldHeartbeat,
  meansPacketReply,
  meansRegistration,
  meansTimeQuestion,
  meansUpgradeRequest,
} from './presence';

/** Page §12. Commands that are not here are replies to our own: they concern the exchange that waits, nobody else. */
const MEANINGS: { readonly [C in UpCommand]?: Meaning<C> } = {
  '01': meansOldHeartbeat,
  '02': meansCardSwipe,
  '03': meansSettlement,
  '04': meansOrderConfirmation,
  '05': meansUpgradeRequest,
  '06': meansPowerReport,
  '11': meansHostStatus,
  '12': meansTimeQuestion,
  '15': meansHostUpgradeRequest,
  '17': meansBreakerStatus,
  '20': meansRegistration,
  '21': meansHeartbeat,
  '22': meansTimeQuestion,
  '35': meansSlaveList,
  '3B': meansFskRequest,
  '41': meansCabinetHeartbeat,
  '42': meansAlarm,
  '43': meansCabinetFinished,
  '44': meansPortPush,
  '72': meansCabinetStopReply,
  '82': meansChargeReply,
  E0: meansPacketReply,
  FA: meansPacketReply,
};
type AnyMeaning = (fields: Readonly<Record<string, unknown>>, incoming: Incoming) => Reception;

/** Null: the command has no meaning of its own. The fields must come from the command's own layout. */
export const findMeaning = (command: string): AnyMeaning | null =>
  (MEANINGS[command as UpCommand] as AnyMeaning | undefined) ?? null;
