import { removeDay, rowsLeave } from '../archive/table-source';
import type { ArchiveSource } from '../archive/archiver';
import { dropEmptyDays } from '../daily-partitions';
import { asSystem } from '../scope';

const LOG = { schema: 'iam', name: 'api_request_logs', time: 'created_at' } as const;

/** Calls of tenants. Calls that were refused before anybody was known are in no archive: they go when the installation says so. */
export const REQUEST_ARCHIVE: ArchiveSource = {
  ...rowsLeave({
    kind: 'requests',
    retained: 'requests',
    span: 'day',
    table: `${LOG.schema}.${LOG.name}`,
    time: LOG.time,
    may: 'true',
  }),
  remove: (tx, slice, rows) => removeDay(tx, LOG, slice, rows),
  async tidy(database, before, byDefault) {
    await database.transaction(asSystem('calls of nobody, and partitions, belong to no tenant'), async (tx) => {
      await tx.query(
        `DELETE FROM iam.api_request_logs WHERE tenant_id IS NULL AND day < date_trunc('day', $1::timestamptz, 'UTC')`,
        [byDefault],
      );
      await dropEmptyDays(tx, LOG.schema, LOG.name, before);
    });
  },
};
