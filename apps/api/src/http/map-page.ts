import type { Page } from '@chargebus/requests';

export const mapPage = <A, B>(
  page: Page<A>,
  view: (item: A) => B,
): { items: B[]; total: number; nextCursor: string | null } => ({
  items: page.items.map(view),
  total: page.total,
  nextCursor: page.nextCursor,
});
