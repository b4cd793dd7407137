import type { TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

/** Days that a tenant keeps what in its tables; after them it is in archives. */
export interface RetentionPolicy {
  readonly samplesDays: number;
  readonly sessionsDays: number; // with their rolled up hours; not less than samplesDays
  readonly logsDays: number; // alarms and faults
}
type Row = Readonly<Record<'samples_days' | 'sessions_days' | 'logs_days', number>>;

/** Policies of tenants. Written by the app `session` alone. */
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** Null: the tenant has none of its own. */
  async find(tenantId: TenantId): Promise<RetentionPolicy | null> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      'SELECT * FROM session.retention_policies WHERE tenant_id = $1',
      [tenantId],
    );
    return rows[0] === undefined ? null : toPolicy(rows[0]);
  }

  async put(tenantId: TenantId, policy: RetentionPolicy): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      `INSERT INTO session.retention_policies (tenant_id, samples_days, sessions_days, logs_days) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id) DO UPDATE SET samples_days = excluded.samples_days,
         sessions_days = excluded.sessions_days, logs_days = excluded.logs_days, updated_at = now()`,
      [tenantId, policy.samplesDays, policy.sessionsDays, policy.logsDays],
    );
  }

  /** Every tenant that has devices or samples, with its policy; null: none of its own. */
  async all(): Promise<readonly { readonly tenantId: TenantId; readonly policy: RetentionPolicy | null }[]> {
    const { rows } = await this.database.query<Row & { tenant_id: TenantId; own: boolean }>(
      asSystem('history of every tenant is looked after'),
      `SELECT t.tenant_id, p.tenant_id IS NOT NULL AS own, p.samples_days, p.sessions_days, p.logs_days
       FROM (SELECT DISTINCT tenant_id FROM session.devices UNION SELECT DISTINCT tenant_id FROM session.sample_days) t
       LEFT JOIN session.retention_policies p USING (tenant_id) ORDER BY 1`,
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, policy: row.own ? toPolicy(row) : null }));
  }

  /** Drops days without rows from before `day`. Returns how many. */
  async dropEmptyDays(day: Date): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(
      asSystem('partitions belong to no tenant'),
      'SELECT session.drop_empty_meter_values_days($1::date) AS n',
      [day.toISOString().slice(0, 10)],
    );
    return rows[0]?.n ?? 0;
  }
}

const toPolicy = (row: Row): RetentionPolicy => ({
  samplesDays: row.samples_days,
  sessionsDays: row.sessions_days,
  logsDays: row.logs_days,
});
