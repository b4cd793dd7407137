import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

/** A real server that belongs to one test file: own port, own data, gone at `stop`. */
export interface ThrowAwayServer {
  readonly url: string;
  readonly port: number;
  /** SIGKILL, as in a crash; data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
interface Binary {
  readonly exe: string;
  readonly env: NodeJS.ProcessEnv;
}

function binary(name: 'nats' | 'redis'): Binary {
  const all = process.env.CHARGEBUS_TEST_BINARIES;
  if (all === undefined) throw new Error('run tests with `npm test -- <jest arguments>`: it provides the servers');
  return (JSON.parse(all) as Record<'nats' | 'redis', Binary>)[name];
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves once `probe` has written `ask` to the port and read what `ready` accepts. */
async function waitFor(port: number, ask: string, ready: (text: string) => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const ok = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(ask));
      socket.setTimeout(500, () => {
        socket.destroy();
        resolve(false);
      });
      socket.once('error', () => {
        resolve(false);
      });
      socket.once('close', () => {
        resolve(false);
      });
      socket.once('data', (data) => {
        resolve(ready(data.toString()));
        socket.destroy();
      });
    });
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`server on port ${port.toString()} did not come up`);
}

async function throwAway(options: {
  url: (port: number) => string;
  launch: (port: number, dir: string) => ChildProcess;
  ready: (port: number) => Promise<void>;
}): Promise<ThrowAwayServer> {
  const port = await freePort();
  const dir = mkdtempSync(path.join(tmpdir(), 'chargebus-test-'));
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = options.launch(port, dir);
    await options.ready(port);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  const onExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', onExit);
  await start();
  return {
    port,
    url: options.url(port),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    stop: async () => {
      await end('SIGKILL');
      process.off('exit', onExit);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** NATS with JetStream. */
export function throwAwayNats(): Promise<ThrowAwayServer> {
  const { exe, env } = binary('nats');
  return throwAway({
    url: (port) => `nats://127.0.0.1:${port.toString()}`,
    launch: (port, dir) => {
      const conf = path.join(dir, 'server.conf');
      writeFileSync(
        conf,
        `listen: "127.0.0.1:${port.toString()}"\nmax_payload: 4MB\njetstream { store_dir: ${JSON.stringify(dir)} }\n`,
      );
      return spawn(exe, ['-c', conf], { env: { ...process.env, ...env }, stdio: 'ignore' });
    },
    ready: (port) => waitFor(port, '', (text) => text.includes('"jetstream":true')),
  });
}

/** Redis with an append-only file, as `npm start` runs it. */
export function throwAwayRedis(): Promise<ThrowAwayServer> {
  const { exe, env } = binary('redis');
  return throwAway({
    url: (port) => `redis://127.0.0.1:${port.toString()}`,
    launch: (port, dir) =>
      spawn(
        exe,
        [
          '--port',
          port.toString(),
          '--bind',
          '127.0.0.1',
          '--dir',
          dir,
          '--save',
          '',
          '--appendonly',
          'yes',
          '--maxmemory-policy',
          'noeviction',
        ],
        { env: { ...process.env, ...env }, stdio: 'ignore' },
      ),
    ready: (port) => waitFor(port, 'PING\r\n', (text) => text.startsWith('+PONG')),
  });
}

export interface ThrowAwayDatabase {
  readonly url: string;
  /** As the owner: past row-level security, for arranging and looking. */
  query<R extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** A migrated database of its own, copied from the template in a few tens of milliseconds. */
export async function throwAwayDatabase(): Promise<ThrowAwayDatabase> {
  const template = process.env.CHARGEBUS_TEST_DATABASE_URL;
  if (template === undefined) throw new Error('run tests with `npm test -- <jest arguments>`: it provides the servers');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const maintenance = new URL(template);
  const templateName = maintenance.pathname.slice(1);
  maintenance.pathname = '/postgres';
  const onServer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: maintenance.href });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await onServer(`CREATE DATABASE ${name} TEMPLATE "${templateName}" STRATEGY file_copy`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  const owner = new Client({ connectionString: url.href });
  owner.on('error', () => undefined); // the server may be restarted under a test
  await owner.connect();
  return {
    url: url.href,
    query: async <R extends object>(sql: string, params: readonly unknown[] = []) =>
      (await owner.query(sql, [...params])).rows as R[],
    drop: async () => {
      await owner.end();
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
