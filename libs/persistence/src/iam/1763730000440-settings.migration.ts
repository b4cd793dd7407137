import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database';
import { isolateTenants } from '../tenancy.migration';

/**
 * Settings that operators change while everything runs: every change is a row, the newest counts. `tenant_id` null: of
 * the installation; only work without a tenant sees those.
 */
export class Settings1763730000440 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE iam.setting_versions (
        key text NOT NULL,
        tenant_id uuid REFERENCES iam.tenants,
        version integer NOT NULL,
        value jsonb, -- null: back to the default
        changed_by uuid NOT NULL REFERENCES iam.clients,
        changed_at timestamptz NOT NULL DEFAULT now(),
        reason text,
        UNIQUE NULLS NOT DISTINCT (key, tenant_id, version)
      )`);
    await isolateTenants(runner, 'iam.setting_versions');
    await runner.query(`REVOKE UPDATE, DELETE ON iam.setting_versions FROM ${APP_ROLE}`);
    // For operators, who read the log of every tenant at once.
    await runner.query('CREATE INDEX api_request_logs_created_at ON iam.api_request_logs (created_at DESC)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX iam.api_request_logs_created_at');
    await runner.query('DROP TABLE iam.setting_versions');
  }
}
