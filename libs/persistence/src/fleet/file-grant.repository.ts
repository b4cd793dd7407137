import type { TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';

/** A device may fetch one file by FTP until it expires. */
export interface FileGrant {
  readonly grantId: string;
  readonly tenantId: TenantId;
  readonly upgradeId: string;
  readonly userName: string | null; // null: whoever knows the file's name, for devices without credentials
  readonly passwordHash: string | null; // SHA-256, hex
  readonly fileName: string; // unique; not to be guessed where there is no user
  readonly blob: string;
  readonly sizeBytes: number;
  readonly expiresAt: Date;
}

const COLUMNS = `grant_id AS "grantId", tenant_id AS "tenantId", upgrade_id AS "upgradeId", user_name AS "userName",
  password_hash AS "passwordHash", file_name AS "fileName", blob, size_bytes::float8 AS "sizeBytes", expires_at AS "expiresAt"`;

/** Table `fleet.file_grants`, written by the app `fleet` alone; every replica that serves FTP reads it. */
export class FileGrantRepository {
  /** Given again, it stays as it was. */
  async insert(tx: Transaction, grant: FileGrant): Promise<void> {
    await tx.query(
      `INSERT INTO fleet.file_grants (grant_id, tenant_id, upgrade_id, user_name, password_hash, file_name, blob, size_bytes,
         expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (grant_id) DO NOTHING`,
      [
        grant.grantId,
        grant.tenantId,
        grant.upgradeId,
        grant.userName,
        grant.passwordHash,
        grant.fileName,
        grant.blob,
        grant.sizeBytes,
        grant.expiresAt,
      ],
    );
  }
  async ofUser(tx: Transaction, userName: string): Promise<FileGrant | null> {
    const { rows } = await tx.query<FileGrant & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.file_grants WHERE user_name = $1 AND expires_at > now()`,
      [userName],
    );
    return rows[0] ?? null;
  }
  async ofFile(tx: Transaction, fileName: string): Promise<FileGrant | null> {
    const { rows } = await tx.query<FileGrant & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.file_grants WHERE user_name IS NULL AND file_name = $1 AND expires_at > now()`,
      [fileName],
    );
    return rows[0] ?? null;
  }
  /** What an upgrade that is over could still be fetched with. */
  async revoke(tx: Transaction, upgradeId: string): Promise<void> {
    await tx.query('DELETE FROM fleet.file_grants WHERE upgrade_id = $1', [upgradeId]);
  }
  async removeExpired(tx: Transaction): Promise<void> {
    await tx.query(`DELETE FROM fleet.file_grants WHERE expires_at < now() - interval '1 hour'`);
  }
}
