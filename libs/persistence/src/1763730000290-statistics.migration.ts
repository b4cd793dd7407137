import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './database';

/**
 * Only its owner may analyse a table, so a function of the owner does it, and nothing else. A table of some hundred rows
 * is read as fast without statistics; one at which somebody else is at work is left for the next round.
 */
export class Statistics1763730000290 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION tenancy.analyse_grown() RETURNS SETOF text
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE grown regclass;
      BEGIN
        FOR grown IN
          SELECT c.oid FROM pg_class c
          WHERE c.relkind = 'r' AND c.relowner = current_user::regrole AND c.relnamespace <> 'pg_catalog'::regnamespace
            AND pg_stat_get_live_tuples(c.oid) > 2 * greatest(c.reltuples, 100)
        LOOP
          EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
          RETURN NEXT grown::text;
        END LOOP;
      END $$`);
    await runner.query('REVOKE ALL ON FUNCTION tenancy.analyse_grown() FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION tenancy.analyse_grown() TO ${APP_ROLE}`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION tenancy.analyse_grown()');
  }
}
