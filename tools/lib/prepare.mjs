// What every command needs first: the right Node, the dependencies of the lockfile, a build.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dataDir = path.join(root, '.data');

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Chargebus needs Node 20.19 or newer; this is ${process.version}.`);
    process.exit(1);
  }
}

/** `npm ci`, only when the lockfile changed since the last time. */
export function installDependencies(log = console.error) {
  const digest = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.lock-digest');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return;
  log('installing dependencies (npm ci)');
  const result = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) process.exit(result.status ?? 1);
  fs.writeFileSync(stamp, digest);
}

/** Runs a program of node_modules/.bin or of PATH; resolves with its exit code. */
export function run(command, args, { env = process.env, quiet = false, cwd = root } = {}) {
  const local = path.join(root, 'node_modules', '.bin', command);
  return new Promise((resolve, reject) => {
    const child = spawn(fs.existsSync(local) ? local : command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (quiet && code !== 0) process.stderr.write(output);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Builds every package; what did not change comes from Nx's cache. */
export async function build(log = console.error) {
  log('building');
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
  const code = await run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], { env, quiet: true });
  if (code !== 0) process.exit(code);
}
