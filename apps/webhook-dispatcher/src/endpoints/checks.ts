import { ValidationFailed } from '@chargebus/errors';
import { DELIVERABLE_EVENTS, isKnownPattern } from '@chargebus/events';
import type { WebhookPage } from '@chargebus/persistence/webhook';
import type { PageQuery } from '@chargebus/requests';

/** Throws VALIDATION_FAILED that names every pattern that no event can match. */
export function requireKnownEvents(patterns: readonly string[]): void {
  const details = patterns.flatMap((pattern, index) =>
    isKnownPattern(pattern)
      ? []
      : [
          {
            field: `events.${index.toString()}`,
            message: `unknown event ${pattern}; known: ${DELIVERABLE_EVENTS.join(', ')}, and wildcards such as charging.* and *`,
          },
        ],
  );
  if (details.length === 0) return;
  throw new ValidationFailed(
    { summary: details.map(({ field }) => `${field} is not a known event`).join(', ') },
    { details },
  );
}

/** Both lists are in the order of creation; nothing else is sortable. */
export function toPage(query: PageQuery): WebhookPage {
  if (query.sort === null || query.sort === 'created_at') return query;
  const details = [{ field: 'sort', message: 'only created_at is possible' }];
  throw new ValidationFailed({ summary: 'sort: only created_at is possible' }, { details });
}
