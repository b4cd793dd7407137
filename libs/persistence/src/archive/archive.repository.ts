import type { TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant } from '../scope';

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

/** The manifest of all archives. Written by `Archiver` alone, in whichever app it runs. */
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
