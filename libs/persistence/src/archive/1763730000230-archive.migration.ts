import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemOnly } from '../session/1700000100000-session-schema.migration';
import { createAppSchema, isolateTenants } from '../tenancy.migration';

/** One shelf for what leaves the tables of every app, and one place that says when (ADR 0164). Both were `session`'s alone. */
export class Archive1763730000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAppSchema(runner, 'archive');
    await runner.query(`
      CREATE TABLE archive.retention_policies (
        tenant_id uuid NOT NULL,
        retained text NOT NULL, -- of RETENTION_DAYS in libs/domain
        days integer NOT NULL CHECK (days BETWEEN 1 AND 36500),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, retained)
      )`);
    await isolateTenants(runner, 'archive.retention_policies');
    await createInstallationPolicies(runner);
    await runner.query(`
      INSERT INTO archive.retention_policies (tenant_id, retained, days, updated_at)
      SELECT tenant_id, retained, days, updated_at FROM session.retention_policies,
        LATERAL (VALUES ('samples', samples_days), ('sessions', sessions_days), ('logs', logs_days)) AS v (retained, days)`);
    await runner.query('DROP TABLE session.retention_policies');
    await runner.query('ALTER TABLE session.archives SET SCHEMA archive');
    await runner.query('DROP FUNCTION session.rolled_until()'); // the table is read as the system instead
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE archive.archives SET SCHEMA session');
    await runner.query(`
      CREATE TABLE session.retention_policies AS
      SELECT tenant_id, max(days) FILTER (WHERE retained = 'samples') AS samples_days,
        max(days) FILTER (WHERE retained = 'sessions') AS sessions_days,
        max(days) FILTER (WHERE retained = 'logs') AS logs_days, max(updated_at) AS updated_at
      FROM archive.retention_policies GROUP BY tenant_id`);
    await runner.query('ALTER TABLE session.retention_policies ADD PRIMARY KEY (tenant_id)');
    await isolateTenants(runner, 'session.retention_policies');
    await runner.query('DROP SCHEMA archive CASCADE');
    await runner.query(`
      CREATE FUNCTION session.rolled_until() RETURNS timestamptz
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
      AS 'SELECT rolled_until FROM session.rollup_state'`);
  }
}

/** What counts for tenants without a policy is no tenant's row: only work that runs as the system may see it. */
async function createInstallationPolicies(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE archive.installation_policies (
      retained text PRIMARY KEY,
      tenant_id uuid, -- always null
      days integer NOT NULL CHECK (days BETWEEN 1 AND 36500)
    )`);
  await systemOnly(runner, 'archive.installation_policies');
}
