import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/** How devices prove themselves at the WebSocket door, and the certificates that were issued to them. */
export class DeviceCredentials1763720000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.device_credentials (
        device_id text PRIMARY KEY REFERENCES session.devices ON DELETE CASCADE,
        tenant_id uuid NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        subprotocols text[], -- null: all
        security_profile smallint NOT NULL CHECK (security_profile BETWEEN 0 AND 3),
        next_security_profile smallint CHECK (next_security_profile BETWEEN 1 AND 3),
        password_hash text, -- null: it has no password
        password_until timestamptz, -- null: no end
        next_password_hash text, -- valid besides; null: no change is under way
        certificate_cn text, -- null: the device's id
        answers_pings boolean NOT NULL DEFAULT true,
        changed_at timestamptz NOT NULL DEFAULT now()
      )`);
    await isolateTenants(runner, 'session.device_credentials');
    await runner.query(`
      CREATE TABLE session.device_certificates (
        serial_number text PRIMARY KEY, -- hexadecimal, unique in the installation
        tenant_id uuid NOT NULL,
        device_id text NOT NULL REFERENCES session.devices ON DELETE CASCADE,
        use text NOT NULL CHECK (use IN ('station', 'v2g')),
        common_name text NOT NULL,
        chain_pem text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        warned_at timestamptz -- null: nobody was told yet that it expires
      )`);
    await runner.query(
      'CREATE INDEX device_certificates_device ON session.device_certificates (device_id, use, expires_at)',
    );
    await runner.query(
      'CREATE INDEX device_certificates_expiry ON session.device_certificates (expires_at) WHERE warned_at IS NULL',
    );
    await isolateTenants(runner, 'session.device_certificates');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.device_certificates, session.device_credentials');
  }
}
