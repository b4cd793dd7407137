#!/usr/bin/env node
// A Postgres of its own for one test, driven over IPC: tells `{ url }` when it is ready; the message `crash` kills it
// without warning and starts it again on the same data and port, which is told in the same way.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { readRun } from '../servers/data-folder.mjs';
import { EmbeddedServers } from '../servers/embedded-servers.mjs';
import { childrenOf, isAlive, isRoot, sleep } from '../servers/process.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chargebus-test-'));
if (isRoot) fs.chmodSync(dir, 0o711); // Postgres runs as another user
const newServers = () =>
  new EmbeddedServers({ dataDir: dir, project: 'chargebus', only: ['postgres'], env: {}, log: () => {} });

let servers = newServers();
const { migrate } = createRequire(import.meta.url)('@chargebus/persistence');
const { DATABASE_URL: url } = await servers.start();
await migrate(url);
process.send({ url });

process.on('message', async () => {
  const [{ pid }] = readRun(dir).servers;
  const orphans = childrenOf(pid); // they hold the data and its shared memory for a moment longer
  process.kill(pid, 'SIGKILL');
  while ([pid, ...orphans].some(isAlive)) await sleep(10);
  await servers.stop();
  servers = newServers();
  const { DATABASE_URL: again } = await servers.start();
  if (again !== url) throw new Error('came back on another port: its own was taken');
  process.send({ url });
});
process.on('disconnect', async () => {
  await servers.stop();
  fs.rmSync(dir, { recursive: true, force: true });
  process.exit(0);
});
