import type { DataScope } from '@chargebus/domain';

/**
 * Whether `given` reaches beyond `own` as far as their words tell: every region, station, group and device that is given
 * must be written in one's own scope, too. A station within one's own region is not known here, so it counts as beyond.
 */
export function exceeds(given: DataScope | null, own: DataScope | null): boolean {
  if (own === null) return false;
  if (given === null) return true;
  const parts = ['regions', 'stations', 'groups', 'devices'] as const;
  return parts.some((part) => {
    const mine: ReadonlySet<string> = new Set(own[part]);
    return given[part].some((name) => !mine.has(name));
  });
}
