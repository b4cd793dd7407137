import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letDaysGo } from '../daily-partitions';
import { isolateTenants } from '../tenancy.migration';

/** How long each tenant keeps what, and where it went (ADR 0162). */
export class Retention1763730000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.retention_policies (
        tenant_id uuid PRIMARY KEY,
        samples_days integer NOT NULL CHECK (samples_days BETWEEN 1 AND 36500),
        sessions_days integer NOT NULL CHECK (sessions_days BETWEEN samples_days AND 36500),
        logs_days integer NOT NULL CHECK (logs_days BETWEEN 1 AND 36500),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await isolateTenants(runner, 'session.retention_policies');
    await createArchives(runner);
    await runner.query(
      `CREATE INDEX sessions_closed ON session.charging_sessions (tenant_id, created_at) WHERE status IN ('settled', 'failed')`,
    );
    await letDaysGo(runner, 'session', 'meter_values');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION session.drop_meter_values_day(date, bigint), session.drop_empty_meter_values_days(date);
      DROP INDEX session.sessions_closed;
      DROP TABLE session.archives, session.retention_policies`);
  }
}

/** Later in a schema of its own, for every app. */
async function createArchives(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE session.archives (
      archive_id text PRIMARY KEY,
      tenant_id uuid NOT NULL,
      kind text NOT NULL,
      range_from timestamptz NOT NULL,
      range_to timestamptz NOT NULL,
      part integer NOT NULL,
      rows bigint NOT NULL,
      bytes bigint NOT NULL,
      sha256 text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (tenant_id, kind, range_from, part)
    )`);
  await isolateTenants(runner, 'session.archives');
}
