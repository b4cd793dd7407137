// A private Postgres: made on first use, loopback only, password authentication.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch, passwordOf } from './launch.mjs';
import { EmbeddedError, runQuietly } from './process.mjs';
import { canReach, unprivilegedIds } from './unprivileged.mjs';

export async function startPostgres(context, binary, port) {
  const ids = unprivilegedIds();
  const { exe, dir } = reachable(context, binary, ids);
  const env = { ...binary.env, LC_ALL: 'C', TZ: 'UTC', PGDATA: undefined, PGPORT: undefined };
  const password = passwordOf(context, 'postgres');
  const cluster = { exe, dir, ids, env, major: parseInt(binary.version, 10), name: context.project };
  if (!fs.existsSync(path.join(dir, 'PG_VERSION')) || !fs.existsSync(path.join(dir, 'initialised')))
    await createCluster(cluster, password);
  refuseOtherVersion(cluster);
  const settings = Object.entries(serverSettings(port, context.ephemeral)).flatMap(([k, v]) => ['-c', `${k}=${v}`]);
  const launched = launch(context, 'postgres', exe, ['-D', dir, ...settings], { env, ids, cwd: dir });
  return {
    ...launched,
    url: `postgres://${cluster.name}:${password}@127.0.0.1:${port}/${cluster.name}`,
    stopSignal: 'SIGINT', // fast shutdown: open transactions are rolled back
    marker: dir,
  };
}

const serverSettings = (port, ephemeral) => ({
  listen_addresses: '127.0.0.1',
  port,
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '1GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  log_min_messages: 'warning',
  // Data that is to be kept is on disk before a commit is answered: what a device was told is safe survives a crash.
  ...(ephemeral ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
});

/**
 * Binary and data folder that the running user can walk to. For a checkout under root's home (mode 700) both go under
 * var/tmp; the rest stays in the data folder.
 */
function reachable(context, binary, ids) {
  const dir = path.join(context.dataDir, 'postgres');
  if (canReach(dir, ids) && canReach(path.dirname(binary.exe), ids)) return { exe: binary.exe, dir };
  const elsewhere = postgresElsewhere(context.project, context.dataDir);
  fs.mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  context.extraDirs.push(elsewhere);
  const moved = { exe: binary.exe, dir: path.join(elsewhere, 'postgres') };
  if (binary.source !== 'npm') return moved;
  const copy = path.join(elsewhere, `pg-${binary.version}`);
  const done = path.join(copy, 'done');
  if (!fs.existsSync(done)) {
    fs.cpSync(path.dirname(path.dirname(binary.exe)), copy, { recursive: true, verbatimSymlinks: true });
    fs.writeFileSync(done, '');
  }
  return { ...moved, exe: path.join(copy, 'bin', 'postgres') };
}

/** Where the data of a data folder goes that the running user cannot walk to. */
export function postgresElsewhere(project, dataDir) {
  const tag = Buffer.from(dataDir).toString('base64url').slice(-24);
  return path.join(path.sep, 'var', 'tmp', `${project}-${tag}`);
}

async function createCluster({ exe, dir, ids, env, major, name }, password) {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (ids.uid !== undefined) fs.chownSync(dir, ids.uid, ids.gid);
  const passwordFile = path.join(os.tmpdir(), `.pw-${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  const options = { env: { ...process.env, ...env }, cwd: dir, ...ids };
  try {
    if (ids.uid !== undefined) fs.chownSync(passwordFile, ids.uid, ids.gid);
    const beside = path.join(path.dirname(exe), 'initdb');
    const locale =
      major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--no-locale'];
    const made = await runQuietly(
      fs.existsSync(beside) ? beside : 'initdb',
      ['-D', dir, '-U', name, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-sync', ...locale],
      options,
    );
    if (made.code !== 0) throw new EmbeddedError(`initdb failed:\n${made.err || made.out}`);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  const single = spawnSync(exe, ['--single', '-D', dir, 'postgres'], {
    ...options,
    input: `CREATE DATABASE "${name}";\n`,
    encoding: 'utf8',
  });
  if (single.status !== 0) throw new EmbeddedError(`creating the database failed:\n${single.stderr}`);
  fs.writeFileSync(path.join(dir, 'initialised'), '');
}

function refuseOtherVersion({ dir, major }) {
  const had = parseInt(fs.readFileSync(path.join(dir, 'PG_VERSION'), 'utf8'), 10);
  if (had !== major)
    throw new EmbeddedError(
      `${dir} was made by Postgres ${had}, this is ${major}: npm run reset, or set POSTGRES_BIN to a ${had}`,
    );
}
