import type { Rows } from './database';

interface Asked {
  readonly limit: number;
  readonly offset: number;
  readonly cursor: unknown; // null: the page is told by its offset
  readonly counted?: boolean | undefined; // false: the total is not wanted
}

/**
 * How many rows a list has of which `found`, at most one more than `limit`, were read for a page. The end of a list says
 * so itself; only what goes on is counted. 0: nobody asked.
 */
export async function totalOf(found: number, asked: Asked, count: () => Promise<Rows<{ n: number }>>): Promise<number> {
  const { limit, offset, cursor, counted } = asked;
  if (counted === false) return 0;
  if (cursor === null && found <= limit && (found > 0 || offset === 0)) return offset + found;
  return (await count()).rows[0]?.n ?? 0;
}
