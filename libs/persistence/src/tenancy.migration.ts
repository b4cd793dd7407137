import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './database';

/**
 * Who may see which row: `tenancy.scope` of the transaction holds tenant ids, or `*` for work that belongs to none.
 * `tenancy.visible` raises when it is not set, so a forgotten tenant is an error and never a default (U02).
 */
export class Tenancy1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DO $$ BEGIN CREATE ROLE ${APP_ROLE} NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    );
    await runner.query(`GRANT ${APP_ROLE} TO CURRENT_USER`);
    await runner.query('CREATE SCHEMA IF NOT EXISTS tenancy');
    await runner.query(`GRANT USAGE ON SCHEMA tenancy TO ${APP_ROLE}`);
    await runner.query(`
      CREATE FUNCTION tenancy.visible() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
      DECLARE scope text := current_setting('tenancy.scope', true);
      BEGIN
        IF scope IS NULL OR scope = '' THEN RAISE EXCEPTION 'no tenant is set for this transaction' USING ERRCODE = 'P0T01'; END IF;
        IF scope = '*' THEN RETURN NULL; END IF;
        RETURN string_to_array(scope, ',')::uuid[];
      END $$`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA tenancy CASCADE');
  }
}

/** A schema of one app: the application role may use it and what will be created in it. */
export async function createAppSchema(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`CREATE SCHEMA ${schema}`);
  await runner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${APP_ROLE}`);
  await runner.query(
    `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${APP_ROLE}`,
  );
  await runner.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${APP_ROLE}`);
}

/**
 * Row-level security for a table with a `tenant_id uuid NOT NULL`, for its owner too; partitions inherit it through the
 * parent.
 */
export async function isolateTenants(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
  await runner.query(`
    CREATE POLICY tenant_isolation ON ${table}
    USING ((SELECT tenancy.visible()) IS NULL OR tenant_id = ANY ((SELECT tenancy.visible())::uuid[]))
    WITH CHECK ((SELECT tenancy.visible()) IS NULL OR tenant_id = ANY ((SELECT tenancy.visible())::uuid[]))`);
}
