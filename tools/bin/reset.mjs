#!/usr/bin/env node
// npm run reset: forgets everything that npm start kept, except the server binaries that were fetched.
import fs from 'node:fs';
import path from 'node:path';
import { dataDir } from '../lib/workspace.mjs';
import { readRun } from '../servers/data-folder.mjs';
import { isOurs } from '../servers/process.mjs';
import { postgresElsewhere } from '../servers/start-postgres.mjs';
import { runningInstance } from '../start/single-instance.mjs';

const running = runningInstance(dataDir);
if (running !== null) {
  console.error(`Chargebus is running (process ${running.pid}); stop it first (Ctrl-C there, or kill ${running.pid}).`);
  process.exit(1);
}
const servers = readRun(dataDir)?.servers.filter(({ pid, marker }) => isOurs(pid, marker)) ?? [];
if (servers.length > 0) {
  console.error(`${servers.map(({ name }) => name).join(', ')} of this checkout still run; try again in a moment.`);
  process.exit(1);
}
const KEEP = new Set(['tools']);
const entries = fs.existsSync(dataDir) ? fs.readdirSync(dataDir).filter((entry) => !KEEP.has(entry)) : [];
for (const entry of entries) fs.rmSync(path.join(dataDir, entry), { recursive: true, force: true });
fs.rmSync(postgresElsewhere('chargebus', dataDir), { recursive: true, force: true });
console.log(entries.length === 0 ? 'there was nothing to clear' : 'cleared; npm start begins anew');
