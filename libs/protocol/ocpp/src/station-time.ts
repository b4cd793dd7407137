import { toInstant } from '@chargebus/domain';
import type { Instant } from '@chargebus/domain';

/** A time that a station wrote. */
export interface StationTime {
  readonly ms: number;
  readonly at: Instant;
  /** The station's clock is unset or unreadable, so this is when we heard of it. */
  readonly suspect: boolean;
}

const EARLIEST_MS = Date.UTC(2015, 0, 1);
const AHEAD_MS = 24 * 3_600_000;
const HAS_ZONE = /(?:[zZ]|[+-]\d{2}:?\d{2})$/;

/** Page §2.3: a time without a zone is UTC; one before 2015 or more than a day ahead means that the clock is unset. */
export function readStationTime(text: string | undefined, receivedMs: number): StationTime {
  const ms = text === undefined ? receivedMs : Date.parse(HAS_ZONE.test(text) ? text : `${text}Z`);
  const suspect = !(ms >= EARLIEST_MS && ms <= receivedMs + AHEAD_MS);
  const believed = suspect ? receivedMs : ms;
  return { ms: believed, at: toInstant(believed), suspect };
}
