import { ValidationFailed } from '@chargebus/errors';
import { DELIVERABLE_EVENTS, isKnownPattern } from '@chargebus/events';

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
