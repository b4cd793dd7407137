import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@chargebus/testing';
import { end } from '../child';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';
import { delay } from '../statistics';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const GIVE_UP_S = 120;

/** `npm start` on a data folder of its own, twice; the second is what is measured. */
export async function measureStartUp(): Promise<Figure[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'chargebus-bench-'));
  const env = {
    ...process.env,
    CHARGEBUS_DATA_DIR: dataDir,
    HTTP_PORT: String(await freePort()),
    DEVICE_TCP_PORT: String(await freePort()),
    DEMO_WEBHOOK_PORT: String(await freePort()),
    OPS_PORT_BASE: '3200',
  };
  try {
    const first = await toFirstCharge(env);
    const second = await toFirstCharge(env);
    return [
      {
        measure: 'second `npm start` to the first charge',
        unit: 's',
        value: second,
        must: { atMost: 20 },
        ceiling: null,
        note: `first start, servers made: ${first.toFixed(1)} s`,
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function toFirstCharge(env: NodeJS.ProcessEnv & { readonly CHARGEBUS_DATA_DIR: string }): Promise<number> {
  const began = performance.now();
  const starter = spawn(process.execPath, ['tools/bin/start.mjs'], { cwd: ROOT, env, stdio: 'ignore' });
  try {
    while (!(await somethingCharges(env))) {
      if (starter.exitCode !== null) throw new Error('npm start ended early');
      if ((performance.now() - began) / 1000 > GIVE_UP_S)
        throw new Error(`no charge within ${GIVE_UP_S} s of npm start`);
      await delay(100);
    }
    return (performance.now() - began) / 1000;
  } finally {
    await interrupt(starter);
  }
}

async function somethingCharges({ CHARGEBUS_DATA_DIR, HTTP_PORT }: NodeJS.ProcessEnv): Promise<boolean> {
  const file = path.join(CHARGEBUS_DATA_DIR ?? '', 'dev-client.json');
  if (!existsSync(file)) return false;
  const { api_key: key, api_secret: secret } = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'api_key' | 'api_secret',
    string
  >;
  const get = async <T>(target: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${HTTP_PORT ?? ''}${target}`, {
      headers: signedHeaders(key, secret, 'GET', target),
    });
    return ((await response.json()) as { data: T }).data;
  };
  try {
    const { items } = await get<{ items: { phy_id: string }[] }>('/api/third/devices?online=true&limit=20');
    const ports = await Promise.all(
      items.map(({ phy_id: id }) => get<{ ports: { status: string }[] }>(`/api/third/devices/${id}/ports`)),
    );
    return ports.flatMap((device) => device.ports).some((port) => port.status === 'charging');
  } catch {
    return false; // not up yet
  }
}

async function interrupt(starter: ChildProcess): Promise<void> {
  if (starter.exitCode === null) starter.kill('SIGINT');
  await end(starter);
}
