import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from './database';
import type { Transaction } from './database';
import { isolateTenants } from './tenancy.migration';

/**
 * Makes a table that was created with `PARTITION BY RANGE (<timestamptz>)` live by UTC days. The application's role owns
 * nothing, so days are added and dropped by a function of the owner; rows of a day that nobody prepared go to
 * `<table>_rest`. A partition is reached through its parent only: its own row-level security has no policy.
 */
export async function partitionByDay(runner: QueryRunner, schema: string, table: string): Promise<void> {
  const keepDays = `${schema}.keep_${table}_days(integer, integer)`;
  await isolateTenants(runner, `${schema}.${table}`);
  await runner.query(`CREATE TABLE ${schema}.${table}_rest PARTITION OF ${schema}.${table} DEFAULT`);
  await runner.query(`ALTER TABLE ${schema}.${table}_rest ENABLE ROW LEVEL SECURITY`);
  await runner.query(`REVOKE ALL ON ${schema}.${table}_rest FROM ${APP_ROLE}`);
  await runner.query(`
    CREATE FUNCTION ${schema}.keep_${table}_days(ahead integer, behind integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE today date := (now() AT TIME ZONE 'UTC')::date; day date; name text;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('${schema}.${table}'));
      FOR i IN 0 .. ahead LOOP
        day := today + i;
        name := '${table}_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('${schema}.' || name) IS NOT NULL;
        BEGIN
          EXECUTE format('CREATE TABLE ${schema}.%I PARTITION OF ${schema}.${table} FOR VALUES FROM (%L) TO (%L)',
            name, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
          EXECUTE format('ALTER TABLE ${schema}.%I ENABLE ROW LEVEL SECURITY', name);
          EXECUTE format('REVOKE ALL ON ${schema}.%I FROM ${APP_ROLE}', name);
        EXCEPTION WHEN check_violation THEN NULL; -- the day has begun in the rest: it stays there
        END;
      END LOOP;
      FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = '${schema}.${table}'::regclass AND c.relname ~ '_[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - behind LOOP
        EXECUTE format('DROP TABLE ${schema}.%I', name);
      END LOOP;
    END $$`);
  await runner.query(`REVOKE ALL ON FUNCTION ${keepDays} FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION ${keepDays} TO ${APP_ROLE}`);
  await runner.query(`SELECT ${schema}.keep_${table}_days(2, 0)`);
}

/**
 * The application's role owns no partition. It may have one dropped that holds no more rows than it says: they are counted
 * again when nobody can add to them any more. False: there are others, or no such partition; then nothing has happened.
 */
export async function letDaysGo(runner: QueryRunner, schema: string, table: string): Promise<void> {
  await runner.query(`
    CREATE FUNCTION ${schema}.drop_${table}_day(day date, expected bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE partition text := '${schema}.${table}_' || to_char(day, 'YYYYMMDD'); found bigint;
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
    CREATE FUNCTION ${schema}.drop_empty_${table}_days(before date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE name text; dropped integer := 0;
    BEGIN
      FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = '${schema}.${table}'::regclass AND c.relname ~ '_[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < before LOOP
        IF ${schema}.drop_${table}_day(to_date(right(name, 8), 'YYYYMMDD'), 0) THEN dropped := dropped + 1; END IF;
      END LOOP;
      RETURN dropped;
    END $$`);
  for (const name of [`drop_${table}_day(date, bigint)`, `drop_empty_${table}_days(date)`]) {
    await runner.query(`REVOKE ALL ON FUNCTION ${schema}.${name} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION ${schema}.${name} TO ${APP_ROLE}`);
  }
}

const FOR_EVER_DAYS = 365_000;

/** Prepares today and the two days ahead, drops what is older than `days`. Harmless from many replicas at once. */
export async function keepDays(tx: Transaction, schema: string, table: string, days = FOR_EVER_DAYS): Promise<void> {
  await tx.query(`SELECT ${schema}.keep_${table}_days(2, $1)`, [days]);
}

/** Drops the partition of `day` if it holds `rows` rows; false: it does not, or there is none, and nothing has happened. */
export async function dropDay(
  tx: Transaction,
  schema: string,
  table: string,
  day: Date,
  rows: number,
): Promise<boolean> {
  const answer = await tx.query<{ dropped: boolean }>(`SELECT ${schema}.drop_${table}_day($1::date, $2) AS dropped`, [
    dateOf(day),
    rows,
  ]);
  return answer.rows[0]?.dropped === true;
}
/** Drops days without rows from before `day`. */
export async function dropEmptyDays(tx: Transaction, schema: string, table: string, before: Date): Promise<void> {
  await tx.query(`SELECT ${schema}.drop_empty_${table}_days($1::date)`, [dateOf(before)]);
}
const dateOf = (at: Date): string => at.toISOString().slice(0, 10); // UTC
