import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../../database';
import { page } from '../../paging';
import type { PageRequest, PageResult } from '../../paging';
import type { ChangeRecord, KnownValue, VersionRecord } from './param.record';

interface VersionRow {
  readonly device_id: DeviceId;
  readonly version: number;
  readonly change_id: string;
  readonly source: string;
  readonly actor: VersionRecord['actor'];
  readonly note: string | null;
  readonly job_id: string | null;
  readonly changes: VersionRecord['changes'];
  readonly values: VersionRecord['values'];
  readonly created_at: Date;
}
const COLUMNS =
  'v.device_id, v.version, v.change_id, v.source, v.actor, v.note, v.job_id, v.changes, v.values, v.created_at';

/** What is known of the parameters of devices, and what was: `fleet.param_values`, `fleet.param_versions`. */
export class ParameterVersionRepository {
  async known(tx: Transaction, deviceId: DeviceId): Promise<readonly KnownValue[]> {
    const { rows } = await tx.query<{
      name: string;
      value: KnownValue['value'];
      source: KnownValue['source'];
      known_at: Date;
    }>(
      'SELECT name, value, source, known_at FROM fleet.param_values WHERE device_id = $1 ORDER BY name',
      [deviceId],
      'param-values',
    );
    return rows.map(({ known_at: knownAt, ...row }) => ({ ...row, knownAt }));
  }

  async learn(
    tx: Transaction,
    tenantId: TenantId,
    deviceId: DeviceId,
    values: readonly Omit<KnownValue, 'knownAt'>[],
  ): Promise<void> {
    if (values.length === 0) return;
    await tx.query(
      `INSERT INTO fleet.param_values (tenant_id, device_id, name, value, source, known_at)
       SELECT $1, $2, v.name, nullif(v.value, 'null'), v.source, now()
       FROM jsonb_to_recordset($3::jsonb) AS v (name text, value jsonb, source text)
       ON CONFLICT (tenant_id, device_id, name)
       DO UPDATE SET value = excluded.value, source = excluded.source, known_at = excluded.known_at`,
      [tenantId, deviceId, JSON.stringify(values)],
    );
  }

  /** The number that it got. One change of a device runs at a time, so numbers have no gaps. */
  async add(
    tx: Transaction,
    change: Pick<ChangeRecord, 'tenantId' | 'deviceId' | 'changeId' | 'actor' | 'note' | 'jobId'>,
    version: Pick<VersionRecord, 'source' | 'changes' | 'values'>,
  ): Promise<number> {
    const { rows } = await tx.query<{ version: number }>(
      `INSERT INTO fleet.param_versions (tenant_id, device_id, version, change_id, source, actor, note, job_id, changes, values)
       SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5, $6, $7, $8, $9
       FROM fleet.param_versions WHERE tenant_id = $1 AND device_id = $2
       RETURNING version`,
      [
        change.tenantId,
        change.deviceId,
        change.changeId,
        version.source,
        JSON.stringify(change.actor),
        change.note,
        change.jobId,
        JSON.stringify(version.changes),
        JSON.stringify(version.values),
      ],
    );
    return rows[0]?.version ?? 1;
  }

  async find(tx: Transaction, deviceId: DeviceId, version: number): Promise<VersionRecord | null> {
    const { rows } = await tx.query<VersionRow>(
      `SELECT ${COLUMNS} FROM fleet.param_versions v WHERE v.device_id = $1 AND v.version = $2`,
      [deviceId, version],
    );
    return rows[0] === undefined ? null : toVersion(rows[0]);
  }

  /** Null: there was none yet. */
  async latest(tx: Transaction, deviceId: DeviceId): Promise<number | null> {
    const { rows } = await tx.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM fleet.param_versions WHERE device_id = $1',
      [deviceId],
      'param-version',
    );
    return rows[0]?.version ?? null;
  }

  list(tx: Transaction, deviceId: DeviceId, request: PageRequest): Promise<PageResult<VersionRecord>> {
    return page(tx, {
      request,
      from: 'fleet.param_versions v',
      select: COLUMNS,
      conditions: ['v.device_id = $1'],
      params: [deviceId],
      sorts: { version: 'v.version' },
      defaultSort: 'v.version',
      tieBreak: 'v.change_id',
      read: toVersion,
    });
  }
}

const toVersion = (row: VersionRow): VersionRecord => ({
  deviceId: row.device_id,
  version: row.version,
  changeId: row.change_id,
  source: row.source,
  actor: row.actor,
  note: row.note,
  jobId: row.job_id,
  changes: row.changes,
  values: row.values,
  createdAt: row.created_at,
});
