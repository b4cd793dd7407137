const LONGEST_MS = 24 * 3_600_000;

/**
 * Milliseconds that a `Retry-After` asks for: seconds or an HTTP date (RFC 9110 §10.2.3), at most a day, not negative.
 * Null: there is none, or it is not readable.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_MS);
}
