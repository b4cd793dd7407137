import type { FirmwareSource, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export type FirmwareState = 'fetching' | 'stored' | 'failed';
export type FirmwareTarget = 'device' | 'power_board' | 'slaves' | 'host';

/** What is known of an image before its bytes are there. */
export interface NewFirmware {
  readonly firmwareId: string;
  readonly tenantId: TenantId;
  readonly version: string;
  readonly sha256: string; // lower-case hex
  readonly target: FirmwareTarget;
  readonly deviceType: number | null; // AP3000 §7.7
  readonly fileName: string | null;
  /** Empty: every one. */
  readonly models: readonly string[];
  readonly hardwareVersions: readonly string[];
  readonly protocols: readonly string[];
  readonly releaseNotes: string | null;
  readonly signing: FirmwareSource['signing'] | null;
  readonly sourceUrl: string | null; // null: uploaded
  readonly sizeBytes: number | null; // null: not stored yet
}
export interface FirmwareRecord extends NewFirmware {
  readonly state: FirmwareState;
  readonly failure: string | null;
  readonly fetchAttempts: number;
  readonly createdAt: Date;
}

const COLUMNS = `firmware_id AS "firmwareId", tenant_id AS "tenantId", version, sha256, size_bytes::float8 AS "sizeBytes",
  state, failure, source_url AS "sourceUrl", file_name AS "fileName", target, device_type AS "deviceType", models,
  hardware_versions AS "hardwareVersions", protocols, release_notes AS "releaseNotes", signing,
  fetch_attempts AS "fetchAttempts", created_at AS "createdAt"`;
/** What a fetch may take before another process tries it, too. */
const FETCH_LEASE_S = 900;

/** Table `fleet.firmware`, written by the app `fleet` alone. */
export class FirmwareRepository {
  /**
   * The image as it is kept: the same bytes for the same version and target are one, and what was told of it first stays.
   * One that could not be fetched is tried anew.
   */
  async put(tx: Transaction, firmware: NewFirmware): Promise<FirmwareRecord> {
    const state: FirmwareState = firmware.sizeBytes === null ? 'fetching' : 'stored';
    const { rows } = await tx.query<FirmwareRecord & Record<string, unknown>>(
      `INSERT INTO fleet.firmware AS f (firmware_id, tenant_id, version, sha256, size_bytes, state, source_url, file_name, target,
         device_type, models, hardware_versions, protocols, release_notes, signing)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT (tenant_id, sha256, version, target) WHERE deleted_at IS NULL DO UPDATE SET
         state = CASE WHEN f.state = 'stored' THEN f.state ELSE excluded.state END,
         size_bytes = coalesce(f.size_bytes, excluded.size_bytes),
         source_url = CASE WHEN f.state = 'stored' THEN f.source_url ELSE excluded.source_url END,
         failure = NULL, due_at = now(), fetch_attempts = 0
       RETURNING ${COLUMNS}`,
      [
        firmware.firmwareId,
        firmware.tenantId,
        firmware.version,
        firmware.sha256,
        firmware.sizeBytes,
        state,
        firmware.sourceUrl,
        firmware.fileName,
        firmware.target,
        firmware.deviceType,
        firmware.models,
        firmware.hardwareVersions,
        firmware.protocols,
        firmware.releaseNotes,
        firmware.signing === null ? null : JSON.stringify(firmware.signing),
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('firmware was not stored');
    return row;
  }

  /** One that was deleted is found by what refers to it. */
  async find(tx: Transaction, tenantId: TenantId, firmwareId: string): Promise<FirmwareRecord | null> {
    const { rows } = await tx.query<FirmwareRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.firmware WHERE tenant_id = $1 AND firmware_id = $2`,
      [tenantId, firmwareId],
    );
    return rows[0] ?? null;
  }
  async findOffered(tx: Transaction, tenantId: TenantId, firmwareId: string): Promise<FirmwareRecord | null> {
    const { rows } = await tx.query<FirmwareRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.firmware WHERE tenant_id = $1 AND firmware_id = $2 AND deleted_at IS NULL`,
      [tenantId, firmwareId],
    );
    return rows[0] ?? null;
  }

  page(
    tx: Transaction,
    tenantId: TenantId,
    filter: { readonly version: string | null; readonly model: string | null; readonly state: FirmwareState | null },
    request: PageRequest,
  ): Promise<PageResult<FirmwareRecord>> {
    return page(tx, {
      request,
      from: 'fleet.firmware',
      select: COLUMNS,
      conditions: [
        'tenant_id = $1 AND deleted_at IS NULL',
        '($2::text IS NULL OR version = $2)',
        `($3::text IS NULL OR models = '{}' OR $3 = ANY (models))`,
        '($4::text IS NULL OR state = $4)',
      ],
      params: [tenantId, filter.version, filter.model, filter.state],
      tieBreak: 'firmware_id',
      read: (row: FirmwareRecord) => row,
    });
  }

  /** False: an upgrade or a rollout that is not over needs it. */
  async remove(tx: Transaction, tenantId: TenantId, firmwareId: string): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.firmware SET deleted_at = now() WHERE tenant_id = $1 AND firmware_id = $2 AND deleted_at IS NULL
         AND NOT EXISTS (SELECT FROM fleet.upgrades u WHERE u.firmware_id = $2 AND u.finished_at IS NULL)
         AND NOT EXISTS (SELECT FROM fleet.rollouts r JOIN fleet.jobs j ON j.job_id = r.rollout_id
                         WHERE r.firmware_id = $2 AND j.finished_at IS NULL)`,
      [tenantId, firmwareId],
    );
    return count === 1;
  }

  /** Those that have to be fetched now; nobody else takes them for a quarter of an hour. */
  async claimFetches(tx: Transaction, limit: number): Promise<FirmwareRecord[]> {
    const { rows } = await tx.query<FirmwareRecord & Record<string, unknown>>(
      `UPDATE fleet.firmware SET due_at = now() + interval '${FETCH_LEASE_S.toString()} seconds', fetch_attempts = fetch_attempts + 1
       WHERE firmware_id IN (
         SELECT firmware_id FROM fleet.firmware WHERE state = 'fetching' AND deleted_at IS NULL AND due_at <= now()
         ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [limit],
    );
    return rows;
  }
  async stored(tx: Transaction, firmwareId: string, sizeBytes: number): Promise<void> {
    await tx.query(
      `UPDATE fleet.firmware SET state = 'stored', size_bytes = $2, failure = NULL WHERE firmware_id = $1 AND state = 'fetching'`,
      [firmwareId, sizeBytes],
    );
  }
  /** `againInMs` null: there will be no further try. */
  async notFetched(tx: Transaction, firmwareId: string, failure: string, againInMs: number | null): Promise<void> {
    await tx.query(
      `UPDATE fleet.firmware SET failure = $2, state = CASE WHEN $3::float8 IS NULL THEN 'failed' ELSE state END,
         due_at = now() + coalesce($3, 0) * interval '1 millisecond'
       WHERE firmware_id = $1 AND state = 'fetching'`,
      [firmwareId, failure, againInMs],
    );
  }

  /** What was installed on the device last by us, other than this version: where a rollback leads. */
  async previous(
    tx: Transaction,
    tenantId: TenantId,
    device: { readonly deviceId: string; readonly version: string | null; readonly model: string | null },
    next: { readonly firmwareId: string; readonly target: FirmwareTarget },
  ): Promise<FirmwareRecord | null> {
    const { rows } = await tx.query<FirmwareRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.firmware f WHERE f.tenant_id = $1 AND f.firmware_id <> $3 AND f.target = $4
         AND f.state = 'stored' AND f.deleted_at IS NULL
         AND (EXISTS (SELECT FROM fleet.upgrades u WHERE u.tenant_id = $1 AND u.device_id = $2 AND u.firmware_id = f.firmware_id
                AND u.state = 'completed')
              OR (ltrim(lower(f.version), 'v') = ltrim(lower($5), 'v') AND (f.models = '{}' OR $6 = ANY (f.models))))
       ORDER BY ltrim(lower(f.version), 'v') = ltrim(lower($5), 'v') DESC,
         (SELECT max(u.finished_at) FROM fleet.upgrades u WHERE u.tenant_id = $1 AND u.device_id = $2
            AND u.firmware_id = f.firmware_id AND u.state = 'completed') DESC NULLS LAST
       LIMIT 1`,
      [tenantId, device.deviceId, next.firmwareId, next.target, device.version, device.model],
    );
    return rows[0] ?? null;
  }

  /** Of these images, those that something still needs or may need again soon. */
  async needed(tx: Transaction, sha256: readonly string[], keptS: number): Promise<ReadonlySet<string>> {
    const { rows } = await tx.query<{ name: string }>(
      `SELECT DISTINCT tenant_id || '.' || sha256 AS name FROM fleet.firmware
       WHERE sha256 = ANY ($1) AND (deleted_at IS NULL OR deleted_at > now() - $2 * interval '1 second')`,
      [sha256, keptS],
    );
    return new Set(rows.map(({ name }) => name));
  }
}
