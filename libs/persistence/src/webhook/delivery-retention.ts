import type { Retention } from '../archive/retention-keeper';
import { keepDays } from '../daily-partitions';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import type { DeliveryLogRepository } from './delivery-log.repository';

const DAY_MS = 86_400_000;

/**
 * Deliveries that are over leave for good, those of deleted endpoints at once. Attempts lie in partitions of days, which
 * go when no tenant keeps their day; without its delivery nobody sees one.
 */
export const deliveryRetention = (database: Database, log: DeliveryLogRepository, days: number): Retention => ({
  kind: 'deliveries',
  retained: 'deliveries',
  defaultDays: () => days,
  tenants: () => log.tenants(database.alone(asSystem('deliveries of every tenant are looked after'))),
  next: (tenantId, keepFrom) =>
    database.transaction(forTenant(tenantId), async (tx) => {
      const rows = await log.removeOld(tx, keepFrom.getTime());
      return rows === 0 ? null : { rows };
    }),
  tidy: (before) =>
    database.transaction(asSystem('partitions belong to no tenant'), (tx) =>
      keepDays(tx, 'webhook', 'attempts', Math.ceil((Date.now() - before.getTime()) / DAY_MS)),
    ),
});
