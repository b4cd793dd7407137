import { ValidationFailed } from '@chargebus/errors';
import type { SortablePage } from '@chargebus/persistence/fleet';
import type { PageQuery } from '@chargebus/requests';

/** Lists of firmware are in the order of creation; nothing else is sortable. */
export function toSortablePage(query: PageQuery): SortablePage {
  if (query.sort === null || query.sort === 'created_at') return query;
  const details = [{ field: 'sort', message: 'only created_at is possible' }];
  throw new ValidationFailed({ summary: 'sort: only created_at is possible' }, { details });
}
