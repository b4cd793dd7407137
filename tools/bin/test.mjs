#!/usr/bin/env node
// npm test [-- jest arguments]: every test, on throw-away servers that are gone afterwards.
import { createRequire } from 'node:module';
import { build, dataDir, installDependencies, requireNode, run } from '../lib/prepare.mjs';
import { resolveBinary, startServers } from '../lib/servers.mjs';

requireNode();
installDependencies();
await build();

const log = (line) => console.error(`[test] ${line}`);
const postgres = await startServers({
  dataDir,
  ephemeral: true,
  only: ['postgres'],
  project: 'chargebus',
  log,
  env: {},
});
const binaries = {};
for (const name of ['nats', 'redis']) {
  const { exe, env } = await resolveBinary(name, { dataDir, log, project: 'chargebus' });
  binaries[name] = { exe, env };
}
const { migrate } = createRequire(import.meta.url)('@chargebus/persistence');
await migrate(postgres.env.DATABASE_URL); // the template that every test file's database is copied from

const env = {
  ...process.env,
  NODE_ENV: 'test',
  CHARGEBUS_TEST_DATABASE_URL: postgres.env.DATABASE_URL,
  CHARGEBUS_TEST_BINARIES: JSON.stringify(binaries),
};
const code = await run('jest', ['--config', 'jest.config.cjs', ...process.argv.slice(2)], { env });
await postgres.stop();
process.exit(code);
