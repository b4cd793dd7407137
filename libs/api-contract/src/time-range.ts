import { invalidField } from '@chargebus/errors';
import { z } from 'zod';
import { instant } from './fields';
import { writtenAs } from './written-form';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const read = z.preprocess((text) => {
  if (typeof text !== 'string') return text;
  if (/^\d{9,10}$/.test(text)) return new Date(Number(text) * 1000).toISOString();
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00.000Z` : text;
}, instant);
/** RFC 3339 in UTC, a day (its beginning, UTC), or Unix seconds. */
export const moment = writtenAs(z.union([instant, z.iso.date(), z.string().regex(/^\d{9,10}$/)]), read);

/** The time that a list or a history is about; `start_time` and `end_time` are other names of `from` and `to`. */
export const timeRangeShape = {
  from: moment.optional().describe('RFC 3339 (UTC), a day, or Unix seconds; included.'),
  to: moment.optional().describe('The same; excluded. Now unless told.'),
  start_time: moment.optional().describe('Another name of from.'),
  end_time: moment.optional().describe('Another name of to.'),
  time_range: z
    .string()
    .regex(/^[1-9]\d{0,4}[mhd]$/, 'must be a number with m, h or d')
    .optional()
    .describe('Instead of from: so long before to, as 30m, 24h or 7d.'),
};
type RangeInput = Readonly<Partial<Record<keyof typeof timeRangeShape, string | undefined>>>;

export interface TimeRange {
  readonly from: string | null; // null: from the beginning
  readonly to: string | null; // null: until now
}

/** Throws VALIDATION_FAILED for a range that ends before it begins, or that is told twice. */
export function timeRangeOf(input: RangeInput, nowMs: number): TimeRange {
  const to = input.to ?? input.end_time ?? null;
  const from = input.from ?? input.start_time ?? null;
  if (from !== null && input.time_range !== undefined)
    throw invalidField('time_range', 'cannot be given together with from');
  const begin = input.time_range === undefined ? from : before(to, input.time_range, nowMs);
  if (begin !== null && Date.parse(begin) >= (to === null ? nowMs : Date.parse(to)))
    throw invalidField('from', 'must be before to');
  return { from: begin, to };
}

function before(to: string | null, length: string, nowMs: number): string {
  const unit = length.slice(-1) as keyof typeof UNIT_MS;
  return new Date((to === null ? nowMs : Date.parse(to)) - Number(length.slice(0, -1)) * UNIT_MS[unit]).toISOString();
}
