import type { TenantId } from '@chargebus/domain';
import type { Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem } from '../scope';

export interface Tenant {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly createdAt: string; // RFC 3339
}
interface Row {
  tenant_id: TenantId;
  name: string;
  status: Tenant['status'];
  created_at: Date;
}
const toTenant = (row: Row): Tenant => ({
  tenantId: row.tenant_id,
  name: row.name,
  status: row.status,
  createdAt: row.created_at.toISOString(),
});

const scope = asSystem('the list of tenants belongs to the operator of the installation');

/** Written by `api` only. */
export class TenantRepository {
  constructor(private readonly database: Database) {}

  /** False: a tenant with this id or name exists already. */
  async insert(tenantId: TenantId, name: string): Promise<boolean> {
    const { count } = await this.database.query(
      scope,
      'INSERT INTO iam.tenants (tenant_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [tenantId, name],
    );
    return count === 1;
  }

  async find(tenantId: TenantId): Promise<Tenant | null> {
    const { rows } = await this.database.query<Row>(scope, 'SELECT * FROM iam.tenants WHERE tenant_id = $1', [
      tenantId,
    ]);
    return rows[0] === undefined ? null : toTenant(rows[0]);
  }

  async findByName(name: string): Promise<Tenant | null> {
    const { rows } = await this.database.query<Row>(scope, 'SELECT * FROM iam.tenants WHERE name = $1', [name]);
    return rows[0] === undefined ? null : toTenant(rows[0]);
  }

  /** `page.sort`: `created_at` or `name`. */
  async list(page: PageQuery): Promise<Page<Tenant>> {
    const column = page.sort === 'name' ? 'name' : 'created_at';
    const direction = page.order === 'asc' ? 'ASC' : 'DESC';
    const { rows } = await this.database.query<Row & { total: string }>(
      scope,
      `SELECT *, count(*) OVER () AS total FROM iam.tenants ORDER BY ${column} ${direction}, tenant_id LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    );
    return { items: rows.map(toTenant), total: Number(rows[0]?.total ?? 0), nextCursor: null };
  }
}
