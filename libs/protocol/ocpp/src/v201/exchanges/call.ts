import type { CommandOutcome, DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { ask, done, then, toToken } from '../../connection/ask';
import type { Moment, Turn } from '../../connection/ask';
import type { StationCall } from '../../connection/version';
import type { StationMemory } from '../connection/station-memory';
import type { Options201 } from '../options';
import type { PlatformAction, PlatformRequest, PlatformResponse, StationAction, StationRequest } from '../messages';

/** What an order may use of the connection that it runs on. */
export interface Link {
  readonly deviceId: DeviceId;
  readonly station: StationMemory;
  readonly options: Options201;
  /** An earlier attempt, perhaps on another connection, may have reached the station. */
  readonly reissued: boolean;
  readonly nowMs: number; // when the order began
}

interface Rules<A extends PlatformAction> {
  readonly judge: (answer: PlatformResponse<A>, moment: Moment) => Turn;
  /** A CALL of the station before the answer. Null: it has nothing to do with this. */
  readonly hears?: (heard: StationCall, moment: Moment) => Turn | null;
}
/** One CALL. The answer comes checked against the schema of its action. */
export const call = <A extends PlatformAction>(action: A, payload: PlatformRequest<A>, rules: Rules<A>): Turn => {
  const { judge, hears } = rules;
  return then(
    ask(action, payload, {
      judge: (answer, moment) => judge(answer, moment),
      ...(hears !== undefined && { hears }),
    }),
  );
};

export const acked = (result: Readonly<Record<string, unknown>> = {}, ...facts: readonly ProtocolEvent[]): Turn =>
  done({ status: 'acked', result }, ...facts);
export const rejected = (reason: string): Turn => done({ status: 'rejected', reason });
export const unsupported = (reason: string): CommandOutcome => ({ status: 'unsupported', reason });

interface Answered {
  readonly status: string;
  readonly statusInfo?: { readonly reasonCode: string };
}
/** `Accepted`, or a refusal. `alsoGood`: other words for yes. */
export const acceptedOr = (
  answer: Answered,
  result: Readonly<Record<string, unknown>> = {},
  alsoGood: readonly string[] = [],
): Turn =>
  answer.status === 'Accepted' || alsoGood.includes(answer.status)
    ? acked({ status: answer.status, ...result })
    : rejected(refusalOf(answer));
/** The station's word and its reason: `rejected:no_cable`. */
export const refusalOf = ({ status, statusInfo }: Answered): string =>
  statusInfo === undefined ? toToken(status) : `${toToken(status)}:${toToken(statusInfo.reasonCode)}`;

/** The payload of a CALL of this action; null: it is another. It has passed the schema of its action. */
export const requestOf = <A extends StationAction>(action: A, heard: StationCall): StationRequest<A> | null =>
  heard.action === action ? (heard.payload as StationRequest<A>) : null;
