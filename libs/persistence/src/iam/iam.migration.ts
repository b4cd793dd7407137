import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database';
import { createAppSchema, isolateTenants } from '../tenancy.migration';

/** Tenants, their clients (API keys) and the log of API calls. */
export class Iam1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'iam');
    await runner.query(`
      CREATE TABLE iam.tenants (
        tenant_id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE,
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await isolateTenants(runner, 'iam.tenants');
    await runner.query(`
      CREATE TABLE iam.clients (
        client_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES iam.tenants,
        name text NOT NULL,
        api_key_hash text NOT NULL UNIQUE,
        api_key_hint text NOT NULL,
        secret_sealed text NOT NULL,
        scopes text[] NOT NULL,
        allow_unsigned boolean NOT NULL DEFAULT false,
        rate_limit_per_min integer CHECK (rate_limit_per_min > 0),
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (tenant_id, name)
      )`);
    await isolateTenants(runner, 'iam.clients');
    await createRequestLog(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA iam CASCADE');
  }
}

/**
 * One partition a day, made ahead and dropped by `iam.keep_request_log_days`, which runs as the owner because the
 * application role owns nothing. The partitions themselves are closed to it: rows are reached through the parent, whose
 * policy isolates tenants. `tenant_id` is null for calls that were refused before anybody was known; only work
 * without a tenant sees those.
 */
async function createRequestLog(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE iam.api_request_logs (
      day date NOT NULL,
      request_id text NOT NULL,
      tenant_id uuid,
      client_id uuid,
      method text NOT NULL,
      endpoint text NOT NULL,
      query jsonb,
      device_phy_id text,
      third_party_order_no text,
      request_body jsonb,
      response_body jsonb,
      status_code smallint NOT NULL,
      duration_ms real NOT NULL,
      client_ip inet,
      user_agent text,
      created_at timestamptz NOT NULL,
      UNIQUE (request_id, day)
    ) PARTITION BY RANGE (day)`);
  await runner.query('CREATE INDEX ON iam.api_request_logs (tenant_id, created_at DESC)');
  await runner.query(
    'CREATE INDEX ON iam.api_request_logs (tenant_id, device_phy_id, created_at DESC) WHERE device_phy_id IS NOT NULL',
  );
  await runner.query(
    'CREATE INDEX ON iam.api_request_logs (tenant_id, third_party_order_no) WHERE third_party_order_no IS NOT NULL',
  );
  await isolateTenants(runner, 'iam.api_request_logs');
  await runner.query(`
    CREATE FUNCTION iam.keep_request_log_days(ahead integer, behind integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      today date := (now() AT TIME ZONE 'UTC')::date;
      d date;
      part text;
    BEGIN
      PERFORM pg_advisory_xact_lock(7002);
      FOR i IN -1..ahead LOOP
        d := today + i;
        part := 'api_request_logs_' || to_char(d, 'YYYYMMDD');
        IF to_regclass('iam.' || part) IS NULL THEN
          EXECUTE format('CREATE TABLE iam.%I PARTITION OF iam.api_request_logs FOR VALUES FROM (%L) TO (%L)', part, d, d + 1);
          EXECUTE format('ALTER TABLE iam.%I ENABLE ROW LEVEL SECURITY', part);
          EXECUTE format('REVOKE ALL ON iam.%I FROM ${APP_ROLE}', part);
        END IF;
      END LOOP;
      FOR part IN SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
        WHERE inhparent = 'iam.api_request_logs'::regclass
          AND c.relname < 'api_request_logs_' || to_char(today - behind, 'YYYYMMDD')
      LOOP
        EXECUTE format('DROP TABLE iam.%I', part);
      END LOOP;
    END $$`);
  await runner.query('REVOKE ALL ON FUNCTION iam.keep_request_log_days FROM PUBLIC');
  await runner.query(`GRANT EXECUTE ON FUNCTION iam.keep_request_log_days TO ${APP_ROLE}`);
  await runner.query('SELECT iam.keep_request_log_days(7, 3650)');
}
