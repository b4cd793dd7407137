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
const WITH_MILLISECONDS = 24; // characters of 2026-01-02T03:04:05.678Z
const WITH_SECONDS = 20;
const HAS_ZONE = /(?:[zZ]|[+-]\d{2}:?\d{2})$/;

/** Page §2.3: a time without a zone is UTC; one before 2015 or more than a day ahead means that the clock is unset. */
export function readStationTime(text: string | undefined, receivedMs: number): StationTime {
  const ms = text === undefined ? receivedMs : Date.parse(HAS_ZONE.test(text) ? text : `${text}Z`);
  const suspect = !(ms >= EARLIEST_MS && ms <= receivedMs + AHEAD_MS);
  const believed = suspect ? receivedMs : ms;
  return { ms: believed, at: suspect ? toInstant(believed) : canonical(text, believed), suspect };
}

/** Most stations write times as we do, or without the milliseconds: that text is kept. */
function canonical(text: string | undefined, ms: number): Instant {
  const isOurs = text?.charAt(10) === 'T' && text.endsWith('Z');
  if (isOurs && text.length === WITH_MILLISECONDS) return text;
  return isOurs && text.length === WITH_SECONDS ? `${text.slice(0, 19)}.000Z` : toInstant(ms);
}
