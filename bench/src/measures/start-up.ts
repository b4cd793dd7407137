import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@chargebus/testing';
import type { Figure } from '../report';
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
    DEVICE_WS_PORT: String(await freePort()),
    FTP_PORT: String(await freePort()),
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
  const beganMs = Date.now();
  const starter = spawn(process.execPath, ['tools/bin/start.mjs'], { cwd: ROOT, env, stdio: 'ignore' });
  try {
    while (!somethingCharges(env.CHARGEBUS_DATA_DIR, beganMs)) {
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

/** A partner has heard of a charge that began since then. */
function somethingCharges(dataDir: string, sinceMs: number): boolean {
  const log = path.join(dataDir, 'webhooks.log');
  if (!existsSync(log)) return false;
  const starts = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"charging.started"'));
  return starts.some((line) => {
    const receivedAt = /"received_at":"([^"]+)"/.exec(line)?.[1]; // clocks of devices may be wrong
    return receivedAt !== undefined && Date.parse(receivedAt) >= sinceMs;
  });
}

/** As Ctrl-C does, once: a second signal would not let it stop its servers. */
async function interrupt(starter: ChildProcess): Promise<void> {
  if (starter.exitCode !== null) return;
  const gone = new Promise((resolve) => starter.once('exit', resolve));
  starter.kill('SIGINT');
  await gone;
}
