import type { ClientId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem } from '../scope';

/** One change of one setting. */
export interface SettingVersion {
  readonly key: string;
  readonly tenantId: TenantId | null; // null: of the installation
  readonly version: number; // from 1
  readonly value: unknown; // null: back to the default
  readonly changedBy: ClientId;
  readonly changedByName: string;
  readonly changedAt: string; // RFC 3339
  readonly reason: string | null;
}
export type SettingChange = Pick<SettingVersion, 'key' | 'tenantId' | 'value' | 'changedBy' | 'reason'>;

interface Row {
  key: string;
  tenant_id: TenantId | null;
  version: number;
  value: unknown;
  changed_by: ClientId;
  changed_by_name: string;
  changed_at: Date;
  reason: string | null;
}
const toVersion = (row: Row): SettingVersion => ({
  key: row.key,
  tenantId: row.tenant_id,
  version: row.version,
  value: row.value,
  changedBy: row.changed_by,
  changedByName: row.changed_by_name,
  changedAt: row.changed_at.toISOString(),
  reason: row.reason,
});
const NAMED = 'v.*, c.name AS changed_by_name';
const FROM = 'iam.setting_versions v JOIN iam.clients c ON c.client_id = v.changed_by';
const scope = asSystem('settings belong to the operator of the installation, those of one tenant too');

/** Written by `api` only; versions are never changed or removed. */
export class SettingRepository {
  constructor(private readonly database: Database) {}

  /** The newest version of every setting that was ever changed, of the installation and of each tenant. */
  async findCurrent(): Promise<readonly SettingVersion[]> {
    const { rows } = await this.database.query<Row>(
      scope,
      `SELECT DISTINCT ON (v.key, v.tenant_id) ${NAMED} FROM ${FROM} ORDER BY v.key, v.tenant_id, v.version DESC`,
    );
    return rows.map(toVersion);
  }

  /** Newest first. */
  async history(key: string, tenantId: TenantId | null): Promise<readonly SettingVersion[]> {
    const { rows } = await this.database.query<Row>(
      scope,
      `SELECT ${NAMED} FROM ${FROM} WHERE v.key = $1 AND v.tenant_id IS NOT DISTINCT FROM $2::uuid
       ORDER BY v.version DESC LIMIT 500`,
      [key, tenantId],
    );
    return rows.map(toVersion);
  }

  /**
   * Adds a version. `expectedVersion`: what the caller has seen, 0: none, null: whatever it is. Null is returned when
   * somebody else was faster.
   */
  async append(change: SettingChange, expectedVersion: number | null): Promise<number | null> {
    const { rows } = await this.database.query<{ version: number }>(
      scope,
      `INSERT INTO iam.setting_versions (key, tenant_id, version, value, changed_by, reason)
       SELECT $1, $2::uuid, last.version + 1, $3::jsonb, $4::uuid, $5::text
       FROM (SELECT coalesce(max(version), 0) AS version FROM iam.setting_versions
             WHERE key = $1 AND tenant_id IS NOT DISTINCT FROM $2::uuid) AS last
       WHERE $6::int IS NULL OR last.version = $6
       ON CONFLICT DO NOTHING RETURNING version`,
      [
        change.key,
        change.tenantId,
        change.value === null ? null : JSON.stringify(change.value),
        change.changedBy,
        change.reason,
        expectedVersion,
      ],
    );
    return rows[0]?.version ?? null;
  }
}
