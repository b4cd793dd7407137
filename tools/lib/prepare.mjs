// What every command needs first: the right Node, the dependencies of the lockfile, a build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { packageFolders, root } from './workspace.mjs';

/** @param {(line: string) => void} log */
export async function prepare(log) {
  requireNode();
  installDependencies(log);
  const { buildPackages } = await import('./build-packages.mjs');
  const compiled = await buildPackages(packageFolders());
  if (compiled > 0) log(`compiled ${compiled} files`);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Chargebus needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** `npm ci`, only when the lockfile changed since the last time. */
export function installDependencies(log) {
  const lockfile = fs.readFileSync(path.join(root, 'package-lock.json'));
  const digest = createHash('sha256').update(lockfile).digest('hex');
  const stamp = path.join(root, 'node_modules', '.lock-digest');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return;
  log('installing dependencies (npm ci, about a minute)');
  const result = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) process.exit(result.status ?? 1);
  fs.writeFileSync(stamp, digest);
}
