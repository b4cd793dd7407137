import { acked, ask, done, outcomeOfError, rejected, then, toToken } from '../../connection/ask';
import type { CallError, Moment, Turn } from '../../connection/ask';
import type { OrderLink } from '../../connection/orders';
import type { StationCall } from '../../connection/version';
import type { StationMemory } from '../connection/station-memory';
import type { PlatformAction, PlatformRequest, PlatformResponse, StationAction, StationRequest } from '../messages';
import type { Options16 } from '../options';

export type Link = OrderLink<StationMemory, Options16>;

interface Rules<A extends PlatformAction> {
  readonly judge: (answer: PlatformResponse<A>, moment: Moment) => Turn;
  /** What to do when the station has no such action. */
  readonly without?: () => Turn;
  /** What the station says before it answers. */
  readonly hears?: (heard: StationCall) => Turn | null;
}
const CANNOT: ReadonlySet<string> = new Set(['NotImplemented', 'NotSupported']);

/** One CALL. The answer comes checked against the schema of its action. */
export function call<A extends PlatformAction>(
  action: A,
  payload: PlatformRequest<A>,
  { station }: Pick<Link, 'station'>,
  { judge, without, hears }: Rules<A>,
): Turn {
  const judgeError = (error: CallError): Turn => {
    if (CANNOT.has(error.code)) {
      station.lacks.add(action);
      if (without !== undefined) return without();
    }
    return done(outcomeOfError(error));
  };
  return then(
    ask(action, payload, { judge: (answer, moment) => judge(answer, moment), judgeError, ...(hears && { hears }) }),
  );
}

/** `Accepted`, or a refusal. `alsoGood`: other words for yes. */
export function acceptedOr(
  { status }: { readonly status: string },
  result: Readonly<Record<string, unknown>> = {},
  alsoGood: readonly string[] = [],
): Turn {
  if (status === 'Accepted' || alsoGood.includes(status)) return acked({ status, ...result });
  return status === 'NotSupported'
    ? done({ status: 'unsupported', reason: 'not_supported', of: 'device' })
    : rejected(toToken(status));
}

/** The payload of a CALL of this action; null: it is another. It has passed the schema of its action. */
export const requestOf = <A extends StationAction>(action: A, heard: StationCall): StationRequest<A> | null =>
  heard.action === action ? (heard.payload as StationRequest<A>) : null;

/** Card numbers have at most 20 characters. Throws RangeError. */
export function toIdTag(cardId: string): string {
  if (cardId.length > 20) throw new RangeError(`card number ${cardId} is longer than 20 characters`);
  return cardId;
}
