import type { QueryResultRow } from 'pg';
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
/** `R`: a row of `select`, `T`: what is made of it. */
interface PageQuery<R extends QueryResultRow, T> {
  readonly request: PageRequest;
  readonly from: string;
  readonly countFrom?: string; // has the same rows and is cheaper to count
  readonly select: string;
  readonly conditions: readonly string[];
  readonly params: readonly unknown[];
  /** What callers may sort by → expression. Anything else sorts by the default. */
  readonly sorts: Readonly<Record<string, string>>;
  readonly defaultSort: string; // never NULL
  readonly tieBreak: string; // unique
  readonly read: (row: R) => T;
}

/** Position of a row in an order: the sort value and the tie break, both as text. */
type Cursor = readonly [value: string | null, tie: string];
const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
/** Null: no cursor of ours, which starts at the beginning. */
function decode(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(value)) return null;
    const [at, tie] = value as readonly unknown[];
    return typeof tie === 'string' && (at === null || typeof at === 'string') ? [at, tie] : null;
  } catch {
    return null;
  }
}

type Placed<R> = R & { readonly page_value: string | null; readonly page_tie: string };

/** One page by position or, when a cursor is given, of what follows it: deep pages cost what the first one costs. */
export async function page<R extends QueryResultRow, T>(
  tx: Transaction,
  query: PageQuery<R, T>,
): Promise<PageResult<T>> {
  const { request, from, conditions, tieBreak } = query;
  const sort = (request.sort === null ? undefined : query.sorts[request.sort]) ?? query.defaultSort;
  // With NULLS LAST no index gives the order, so it is said only where there are NULLs.
  const nullable = sort !== query.defaultSort && sort !== tieBreak;
  const nulls = nullable ? ' NULLS LAST' : '';
  const direction = request.order === 'asc' ? 'ASC' : 'DESC';
  const where = conditions.join(' AND ');
  const params = [...query.params];
  const cursor = request.cursor === null ? null : decode(request.cursor);
  let after = '';
  if (cursor !== null) {
    params.push(cursor[0], cursor[1]);
    const [value, tie] = [`$${(params.length - 1).toString()}`, `$${params.length.toString()}`];
    const beyond = request.order === 'asc' ? '>' : '<';
    // NULLs come last in both directions; the cast takes the type of the column it is compared with.
    after =
      cursor[0] === null
        ? ` AND ${sort} IS NULL AND ${value}::text IS NULL AND (${tieBreak})::text ${beyond} ${tie}`
        : ` AND ((${sort}, (${tieBreak})::text) ${beyond} (${value}, ${tie})${nullable ? ` OR ${sort} IS NULL` : ''})`;
  }
  const { rows } = await tx.query<Placed<R>>(
    `SELECT ${query.select}, (${sort})::text AS page_value, (${tieBreak})::text AS page_tie FROM ${from}
     WHERE ${where}${after} ORDER BY ${sort} ${direction}${nulls}, (${tieBreak})::text ${direction}
     LIMIT ${(request.limit + 1).toString()} OFFSET ${(cursor === null ? request.offset : 0).toString()}`,
    params,
  );
  const total = await totalOf(rows.length, { ...request, cursor }, () =>
    tx.query(`SELECT count(*)::int AS n FROM ${query.countFrom ?? from} WHERE ${where}`, query.params),
  );
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => query.read(row)),
    total,
    nextCursor: rows.length > request.limit && last !== undefined ? encode([last.page_value, last.page_tie]) : null,
  };
}
