import { DataSource } from 'typeorm';
import { Statistics1763730000290 } from './1763730000290-statistics.migration';
import { Archive1763730000230 } from './archive/1763730000230-archive.migration';
import { commandMigrations } from './command/migrations';
import { fleetMigrations } from './fleet/migrations';
import { iamMigrations } from './iam/migrations';
import { sessionMigrations } from './session/migrations';
import { Tenancy1700000000000 } from './tenancy.migration';
import { webhookMigrations } from './webhook/migrations';

/**
 * Row-level security binds the owner of a table, too: whatever a migration made with a policy, and did not force. Tables
 * that are forced already are not touched, so nobody waits for a lock.
 */
const FORCE_ISOLATION = `
  DO $$ DECLARE isolated record; BEGIN
    FOR isolated IN SELECT c.oid::regclass AS name, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE NOT c.relforcerowsecurity LOOP
      EXECUTE format('ALTER POLICY %I ON %s TO PUBLIC', isolated.polname, isolated.name);
      EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', isolated.name);
    END LOOP;
  END $$`;

/** Brings the database to this build's shape. Safe to run beside another run: one waits for the other. */
export async function migrate(url: string): Promise<{ applied: readonly string[] }> {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'chargebus-migrate',
    extra: { options: '-c tenancy.scope=*' }, // migrations of data are for every tenant, and their owner is bound like everybody
    migrationsTableName: 'chargebus_migrations',
    migrations: [
      Tenancy1700000000000,
      ...iamMigrations,
      ...sessionMigrations,
      ...commandMigrations,
      ...webhookMigrations,
      ...fleetMigrations,
      Archive1763730000230,
      Statistics1763730000290,
    ],
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock(7001)');
    const applied = await source.runMigrations({ transaction: 'each' });
    await lock.query(FORCE_ISOLATION);
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await lock.query('SELECT pg_advisory_unlock(7001)').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
