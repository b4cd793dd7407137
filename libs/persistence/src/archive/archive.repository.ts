import type { TenantId } from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { forTenant } from '../scope';
import { tenantsOf } from './table-source';

/** What one file holds. */
export interface ArchiveRecord {
  readonly archiveId: string;
  readonly kind: string;
  readonly from: Date;
  readonly to: Date; // excluded
  readonly part: number; // more than one: rows came late
  readonly rows: number;
  readonly bytes: number; // compressed
  readonly sha256: string; // of the file
  readonly createdAt: Date;
}

/** The manifest of all archives. Written by `Archiver`, in whichever app it runs. */
export class ArchiveRepository {
  constructor(private readonly database: Database) {}

  /** The latest range first. Null: any kind. */
  async list(
    tenantId: TenantId,
    filter: { readonly kind: string | null; readonly from: string | null; readonly until: string | null },
    page: { readonly limit: number; readonly offset: number; readonly order: 'asc' | 'desc' },
  ): Promise<{ readonly items: readonly ArchiveRecord[]; readonly total: number }> {
    const { rows } = await this.database.query<{ total: string }>(
      forTenant(tenantId),
      `SELECT *, count(*) OVER () AS total FROM archive.archives
       WHERE tenant_id = $1 AND ($2::text IS NULL OR kind = $2)
         AND ($3::timestamptz IS NULL OR range_to > $3) AND ($4::timestamptz IS NULL OR range_from < $4)
       ORDER BY range_from ${page.order === 'asc' ? 'ASC' : 'DESC'}, archive_id LIMIT $5 OFFSET $6`,
      [tenantId, filter.kind, filter.from, filter.until, page.limit, page.offset],
    );
    return { items: rows.map(toRecord), total: Number(rows[0]?.total ?? 0) };
  }

  async tenants(tx: Transaction): Promise<readonly TenantId[]> {
    const { rows } = await tx.query<{ tenant_id: TenantId }>(tenantsOf('archive.archives', 'true'));
    return rows.map((row) => row.tenant_id);
  }
  /** Ids of those with nothing later than `before` in them; locked, so that one process at a time removes them. */
  async takeOld(tx: Transaction, tenantId: TenantId, before: Date, limit: number): Promise<readonly string[]> {
    const { rows } = await tx.query<{ archive_id: string }>(
      `SELECT archive_id FROM archive.archives WHERE tenant_id = $1 AND range_to <= $2
       ORDER BY range_to LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [tenantId, before, limit],
    );
    return rows.map((row) => row.archive_id);
  }
  async remove(tx: Transaction, archiveIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM archive.archives WHERE archive_id = ANY ($1)', [archiveIds]);
  }

  async find(tenantId: TenantId, archiveId: string): Promise<ArchiveRecord | null> {
    const { rows } = await this.database.query(
      forTenant(tenantId),
      `SELECT * FROM archive.archives WHERE tenant_id = $1 AND archive_id = $2`,
      [tenantId, archiveId],
    );
    return rows[0] === undefined ? null : toRecord(rows[0]);
  }
}

const toRecord = (row: Readonly<Record<string, unknown>>): ArchiveRecord => ({
  archiveId: row.archive_id as string,
  kind: row.kind as string,
  from: row.range_from as Date,
  to: row.range_to as Date,
  part: row.part as number,
  rows: Number(row.rows),
  bytes: Number(row.bytes),
  sha256: row.sha256 as string,
  createdAt: row.created_at as Date,
});
