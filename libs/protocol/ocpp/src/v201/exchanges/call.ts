import { acked, ask, rejected, then, toToken } from '../../connection/ask';
import type { Moment, Turn } from '../../connection/ask';
import type { OrderLink } from '../../connection/orders';
import type { StationCall } from '../../connection/version';
import type { StationMemory } from '../connection/station-memory';
import type { Options201 } from '../options';
import type { PlatformAction, PlatformRequest, PlatformResponse, StationAction, StationRequest } from '../messages';

export type Link = OrderLink<StationMemory, Options201>;

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
