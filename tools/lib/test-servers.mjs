// The servers behind tests and benchmarks: one throw-away Postgres for the run, whose migrated database is the template
// that every test file's own is copied from. NATS and Redis are started, killed and restarted by the test files.
import { createRequire } from 'node:module';
import { EmbeddedServers } from '../servers/embedded-servers.mjs';
import { resolveBinary } from '../servers/resolve-binary.mjs';
import { dataDir } from './workspace.mjs';

/** Where the servers are that test files start themselves; needs no dependency of the lockfile. */
export async function resolveTestBinaries(log) {
  const binaries = {};
  for (const name of ['nats', 'redis']) {
    const { exe, env } = await resolveBinary(name, { dataDir, log });
    binaries[name] = { exe, env };
  }
  return binaries;
}

/** @returns {Promise<{env: Record<string, string>, stop: () => Promise<void>}>} env: what the test files read */
export async function startTestServers(binaries, log) {
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
  const { migrate } = createRequire(import.meta.url)('@chargebus/persistence');
  await migrate(DATABASE_URL);
  return {
    env: { CHARGEBUS_TEST_DATABASE_URL: DATABASE_URL, CHARGEBUS_TEST_BINARIES: JSON.stringify(binaries) },
    stop: () => servers.stop(),
  };
}
