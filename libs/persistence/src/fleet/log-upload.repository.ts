import type { ClientId, CommandId, DeviceId, TenantId } from '@chargebus/domain';
import { tenantsOf } from '../archive/table-source';
import type { Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

/** receiving: somebody has opened the one-time address and sends. */
export type LogUploadState = 'requested' | 'receiving' | 'received' | 'failed';

export interface NewLogUpload {
  readonly uploadId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly clientId: ClientId | null;
  readonly log: 'diagnostics' | 'security';
  readonly commandId: CommandId;
  readonly expiresAt: Date;
}
export interface LogUploadRecord extends NewLogUpload {
  readonly state: LogUploadState;
  readonly reason: string | null;
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Name of its file in the bucket. */
export const blobOfLog = ({ tenantId, uploadId }: Pick<LogUploadRecord, 'tenantId' | 'uploadId'>): string =>
  `${tenantId}.${uploadId}`;

const COLUMNS = `upload_id AS "uploadId", tenant_id AS "tenantId", device_id AS "deviceId", client_id AS "clientId",
  log, state, reason, command_id AS "commandId",
  file_name AS "fileName", size_bytes::float8 AS "sizeBytes", sha256, expires_at AS "expiresAt", created_at AS "createdAt",
  finished_at AS "finishedAt"`;
const OVER = 'finished_at IS NOT NULL';
const LOOK_AGAIN_S = 15;

/** Table `fleet.log_uploads`, written by the app `fleet` alone. */
export class LogUploadRepository {
  async insert(tx: Transaction, upload: NewLogUpload): Promise<LogUploadRecord> {
    const { rows } = await tx.query<LogUploadRecord & Record<string, unknown>>(
      `INSERT INTO fleet.log_uploads (upload_id, tenant_id, device_id, client_id, log, state, command_id, due_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, 'requested', $6, now(), $7) RETURNING ${COLUMNS}`,
      [
        upload.uploadId,
        upload.tenantId,
        upload.deviceId,
        upload.clientId,
        upload.log,
        upload.commandId,
        upload.expiresAt,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('log upload was not stored');
    return row;
  }

  async find(tx: Transaction, tenantId: TenantId, uploadId: string): Promise<LogUploadRecord | null> {
    const { rows } = await tx.query<LogUploadRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.log_uploads WHERE tenant_id = $1 AND upload_id = $2`,
      [tenantId, uploadId],
    );
    return rows[0] ?? null;
  }
  page(
    tx: Transaction,
    tenantId: TenantId,
    deviceId: string,
    request: PageRequest,
  ): Promise<PageResult<LogUploadRecord>> {
    return page(tx, {
      request,
      from: 'fleet.log_uploads',
      select: COLUMNS,
      conditions: ['tenant_id = $1', 'device_id = $2'],
      params: [tenantId, deviceId],
      tieBreak: 'upload_id',
      read: (row: LogUploadRecord) => row,
    });
  }

  /** Opens the address to one sender. A sender that broke off may come again. Null: it is over, expired or unknown. */
  async begin(tx: Transaction, uploadId: string): Promise<LogUploadRecord | null> {
    const { rows } = await tx.query<LogUploadRecord & Record<string, unknown>>(
      `UPDATE fleet.log_uploads SET state = 'receiving'
       WHERE upload_id = $1 AND state IN ('requested', 'receiving') AND expires_at > now() RETURNING ${COLUMNS}`,
      [uploadId],
    );
    return rows[0] ?? null;
  }
  /** The first whole file counts; false: there is one already. */
  async received(
    tx: Transaction,
    uploadId: string,
    file: { readonly fileName: string | null; readonly sizeBytes: number; readonly sha256: string },
  ): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.log_uploads SET state = 'received', file_name = $2, size_bytes = $3, sha256 = $4, reason = NULL,
         finished_at = now()
       WHERE upload_id = $1 AND state IN ('requested', 'receiving')`,
      [uploadId, file.fileName, file.sizeBytes, file.sha256],
    );
    return count === 1;
  }
  async failed(tx: Transaction, uploadId: string, reason: string): Promise<void> {
    await tx.query(
      `UPDATE fleet.log_uploads SET state = 'failed', reason = $2, finished_at = now()
       WHERE upload_id = $1 AND state IN ('requested', 'receiving')`,
      [uploadId, reason],
    );
  }

  /** Tenants of which an upload is over. */
  async tenants(tx: Transaction): Promise<readonly TenantId[]> {
    const { rows } = await tx.query<{ tenant_id: TenantId }>(tenantsOf('fleet.log_uploads', OVER));
    return rows.map((row) => row.tenant_id);
  }
  /** The oldest that were over before then; locked, so that one process at a time removes them. */
  async takeOld(tx: Transaction, tenantId: TenantId, before: Date, limit: number): Promise<readonly LogUploadRecord[]> {
    const { rows } = await tx.query<LogUploadRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.log_uploads WHERE tenant_id = $1 AND ${OVER} AND finished_at < $2
       ORDER BY finished_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [tenantId, before, limit],
    );
    return rows;
  }
  async remove(tx: Transaction, uploadIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM fleet.log_uploads WHERE upload_id = ANY ($1)', [uploadIds]);
  }

  /** Those of which somebody should ask what became of the order. */
  async claimDue(tx: Transaction, limit: number): Promise<LogUploadRecord[]> {
    const { rows } = await tx.query<LogUploadRecord & Record<string, unknown>>(
      `UPDATE fleet.log_uploads SET due_at = now() + interval '${LOOK_AGAIN_S.toString()} seconds'
       WHERE upload_id IN (
         SELECT upload_id FROM fleet.log_uploads WHERE finished_at IS NULL AND due_at <= now()
         ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [limit],
    );
    return rows;
  }
}
