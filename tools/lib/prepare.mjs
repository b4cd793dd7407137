// What every command needs first: the right Node, the dependencies of the lockfile, a build.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.mjs';
import { packageFolders, root } from './workspace.mjs';

/** @param {(line: string) => void} log */
export async function prepare(log) {
  requireNode();
  await installDependencies(log);
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
async function installDependencies(log) {
  const lockfile = fs.readFileSync(path.join(root, 'package-lock.json'));
  const digest = createHash('sha256').update(lockfile).digest('hex');
  const stamp = path.join(root, 'node_modules', '.lock-digest');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return;
  log('installing dependencies (npm ci, about a minute)');
  const code = await runProgram('npm', ['ci', '--loglevel=error'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (code !== 0) process.exit(code);
  fs.writeFileSync(stamp, digest);
}
