import type { TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

/** A name that a tenant gives to scopes and bundles, to be granted as one. */
export interface Role {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly description: string | null;
  readonly grants: readonly string[];
  readonly updatedAt: string; // RFC 3339
}
interface Row {
  tenant_id: TenantId;
  name: string;
  description: string | null;
  grants: string[];
  updated_at: Date;
}
const toRole = (row: Row): Role => ({
  tenantId: row.tenant_id,
  name: row.name,
  description: row.description,
  grants: row.grants,
  updatedAt: row.updated_at.toISOString(),
});

/** Written by `api` only. */
export class RoleRepository {
  constructor(private readonly database: Database) {}

  /** Roles of every tenant: what policies are made of. */
  async findAll(): Promise<readonly Role[]> {
    const { rows } = await this.database.query<Row>(
      asSystem('policies of the whole installation'),
      'SELECT * FROM iam.roles ORDER BY tenant_id, name',
    );
    return rows.map(toRole);
  }

  async list(tenantId: TenantId): Promise<readonly Role[]> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      'SELECT * FROM iam.roles WHERE tenant_id = $1 ORDER BY name',
      [tenantId],
    );
    return rows.map(toRole);
  }

  /** Makes or replaces it; answers what there was before, null: nothing. */
  async put(role: Omit<Role, 'updatedAt'>): Promise<{ readonly before: Role | null; readonly after: Role }> {
    return this.database.transaction(forTenant(role.tenantId), async (tx) => {
      const before = await tx.query<Row>('SELECT * FROM iam.roles WHERE tenant_id = $1 AND name = $2 FOR UPDATE', [
        role.tenantId,
        role.name,
      ]);
      const after = await tx.query<Row>(
        `INSERT INTO iam.roles (tenant_id, name, description, grants) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, name) DO UPDATE SET description = excluded.description, grants = excluded.grants, updated_at = now()
         RETURNING *`,
        [role.tenantId, role.name, role.description, role.grants],
      );
      const [written] = after.rows;
      if (written === undefined) throw new Error('an upsert returned no row');
      return { before: before.rows[0] === undefined ? null : toRole(before.rows[0]), after: toRole(written) };
    });
  }

  /** Null: there was none. */
  async remove(tenantId: TenantId, name: string): Promise<Role | null> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      'DELETE FROM iam.roles WHERE tenant_id = $1 AND name = $2 RETURNING *',
      [tenantId, name],
    );
    return rows[0] === undefined ? null : toRole(rows[0]);
  }
}
