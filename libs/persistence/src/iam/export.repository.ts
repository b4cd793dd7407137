import type { ClientId, DataScope, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

export type ExportState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
export interface NewExport {
  readonly exportId: string;
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
  readonly kind: string;
  readonly format: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly bom: boolean;
  readonly within: DataScope | null;
}
export interface ExportRecord extends NewExport {
  readonly state: ExportState;
  readonly attempts: number;
  readonly rows: number;
  readonly totalRows: number | null; // as counted when it began; null: not known
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly error: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly expiresAt: string | null;
}
type Run = Pick<ExportRecord, 'exportId' | 'tenantId' | 'attempts'>;

const OPEN = `state IN ('queued', 'running')`;
const WORKERS = asSystem('whoever is free makes the export of any tenant');
const FORGET_AFTER_DAYS = 30;

/**
 * Exports under way and made. Written by the app `api`; a run is claimed with a lease, and every later statement about it
 * names its attempt, so that one who was taken for dead changes nothing.
 */
export class ExportRepository {
  constructor(private readonly database: Database) {}

  /** Null: the tenant has `limit` open ones already. */
  async add(order: NewExport, limit: number): Promise<ExportRecord | null> {
    return this.database.transaction(forTenant(order.tenantId), async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`exports/${order.tenantId}`]);
      const { rows } = await tx.query(
        `INSERT INTO iam.exports (export_id, tenant_id, client_id, kind, format, filters, within, bom)
         SELECT $1, $2, $3, $4, $5, $6, $7, $9
         WHERE (SELECT count(*) FROM iam.exports WHERE tenant_id = $2 AND ${OPEN}) < $8 RETURNING *`,
        [
          order.exportId,
          order.tenantId,
          order.clientId,
          order.kind,
          order.format,
          JSON.stringify(order.filters),
          order.within === null ? null : JSON.stringify(order.within),
          limit,
          order.bom,
        ],
      );
      return rows[0] === undefined ? null : toRecord(rows[0]);
    });
  }

  async find(tenantId: TenantId, exportId: string): Promise<ExportRecord | null> {
    const { rows } = await this.database.query(
      forTenant(tenantId),
      'SELECT * FROM iam.exports WHERE tenant_id = $1 AND export_id = $2',
      [tenantId, exportId],
    );
    return rows[0] === undefined ? null : toRecord(rows[0]);
  }

  /** The newest first. `clientId` null: those of all clients. */
  async list(
    tenantId: TenantId,
    clientId: ClientId | null,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly items: readonly ExportRecord[]; readonly total: number }> {
    const { rows } = await this.database.query<{ total: string }>(
      forTenant(tenantId),
      `SELECT *, count(*) OVER () AS total FROM iam.exports
       WHERE tenant_id = $1 AND ($2::uuid IS NULL OR client_id = $2)
       ORDER BY created_at DESC, export_id DESC LIMIT $3 OFFSET $4`,
      [tenantId, clientId, page.limit, page.offset],
    );
    return { items: rows.map(toRecord), total: Number(rows[0]?.total ?? 0) };
  }

  /** The oldest that nobody makes, or that its maker has let go of; null: there is none. */
  async claim(leaseMs: number): Promise<ExportRecord | null> {
    const { rows } = await this.database.query(
      WORKERS,
      `UPDATE iam.exports SET state = 'running', attempts = attempts + 1, rows = 0, total_rows = NULL,
         started_at = coalesce(started_at, now()), leased_until = now() + $1 * interval '1 millisecond'
       WHERE export_id = (SELECT export_id FROM iam.exports
         WHERE state = 'queued' OR (state = 'running' AND leased_until < now())
         ORDER BY created_at FOR UPDATE SKIP LOCKED LIMIT 1)
       RETURNING *`,
      [leaseMs],
    );
    return rows[0] === undefined ? null : toRecord(rows[0]);
  }

  /** How many rows there will be. False: as in `progress`. */
  expect(run: Run, totalRows: number): Promise<boolean> {
    return this.change(run, 'total_rows = $4', [totalRows]);
  }
  /** Tells how far a run is and prolongs it. False: it was cancelled, or somebody else has taken over. */
  progress(run: Run, rows: number, leaseMs: number): Promise<boolean> {
    return this.change(run, `rows = $4, leased_until = now() + $5 * interval '1 millisecond'`, [rows, leaseMs]);
  }
  finish(
    run: Run,
    made: { readonly rows: number; readonly bytes: number; readonly sha256: string; readonly keepMs: number },
  ): Promise<boolean> {
    return this.change(
      run,
      `state = 'done', rows = $4, bytes = $5, sha256 = $6, finished_at = now(), leased_until = NULL,
       expires_at = now() + $7 * interval '1 millisecond'`,
      [made.rows, made.bytes, made.sha256, made.keepMs],
    );
  }
  fail(run: Run, error: string): Promise<boolean> {
    return this.change(run, `state = 'failed', error = $4, finished_at = now(), leased_until = NULL`, [error]);
  }
  /** Puts a run back for whoever is next: this process ends. */
  release(run: Run): Promise<boolean> {
    return this.change(run, `state = 'queued', attempts = attempts - 1, leased_until = NULL`, []);
  }
  private async change(run: Run, set: string, params: readonly unknown[]): Promise<boolean> {
    const { count } = await this.database.query(
      forTenant(run.tenantId),
      `UPDATE iam.exports SET ${set} WHERE tenant_id = $1 AND export_id = $2 AND attempts = $3 AND state = 'running'`,
      [run.tenantId, run.exportId, run.attempts, ...params],
    );
    return count === 1;
  }

  /** False: it is over already, or was never there. */
  async cancel(tenantId: TenantId, exportId: string): Promise<boolean> {
    const { count } = await this.database.query(
      forTenant(tenantId),
      `UPDATE iam.exports SET state = 'cancelled', finished_at = now(), leased_until = NULL
       WHERE tenant_id = $1 AND export_id = $2 AND ${OPEN}`,
      [tenantId, exportId],
    );
    return count === 1;
  }

  async forgetOld(): Promise<void> {
    await this.database.query(
      WORKERS,
      `DELETE FROM iam.exports WHERE finished_at < now() - ${FORGET_AFTER_DAYS.toString()} * interval '1 day'`,
    );
  }
}

const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const toRecord = (row: Readonly<Record<string, unknown>>): ExportRecord => ({
  exportId: row.export_id as string,
  tenantId: row.tenant_id as TenantId,
  clientId: row.client_id as ClientId,
  kind: row.kind as string,
  format: row.format as string,
  filters: row.filters as ExportRecord['filters'],
  within: row.within as DataScope | null,
  state: row.state as ExportState,
  attempts: row.attempts as number,
  bom: row.bom as boolean,
  rows: Number(row.rows),
  totalRows: row.total_rows === null ? null : Number(row.total_rows),
  bytes: row.bytes === null ? null : Number(row.bytes),
  sha256: row.sha256 as string | null,
  error: row.error as string | null,
  createdAt: instant(row.created_at) ?? '',
  startedAt: instant(row.started_at),
  finishedAt: instant(row.finished_at),
  expiresAt: instant(row.expires_at),
});
