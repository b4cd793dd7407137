/** One page of a list that is ordered by its sortable id. */
export interface WebhookPage {
  readonly limit: number;
  readonly offset: number; // unused with a cursor
  readonly cursor: string | null; // the last id of the page before
  readonly order: 'asc' | 'desc';
}

/** `rows` holds one more than `limit` when there is a next page. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  idOf: (row: R) => string,
): { items: R[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? idOf(last) : null };
}
