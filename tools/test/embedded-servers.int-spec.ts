import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '@chargebus/testing';
import { Client } from 'pg';

const root = path.resolve(__dirname, '..', '..');

interface Starter {
  readonly child: ChildProcess;
  readonly urls: Record<'DATABASE_URL' | 'NATS_URL' | 'REDIS_URL', string>;
  readonly gone: Promise<unknown>;
}
const starters: Starter[] = [];

async function start(dataDir: string, kind = 'kept', env: NodeJS.ProcessEnv = {}): Promise<Starter> {
  const inherited = { ...process.env };
  for (const name of ['DATABASE_URL', 'NATS_URL', 'REDIS_URL']) Reflect.deleteProperty(inherited, name);
  const child = spawn(process.execPath, [path.join(__dirname, 'run-servers.mjs'), dataDir, kind], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const starter = { child, gone, urls: JSON.parse(line) as Starter['urls'] };
    starters.push(starter);
    return starter;
  }
  throw new Error('the starter ended before its servers were up');
}

/** Server processes whose command line names this data folder or this port. */
const serversOf = (dataDir: string, redisPort: string): number =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => (line.includes(dataDir) && !line.includes('run-servers')) || line.includes(`:${redisPort}`))
    .filter((line) => !line.startsWith('sh -c')).length;

describe('private servers', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'chargebus-spec-'));
    chmodSync(dataDir, 0o755); // Postgres runs as another user where the tests run as root
    mkdirSync(path.join(root, '.data', 'tools'), { recursive: true });
    symlinkSync(path.join(root, '.data', 'tools'), path.join(dataDir, 'tools')); // fetched binaries are shared
  });
  afterEach(async () => {
    for (const { child, gone } of starters.splice(0)) {
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('Y14 come up from nothing, keep data and ports, and are gone after SIGTERM', async () => {
    const first = await start(dataDir);
    const port = new URL(first.urls.REDIS_URL).port;
    expect(serversOf(dataDir, port)).toBeGreaterThanOrEqual(3);
    const client = new Client({ connectionString: first.urls.DATABASE_URL });
    await client.connect();
    await client.query('CREATE TABLE kept (id int)');
    await client.end();
    first.child.kill('SIGTERM');
    await first.gone;
    expect(serversOf(dataDir, port)).toBe(0);

    const second = await start(dataDir);
    expect(second.urls).toEqual(first.urls);
    const again = new Client({ connectionString: second.urls.DATABASE_URL });
    await again.connect();
    expect((await again.query('SELECT * FROM kept')).rows).toEqual([]);
    await again.end();
  });

  it('Y14 end when their starter is killed with SIGKILL', async () => {
    const { child, urls, gone } = await start(dataDir);
    child.kill('SIGKILL');
    await gone;
    await eventually(() => {
      expect(serversOf(dataDir, new URL(urls.REDIS_URL).port)).toBe(0);
    });
  });

  it('are shared by a second starter, which does not stop them', async () => {
    const first = await start(dataDir);
    const second = await start(dataDir);
    expect(second.urls).toEqual(first.urls);
    second.child.kill('SIGTERM');
    await second.gone;
    expect(serversOf(dataDir, new URL(first.urls.REDIS_URL).port)).toBeGreaterThanOrEqual(3);
  });

  it('are not started, and not stopped, where the environment names running ones', async () => {
    const first = await start(dataDir);
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'chargebus-spec-'));
    const second = await start(elsewhere, 'kept', first.urls);
    expect(second.urls).toEqual(first.urls);
    second.child.kill('SIGTERM');
    await second.gone;
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(serversOf(dataDir, new URL(first.urls.REDIS_URL).port)).toBeGreaterThanOrEqual(3);
    rmSync(elsewhere, { recursive: true });
  });

  it('leave no folder behind when they were throw-away ones', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('chargebus-spec-test-'));
    const { child, gone } = await start(dataDir, 'ephemeral');
    child.kill('SIGTERM');
    await gone;
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('chargebus-spec-test-'))).toEqual(before);
  });
});
