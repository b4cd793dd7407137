import { foreignCursor, invalidField, PagingMixed } from '@chargebus/errors';
import type { PageQuery } from '@chargebus/requests';
import { z } from 'zod';
import { numberInQuery } from './fields';

const DEFAULT_SIZE = 20;
const MAX_SIZE = 200;
const MAX_OFFSET = 100_000; // deeper pages need a cursor

const size = numberInQuery(z.int().min(1).max(MAX_SIZE)).optional();

type Fields = readonly [string, ...string[]];
export type Order = PageQuery['order'];

/** `page,size` or `limit,offset` or `cursor` (with `size` or `limit`); `sort` is one of the list's own fields. */
export const pagingShape = (sort: Fields, order: Order) => ({
  page: numberInQuery(z.int().min(1).max(MAX_OFFSET)).optional().describe('Page, counted from 1; with size.'),
  size: size.describe('Items on a page, 20 unless told.'),
  limit: size.describe('At most so many items, 20 unless told; with offset.'),
  offset: numberInQuery(z.int().min(0).max(MAX_OFFSET)).optional().describe('Items to leave out.'),
  cursor: z.string().min(1).max(200).optional().describe('next_cursor of the page before; for deep paging.'),
  sort: z.enum(sort).optional().describe('Field to sort by.'),
  order: z.enum(['asc', 'desc']).optional().describe(`${order} unless told.`),
});
export type PagingInput = Readonly<z.output<z.ZodObject<ReturnType<typeof pagingShape>>>>;

/** The cursor of a list that finds its pages by counting. */
const POSITION = /^at-(\d{1,6})$/;

/**
 * `positional`: the list finds its pages by counting, so its cursors are positions. Throws PAGING_MIXED when forms are
 * mixed (decision 3), VALIDATION_FAILED for a page that only a cursor reaches, and for a cursor that is no position.
 */
export function pageQueryOf(
  input: PagingInput,
  { sort, order, positional = false }: { readonly sort: Fields; readonly order: Order; readonly positional?: boolean },
): PageQuery {
  const byPage = input.page !== undefined || input.size !== undefined;
  const byOffset = input.limit !== undefined || input.offset !== undefined;
  const positioned = input.page !== undefined || input.offset !== undefined;
  if ((byPage && byOffset) || (input.cursor !== undefined && positioned)) throw new PagingMixed();
  const limit = input.size ?? input.limit ?? DEFAULT_SIZE;
  const cursor = input.cursor ?? null;
  const offset =
    positional && cursor !== null ? positionOf(cursor) : ((input.page ?? 1) - 1) * limit + (input.offset ?? 0);
  if (offset > MAX_OFFSET) throw invalidField('page', `is beyond item ${MAX_OFFSET.toString()}: use cursor`);
  return {
    limit,
    offset,
    cursor: positional ? null : cursor,
    sort: input.sort ?? sort[0],
    order: input.order ?? order,
  };
}

function positionOf(cursor: string): number {
  const [, position] = POSITION.exec(cursor) ?? [];
  if (position === undefined) throw foreignCursor();
  return Number(position);
}

/** Where the page after this one begins; null: this was the last one, or no position reaches so far. */
export function positionAfter({ limit, offset }: PageQuery, total: number): string | null {
  const next = offset + limit;
  return next < total && next <= MAX_OFFSET ? `at-${next.toString()}` : null;
}

export const Pagination = z
  .object({
    page: z.int().nullable(), // null: asked by cursor
    size: z.int(),
    total: z.int(),
    limit: z.int(),
    offset: z.int().nullable(), // null: asked by cursor
    next_cursor: z.string().nullable(), // null: this was the last page
  })
  .meta({ id: 'Pagination', description: 'Where this page stands in the list.' });
export type Pagination = z.infer<typeof Pagination>;

export const paginationOf = (query: PageQuery, total: number, nextCursor: string | null): Pagination => ({
  page: query.cursor === null ? Math.floor(query.offset / query.limit) + 1 : null,
  size: query.limit,
  total,
  limit: query.limit,
  offset: query.cursor === null ? query.offset : null,
  next_cursor: nextCursor,
});
