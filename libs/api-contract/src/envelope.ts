import type { Page, PageQuery } from '@chargebus/requests';
import { z } from 'zod';
import { Pagination, paginationOf, positionAfter } from './paging';

/** What every successful answer looks like (D05); `pagination` only with lists, beside the one inside `data` (decision 3). */
export interface Success<D = unknown> {
  readonly code: 0;
  readonly data: D;
  readonly pagination?: Pagination;
  readonly message: 'success';
}
export const success = <D>(data: D): Success<D> => ({ code: 0, data, message: 'success' });

export interface Listing<T> {
  readonly items: readonly T[];
  readonly pagination: Pagination;
}
/** `positional`: as in `pageQueryOf`. */
export function listing<T>(page: Page<T>, query: PageQuery, positional = false): Success<Listing<T>> {
  const next = positional ? positionAfter(query, page.total) : page.nextCursor;
  const pagination = paginationOf(query, page.total, next);
  return { code: 0, data: { items: page.items, pagination }, pagination, message: 'success' };
}

/** What every failure looks like (D06, decision 4). */
export const Failure = z
  .object({
    code: z.int().describe('Numeric code of the error, scoped to this surface.'),
    data: z.null(),
    message: z.string().describe('For people, in the language of Accept-Language (zh or en).'),
    error: z.string().describe('Unique name of the error: what programs look at.'),
    request_id: z.string().describe('X-Request-Id of this call.'),
    details: z.unknown().optional().describe('More, for example one entry per invalid field: field, message.'),
  })
  .meta({ id: 'Failure', description: 'A refused or failed call.' });
export type Failure = z.infer<typeof Failure>;

export const successSchema = (data: z.ZodType) => z.object({ code: z.literal(0), data, message: z.literal('success') });
export const listingSchema = (item: z.ZodType) =>
  z.object({
    code: z.literal(0),
    data: z.object({ items: z.array(item), pagination: Pagination }),
    pagination: Pagination,
    message: z.literal('success'),
  });
