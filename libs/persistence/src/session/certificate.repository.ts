import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

export type CertificateUse = 'station' | 'v2g';
export interface IssuedCertificate {
  readonly serialNumber: string; // hexadecimal
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly use: CertificateUse;
  readonly commonName: string;
  readonly chainPem: string; // leaf first
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

const OF_EVERY_TENANT = asSystem('certificates of every tenant expire');

/** Certificates that were issued to devices. Written by `session` only. */
export class CertificateRepository {
  constructor(private readonly database: Database) {}

  async add(certificate: IssuedCertificate): Promise<void> {
    await this.database.query(
      forTenant(certificate.tenantId),
      `INSERT INTO session.device_certificates
         (serial_number, tenant_id, device_id, use, common_name, chain_pem, issued_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        certificate.serialNumber,
        certificate.tenantId,
        certificate.deviceId,
        certificate.use,
        certificate.commonName,
        certificate.chainPem,
        new Date(certificate.issuedAtMs).toISOString(),
        new Date(certificate.expiresAtMs).toISOString(),
      ],
    );
  }

  /** When the newest certificate of the device ends; null: it has none. */
  async validUntilMs(tenantId: TenantId, deviceId: DeviceId, use: CertificateUse): Promise<number | null> {
    const { rows } = await this.database.query<{ expires_at: Date | null }>(
      forTenant(tenantId),
      'SELECT max(expires_at) AS expires_at FROM session.device_certificates WHERE device_id = $1 AND use = $2',
      [deviceId, use],
    );
    return rows[0]?.expires_at?.getTime() ?? null;
  }

  /** Those that end before `beforeMs`, that no newer one replaces and of which nobody was told yet. */
  async findExpiring(
    beforeMs: number,
    limit: number,
  ): Promise<readonly Pick<IssuedCertificate, 'serialNumber' | 'deviceId' | 'use' | 'expiresAtMs'>[]> {
    const { rows } = await this.database.query<{
      serial_number: string;
      device_id: DeviceId;
      use: CertificateUse;
      expires_at: Date;
    }>(
      OF_EVERY_TENANT,
      `SELECT serial_number, device_id, use, expires_at FROM session.device_certificates e
       WHERE warned_at IS NULL AND expires_at < $1 AND NOT EXISTS (
         SELECT 1 FROM session.device_certificates n
         WHERE n.device_id = e.device_id AND n.use = e.use AND n.expires_at > e.expires_at)
       ORDER BY expires_at LIMIT $2`,
      [new Date(beforeMs).toISOString(), limit],
    );
    return rows.map((row) => ({
      serialNumber: row.serial_number,
      deviceId: row.device_id,
      use: row.use,
      expiresAtMs: row.expires_at.getTime(),
    }));
  }
  async markWarned(serialNumbers: readonly string[], nowMs: number): Promise<void> {
    await this.database.query(
      OF_EVERY_TENANT,
      'UPDATE session.device_certificates SET warned_at = $2 WHERE serial_number = ANY ($1) AND warned_at IS NULL',
      [serialNumbers, new Date(nowMs).toISOString()],
    );
  }
}
