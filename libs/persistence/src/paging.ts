import { foreignCursor } from '@chargebus/errors';
import type { QueryResultRow } from 'pg';
import { z } from 'zod';
import type { Transaction } from './database';
import { totalOf } from './total';

export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
  readonly cursor: string | null;
  readonly sort: string | null;
  readonly order: 'asc' | 'desc';
  readonly counted?: boolean | undefined; // false: the total is not wanted
}
export interface PageResult<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly nextCursor: string | null;
}
/** Which rows a list has, and in which order. */
interface List {
  readonly request: PageRequest;
  readonly from: string;
  readonly countFrom?: string; // has the same rows and is cheaper to count
  readonly countUpTo?: number; // a total is exact up to here
  readonly conditions: readonly string[];
  readonly params: readonly unknown[];
  /** What callers may sort by → expression. Anything else sorts by the default. */
  readonly sorts?: Readonly<Record<string, string>>;
  readonly defaultSort?: string; // never NULL; the tie break unless told
  readonly tieBreak: string; // unique
}
/** `R`: a row of `select`, `T`: what is made of it. */
interface PageQuery<R extends QueryResultRow, T> extends List {
  readonly select: string;
  readonly read: (row: R) => T;
}

/** Position of a row in an order: the sort value and the tie break, both as text. */
const Cursor = z.tuple([z.string().nullable(), z.string()]);
type Cursor = z.infer<typeof Cursor>;
const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
/** Throws VALIDATION_FAILED: it is no cursor of ours. */
function decode(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw foreignCursor();
  }
}
/** A cursor of another list may hold what the columns of this one cannot be compared with (class 22, data exception). */
const cannotCompare = (error: unknown): boolean => String((error as { code?: unknown } | null)?.code).startsWith('22');

type Placed<R> = R & { readonly page_value: string | null; readonly page_tie: string };

/**
 * One page by position or, when a cursor is given, of what follows it: deep pages cost what the first one costs. Throws
 * VALIDATION_FAILED for a cursor of another list.
 */
export async function page<R extends QueryResultRow, T>(
  tx: Transaction,
  query: PageQuery<R, T>,
): Promise<PageResult<T>> {
  const { request, from, conditions, params, tieBreak } = query;
  const order = orderOf(query);
  const where = conditions.join(' AND ');
  const cursor = request.cursor === null ? null : decode(request.cursor);
  const after = cursor === null ? null : afterOf(cursor, order, params.length);
  const { rows } = await tx
    .query<Placed<R>>(
      `SELECT ${query.select}, (${order.sort})::text AS page_value, (${tieBreak})::text AS page_tie FROM ${from}
       ${restOf(query, order, where, after)}`,
      [...params, ...(cursor ?? [])],
    )
    .catch((error: unknown) => {
      throw cursor !== null && cannotCompare(error) ? foreignCursor() : error;
    });
  const total = await totalOf(rows.length, { ...request, cursor }, () => tx.query(countOf(query, where), params));
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => query.read(row)),
    total,
    nextCursor: rows.length > request.limit && last !== undefined ? encode([last.page_value, last.page_tie]) : null,
  };
}

/** What an offset leaves out is left out by its keys alone: nothing else of it is read. */
function restOf({ request, from, tieBreak }: List, order: Order, where: string, after: string | null): string {
  const inOrder = `ORDER BY ${order.sort} ${order.direction}${order.nulls}, (${tieBreak})::text ${order.direction}`;
  const limited = `${inOrder} LIMIT ${(request.limit + 1).toString()}`;
  if (after !== null || request.offset === 0) return `WHERE ${where}${after ?? ''} ${limited}`;
  const keys = `SELECT ${tieBreak} FROM ${from} WHERE ${where} ${limited} OFFSET ${request.offset.toString()}`;
  return `WHERE ${where} AND ${tieBreak} = ANY (ARRAY(${keys})) ${inOrder}`;
}

function countOf({ from, countFrom = from, countUpTo }: List, where: string): string {
  return countUpTo === undefined
    ? `SELECT count(*)::int AS n FROM ${countFrom} WHERE ${where}`
    : `SELECT count(*)::int AS n FROM (SELECT FROM ${countFrom} WHERE ${where} LIMIT ${countUpTo.toString()}) known`;
}

interface Order {
  readonly sort: string;
  readonly tieBreak: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: '' | ' NULLS LAST';
}

/** With NULLS LAST no index gives the order, so it is said only where there are NULLs. */
function orderOf({ request, sorts, tieBreak, defaultSort = tieBreak }: List): Order {
  const sort = (request.sort === null ? undefined : sorts?.[request.sort]) ?? defaultSort;
  return {
    sort,
    tieBreak,
    direction: request.order === 'asc' ? 'ASC' : 'DESC',
    nulls: sort === defaultSort || sort === tieBreak ? '' : ' NULLS LAST',
  };
}

/** What follows a cursor, whose two parts are bound behind `bound` others. NULLs come last in both directions. */
function afterOf([at]: Cursor, { sort, tieBreak, direction, nulls }: Order, bound: number): string {
  const [value, tie] = [`$${(bound + 1).toString()}`, `$${(bound + 2).toString()}`];
  const beyond = direction === 'ASC' ? '>' : '<';
  return at === null
    ? ` AND ${sort} IS NULL AND ${value}::text IS NULL AND (${tieBreak})::text ${beyond} ${tie}`
    : ` AND ((${sort}, (${tieBreak})::text) ${beyond} (${value}, ${tie})${nulls === '' ? '' : ` OR ${sort} IS NULL`})`;
}
