import { DataSource } from 'typeorm';
import { commandMigrations } from './command/migrations';
import { fleetMigrations } from './fleet/migrations';
import { iamMigrations } from './iam/migrations';
import { sessionMigrations } from './session/migrations';
import { Tenancy1700000000000 } from './tenancy.migration';
import { webhookMigrations } from './webhook/migrations';

/** Brings the database to this build's shape. Safe to run beside another run: one waits for the other. */
export async function migrate(url: string): Promise<{ applied: readonly string[] }> {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'chargebus-migrate',
    migrationsTableName: 'chargebus_migrations',
    migrations: [
      Tenancy1700000000000,
      ...iamMigrations,
      ...sessionMigrations,
      ...commandMigrations,
      ...webhookMigrations,
      ...fleetMigrations,
    ],
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock(7001)');
    const applied = await source.runMigrations({ transaction: 'each' });
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await lock.query('SELECT pg_advisory_unlock(7001)').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
