import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createArchives } from '../archive/archive.repository';
import { APP_ROLE } from '../database';
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
    await createArchives(runner, 'session');
    await runner.query(
      `CREATE INDEX sessions_closed ON session.charging_sessions (tenant_id, created_at) WHERE status IN ('settled', 'failed')`,
    );
    await dropDays(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION session.drop_meter_values_day(date, bigint), session.drop_empty_meter_values_days(date);
      DROP INDEX session.sessions_closed;
      DROP TABLE session.archives, session.retention_policies`);
  }
}

/**
 * The application's role owns no partition. It may have one dropped that holds no more rows than it says: they are counted
 * again when nobody can add to them any more. False: there are others, or no such partition; then nothing has happened.
 */
async function dropDays(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION session.drop_meter_values_day(day date, expected bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE partition text := 'session.meter_values_' || to_char(day, 'YYYYMMDD'); found bigint;
    BEGIN
      IF to_regclass(partition) IS NULL THEN RETURN false; END IF;
      EXECUTE 'SELECT count(*) FROM ' || partition INTO found;
      IF found <> expected THEN RETURN false; END IF;
      PERFORM set_config('lock_timeout', '2s', true);
      EXECUTE 'LOCK TABLE ' || partition || ' IN SHARE MODE';
      EXECUTE 'SELECT count(*) FROM ' || partition INTO found;
      IF found <> expected THEN RETURN false; END IF;
      EXECUTE 'DROP TABLE ' || partition;
      RETURN true;
    EXCEPTION WHEN lock_not_available THEN RETURN false; -- somebody reads: the rows are deleted one by one instead
    END $$`);
  await runner.query(`
    CREATE FUNCTION session.drop_empty_meter_values_days(before date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE name text; dropped integer := 0;
    BEGIN
      FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'session.meter_values'::regclass AND c.relname ~ '_[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < before LOOP
        IF session.drop_meter_values_day(to_date(right(name, 8), 'YYYYMMDD'), 0) THEN dropped := dropped + 1; END IF;
      END LOOP;
      RETURN dropped;
    END $$`);
  for (const name of ['drop_meter_values_day(date, bigint)', 'drop_empty_meter_values_days(date)']) {
    await runner.query(`REVOKE ALL ON FUNCTION session.${name} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION session.${name} TO ${APP_ROLE}`);
  }
}
