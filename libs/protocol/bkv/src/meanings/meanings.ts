import type { Reception } from '@chargebus/protocol-core';
import type { UpCommand } from '../commands/command-table';
import type { Incoming, Meaning } from '../connection/incoming';
import { meansBalanceQuery, meansCardPresented } from './cards';
import { meansHeartbeat } from './heartbeat';
import { meansNetworkResult } from './network';
import { meansCardResult, meansDeviceEvent, meansFaultEvent, meansOrderResult } from './orders';
import { meansCardOrderEnd, meansFeeOrderEnd, meansOrderEnd } from './settlement';
import { meansSocketStatus, meansStatusGroup } from './status';

/** Page §5. Commands that are not here are replies to our own: they concern the exchange that waits, nobody else. */
const MEANINGS: { readonly [C in UpCommand]?: Meaning<C> } = {
  '0000': meansHeartbeat,
  '0005/08': meansNetworkResult,
  '0005/09': meansNetworkResult,
  '0005/0A': meansNetworkResult,
  '0005/17': meansOrderResult,
  '0015/02': meansOrderEnd,
  '0015/07': meansOrderResult,
  '0015/0B': meansCardPresented,
  '0015/0C': meansCardOrderEnd,
  '0015/0F': meansCardResult,
  '0015/17': meansOrderResult,
  '0015/18': meansOrderEnd,
  '0015/1A': meansBalanceQuery,
  '0015/1C': meansSocketStatus,
  '0015/1D': meansSocketStatus,
  '1000/1004': meansFeeOrderEnd,
  '1000/1007': meansOrderResult,
  '1000/1010': meansFaultEvent,
  '1000/1013': meansDeviceEvent,
  '1000/1017': meansStatusGroup,
};
type AnyMeaning = (fields: Readonly<Record<string, unknown>>, incoming: Incoming) => Reception;

/** Null: the command has no meaning of its own. The fields must come from the command's own layout. */
export const findMeaning = (command: string): AnyMeaning | null =>
  (MEANINGS[command as UpCommand] as AnyMeaning | undefined) ?? null;
