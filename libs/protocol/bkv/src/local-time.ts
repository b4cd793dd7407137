const MINUTE_MS = 60_000;
const EARLIEST_MS = Date.UTC(2020, 0, 1);
const CLOCK_AHEAD_MS = 5 * MINUTE_MS;

/** YYYY-MM-DDTHH:MM:SS at the site. */
export const toLocal = (epochMs: number, utcOffsetMin: number): string =>
  new Date(epochMs + utcOffsetMin * MINUTE_MS).toISOString().slice(0, 19);

/** A device's clock is believed between 2020 and five minutes from now; otherwise it happened on arrival. */
export function plausibleMs(local: string | undefined, utcOffsetMin: number, atMs: number): number {
  const epochMs = local === undefined ? NaN : Date.parse(`${local}Z`) - utcOffsetMin * MINUTE_MS;
  return epochMs >= EARLIEST_MS && epochMs <= atMs + CLOCK_AHEAD_MS ? epochMs : atMs;
}
