import 'reflect-metadata';
import { SCOPES } from '@chargebus/api-contract';
import { databaseSettings, defineConfig, readConfig, secretsSettings } from '@chargebus/config';
import { Database } from '@chargebus/persistence';
import { SecretBox } from '@chargebus/security';
import { Command, Option } from 'commander';
import { provision } from './clients/provision';
import type { ProvisionRequest } from './clients/provision';

const definition = defineConfig('api-bootstrap', { ...databaseSettings, ...secretsSettings });
const scopeList = (text: string): string[] => text.split(',').map((name) => name.trim());

/**
 * Makes an installation's first tenant and client, without the API. Repeating it changes nothing, except that a key and
 * secret that are given become the client's. Prints one JSON object; a secret that was not given now is not in it.
 */
async function main(): Promise<void> {
  const program = new Command('bootstrap')
    .addOption(new Option('--tenant-id <uuid>', 'made when it is left out and no tenant has the name'))
    .requiredOption('--tenant-name <name>')
    .requiredOption('--client-name <name>')
    .option('--scopes <list>', `of ${SCOPES.join(', ')}; third: all that an integrator needs`, scopeList, ['third'])
    .option('--api-key <key>', 'made when it is left out')
    .option('--api-secret <secret>', 'made when it is left out')
    .option('--allow-unsigned', 'the key alone is enough over TLS', false)
    .parse();
  const config = readConfig(definition);
  const database = await Database.connect({ url: config.DATABASE_URL, app: 'bootstrap', poolSize: 1 });
  try {
    const result = await provision(database, new SecretBox(config.SECRETS_KEYS), program.opts<ProvisionRequest>());
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`bootstrap: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
