import { databaseSettings, defineConfig, readConfig } from '@chargebus/config';
import { Database } from '@chargebus/persistence';
import { AuditRepository } from '@chargebus/persistence/iam';

const definition = defineConfig('api-verify-audit', { ...databaseSettings });

/**
 * Computes the audit log of every tenant anew and prints one JSON object per tenant. Exit code 1: one is not what was
 * written; its `firstBroken` names the entry.
 */
async function main(): Promise<void> {
  const config = readConfig(definition);
  const database = await Database.connect({ url: config.DATABASE_URL, app: 'verify-audit', poolSize: 1 });
  try {
    const audit = new AuditRepository(database);
    for (const tenantId of await audit.tenants()) {
      const report = await audit.verify(tenantId);
      process.stdout.write(`${JSON.stringify(report)}\n`);
      if (!report.intact) process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`verify-audit: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
