import type { MigrationInterface, QueryRunner } from 'typeorm';
import { partitionByDay } from '../daily-partitions';
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
 * `tenant_id` is null for calls that were refused before anybody was known; only work without a tenant sees those.
 * `request_id` is unique within its day: a partitioned table can promise no more.
 */
async function createRequestLog(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE iam.api_request_logs (
      day timestamptz NOT NULL, -- midnight UTC before created_at
      request_id text NOT NULL,
      tenant_id uuid,
      client_id uuid,
      method text NOT NULL,
      endpoint text NOT NULL, -- path as called, without the query
      query jsonb,
      device_phy_id text,
      third_party_order_no text,
      request_body jsonb, -- masked
      response_body jsonb, -- masked
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
  await partitionByDay(runner, 'iam', 'api_request_logs');
}
