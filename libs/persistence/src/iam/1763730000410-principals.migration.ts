import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '../tenancy.migration';

/**
 * Clients become principals: keys of machines, and people whom a signed token names. Both may be limited to a part of
 * the tenant's devices, to addresses, to a time. A key that is rotated stays good beside the new one until `previous_until`.
 */
export class Principals1763730000410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE iam.clients
        ALTER COLUMN api_key_hash DROP NOT NULL,
        ALTER COLUMN api_key_hint DROP NOT NULL,
        ALTER COLUMN secret_sealed DROP NOT NULL,
        ADD COLUMN kind text NOT NULL DEFAULT 'key' CHECK (kind IN ('key', 'person')),
        ADD COLUMN issuer text, -- of a person's tokens
        ADD COLUMN subject text, -- as the issuer names the person
        ADD COLUMN within jsonb, -- data scope; null: the whole tenant
        ADD COLUMN allowed_addresses text[] NOT NULL DEFAULT '{}', -- ranges; none: from anywhere
        ADD COLUMN expires_at timestamptz,
        ADD COLUMN created_by uuid, -- null: at installation
        ADD COLUMN last_used_at timestamptz,
        ADD COLUMN last_used_address text,
        ADD COLUMN previous_key_hash text UNIQUE,
        ADD COLUMN previous_secret_sealed text,
        ADD COLUMN previous_until timestamptz,
        DROP CONSTRAINT clients_status_check,
        ADD CONSTRAINT clients_status_check CHECK (status IN ('active', 'disabled', 'revoked')),
        ADD CONSTRAINT clients_credentials_check CHECK (CASE kind
          WHEN 'key' THEN num_nulls(api_key_hash, api_key_hint, secret_sealed) = 0 AND num_nonnulls(issuer, subject) = 0
          ELSE num_nulls(issuer, subject) = 0 AND num_nonnulls(api_key_hash, api_key_hint, secret_sealed) = 0 END),
        ADD CONSTRAINT clients_subject_unique UNIQUE (issuer, subject)`);
    await runner.query(`
      CREATE TABLE iam.roles (
        tenant_id uuid NOT NULL REFERENCES iam.tenants,
        name text NOT NULL,
        description text,
        grants text[] NOT NULL, -- scopes, bundles
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, name)
      )`);
    await isolateTenants(runner, 'iam.roles');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE iam.roles');
    await runner.query("DELETE FROM iam.clients WHERE kind = 'person'");
    await runner.query(`
      ALTER TABLE iam.clients
        DROP CONSTRAINT clients_credentials_check,
        DROP CONSTRAINT clients_status_check,
        DROP COLUMN kind, DROP COLUMN issuer, DROP COLUMN subject, DROP COLUMN within, DROP COLUMN allowed_addresses,
        DROP COLUMN expires_at, DROP COLUMN created_by, DROP COLUMN last_used_at, DROP COLUMN last_used_address,
        DROP COLUMN previous_key_hash, DROP COLUMN previous_secret_sealed, DROP COLUMN previous_until,
        ALTER COLUMN api_key_hash SET NOT NULL,
        ALTER COLUMN api_key_hint SET NOT NULL,
        ALTER COLUMN secret_sealed SET NOT NULL`);
    await runner.query("UPDATE iam.clients SET status = 'disabled' WHERE status = 'revoked'");
    await runner.query(
      "ALTER TABLE iam.clients ADD CONSTRAINT clients_status_check CHECK (status IN ('active', 'disabled'))",
    );
  }
}
