import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import type { Provisioned } from '../src/clients/provision';

const PROGRAM = path.join(__dirname, '..', 'dist', 'bootstrap.js');
const DEMO = '00000000-0000-4000-8000-000000000001';

describe('the program that makes the first client', () => {
  let database: ThrowAwayDatabase;
  beforeAll(async () => {
    database = await throwAwayDatabase();
  });
  afterAll(() => database.drop());
  const run = async (...args: string[]): Promise<Provisioned> => {
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      SECRETS_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], { env });
    return JSON.parse(stdout) as Provisioned;
  };

  it('makes a tenant and a client once, and shows the secret only then', async () => {
    const first = await run('--tenant-id', DEMO, '--tenant-name', 'demo', '--client-name', 'demo');
    expect(first).toMatchObject({ tenant_id: DEMO, created: true });
    expect(first.api_key).toMatch(/^cb_[0-9a-f]{32}$/);
    const again = await run('--tenant-name', 'demo', '--client-name', 'demo', '--scopes', 'third,internal');
    expect(again).toMatchObject({ tenant_id: DEMO, client_id: first.client_id, created: false });
    expect(again.scopes).toContain('internal');
    expect(again).not.toHaveProperty('api_secret');
    const rows = await database.query<{ secret_sealed: string; api_key_hash: string }>('SELECT * FROM iam.clients');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(first.api_secret);
    expect(JSON.stringify(rows)).not.toContain(first.api_key);
  });

  it('takes a key and secret that are given', async () => {
    const credentials = ['--api-key', `demo_${randomUUID()}`, '--api-secret', `demo-secret-${randomUUID()}`];
    const args = ['--tenant-name', 'second', '--client-name', 'given', ...credentials];
    expect(await run(...args)).toMatchObject({ created: true, api_key: credentials[1], api_secret: credentials[3] });
    expect(await run(...args)).toMatchObject({ created: false, api_key: credentials[1] });
  });

  it.each([
    [['--client-name', 'x'], /tenant-name/],
    [['--tenant-name', 'x', '--client-name', 'x', '--scopes', 'root'], /scopes/],
    [['--tenant-name', 'x', '--client-name', 'x', '--api-key', 'only-the-key-of-it'], /both/],
    [['--tenant-id', randomUUID(), '--tenant-name', 'demo', '--client-name', 'x'], /belongs to another tenant/],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
