#!/usr/bin/env node
// npm test [-- jest arguments]: every test, on throw-away servers that are gone afterwards.
import { createRequire } from 'node:module';
import { prepare } from '../lib/prepare.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { dataDir } from '../lib/workspace.mjs';
import { EmbeddedServers } from '../servers/embedded-servers.mjs';
import { resolveBinary } from '../servers/resolve-binary.mjs';

const log = (line) => console.error(`[test] ${line}`);
await prepare(log);

// One Postgres for the run; its database is the template that every test file's own is copied from. NATS and Redis
// are started, killed and restarted by the test files themselves.
const servers = new EmbeddedServers({
  dataDir,
  project: 'chargebus',
  ephemeral: true,
  only: ['postgres'],
  env: {},
  log,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void servers.stop().finally(() => process.exit(130)));

const { DATABASE_URL } = await servers.start();
const binaries = {};
for (const name of ['nats', 'redis']) {
  const { exe, env } = await resolveBinary(name, { dataDir, log });
  binaries[name] = { exe, env };
}
const { migrate } = createRequire(import.meta.url)('@chargebus/persistence');
await migrate(DATABASE_URL);

const code = await runProgram('jest', ['--config', 'jest.config.cjs', ...process.argv.slice(2)], {
  env: {
    ...process.env,
    NODE_ENV: 'test',
    CHARGEBUS_TEST_DATABASE_URL: DATABASE_URL,
    CHARGEBUS_TEST_BINARIES: JSON.stringify(binaries),
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
await servers.stop();
process.exit(code);
