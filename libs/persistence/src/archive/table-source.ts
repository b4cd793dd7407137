import type { Retained, TenantId } from '@chargebus/domain';
import { dropDay } from '../daily-partitions';
import type { Transaction } from '../database';
import type { ArchiveSlice, ArchiveSource } from './archiver';

/** Rows of a table that are found by a time of theirs. There is an index by tenant and that time. */
export interface ArchivedRows {
  readonly kind: string;
  readonly retained: Retained;
  readonly span: ArchiveSource['span'];
  readonly table: string;
  readonly time: string;
  readonly may: string; // condition: which of them may leave at all
}

export const sliceParams = ({ tenantId, from, to }: ArchiveSlice): readonly unknown[] => [tenantId, from, to];
export const sliceWhere = ({ time, may }: Pick<ArchivedRows, 'time' | 'may'>): string =>
  `tenant_id = $1 AND ${time} >= $2 AND ${time} < $3 AND ${may}`;

/** They are deleted when they are in their file. */
export function rowsLeave(rows: ArchivedRows): ArchiveSource {
  const { kind, retained, span, table, time, may } = rows;
  const where = sliceWhere(rows);
  return {
    kind,
    retained,
    span,
    tenants: tenantsOf(table, may),
    oldest: (tx, tenantId) =>
      oldestTime(tx, `SELECT min(${time}) AS at FROM ${table} WHERE tenant_id = $1 AND ${may}`, tenantId),
    lines: `SELECT to_jsonb(t)::text AS line FROM ${table} t WHERE ${where} ORDER BY ${time}`,
    remove: async (tx, slice) => (await tx.query(`DELETE FROM ${table} WHERE ${where}`, sliceParams(slice))).count,
  };
}

/**
 * Removes a tenant's rows of one day from a table that lives by days. A partition is shared by tenants who keep different
 * times: it is dropped when the rows of this one are the last in it, else they are deleted from it.
 */
export async function removeDay(
  tx: Transaction,
  table: { readonly schema: string; readonly name: string; readonly time: string },
  slice: ArchiveSlice,
  rows: number,
): Promise<number> {
  const { schema, name, time } = table;
  if (await dropDay(tx, schema, name, slice.from, rows)) return rows;
  const where = sliceWhere({ time, may: 'true' });
  return (await tx.query(`DELETE FROM ${schema}.${name} WHERE ${where}`, sliceParams(slice))).count;
}

export async function oldestTime(tx: Transaction, sql: string, tenantId: TenantId): Promise<Date | null> {
  const { rows } = await tx.query<{ at: Date | null }>(sql, [tenantId]);
  return rows[0]?.at ?? null;
}

/** Every tenant that has rows, found in as many steps through the index by tenant. */
export const tenantsOf = (table: string, may: string): string => `
  WITH RECURSIVE found AS (
    (SELECT tenant_id FROM ${table} WHERE tenant_id IS NOT NULL AND ${may} ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT tenant_id FROM ${table} WHERE tenant_id > found.tenant_id AND ${may} ORDER BY tenant_id LIMIT 1)
    FROM found WHERE found.tenant_id IS NOT NULL)
  SELECT tenant_id FROM found WHERE tenant_id IS NOT NULL`;
