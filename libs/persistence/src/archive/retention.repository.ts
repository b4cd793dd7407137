import { RETAINED, RETENTION_DAYS } from '@chargebus/domain';
import type { Retained, RetentionDays, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

const EVERYBODY = asSystem('how long the installation keeps what, and every tenant for itself');

interface Row {
  readonly retained: Retained;
  readonly days: number;
}
const daysOf = (rows: readonly Row[]): Partial<RetentionDays> =>
  Object.fromEntries(rows.map(({ retained, days }) => [retained, days]));

/**
 * How long which tenant keeps what (ADR 0164). Whoever keeps something says what counts for tenants that said nothing;
 * policies of tenants are written by the app `session` alone.
 */
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** What counts for tenants that said nothing. */
  async installation(): Promise<RetentionDays> {
    const { rows } = await this.database.query<Row>(
      EVERYBODY,
      'SELECT retained, days FROM archive.installation_policies',
      [],
      'retention-of-all',
    );
    return { ...RETENTION_DAYS, ...daysOf(rows) };
  }

  /** `own`: the tenant has said something. */
  async policyOf(tenantId: TenantId): Promise<{ readonly days: RetentionDays; readonly own: boolean }> {
    const [installation, own] = await Promise.all([
      this.installation(),
      this.database.query<Row>(
        forTenant(tenantId),
        'SELECT retained, days FROM archive.retention_policies WHERE tenant_id = $1',
        [tenantId],
        'retention-of-tenant',
      ),
    ]);
    return { days: { ...installation, ...daysOf(own.rows) }, own: own.count > 0 };
  }

  /** In place of the whole policy: what is left out is kept as the installation keeps it. One at a time of a tenant. */
  async put(tenantId: TenantId, days: Readonly<Partial<Record<Retained, number | undefined>>>): Promise<void> {
    const said = RETAINED.filter((retained) => days[retained] !== undefined);
    await this.database.transaction(forTenant(tenantId), async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('retention'), hashtext($1))", [tenantId]);
      await tx.query('DELETE FROM archive.retention_policies WHERE tenant_id = $1 AND retained <> ALL ($2)', [
        tenantId,
        said,
      ]);
      await tx.query(
        `INSERT INTO archive.retention_policies (tenant_id, retained, days)
         SELECT $1, retained, days FROM unnest($2::text[], $3::int[]) AS said (retained, days)
         ON CONFLICT (tenant_id, retained) DO UPDATE SET days = excluded.days, updated_at = now()`,
        [tenantId, said, said.map((retained) => days[retained])],
      );
    });
  }

  /** What the installation keeps, for tenants without a policy. Told by whoever keeps it. */
  async tell(retained: Retained, days: number): Promise<void> {
    await this.database.query(
      EVERYBODY,
      `INSERT INTO archive.installation_policies (retained, days) VALUES ($1, $2)
       ON CONFLICT (retained) DO UPDATE SET days = excluded.days WHERE installation_policies.days <> excluded.days`,
      [retained, days],
    );
  }

  /** Of the tenants that have a policy for it. */
  async ownDays(retained: Retained): Promise<ReadonlyMap<TenantId, number>> {
    const { rows } = await this.database.query<{ tenant_id: TenantId; days: number }>(
      EVERYBODY,
      'SELECT tenant_id, days FROM archive.retention_policies WHERE retained = $1',
      [retained],
    );
    return new Map(rows.map((row) => [row.tenant_id, row.days]));
  }
}
