import { readFileSync } from 'node:fs';
import { Installation } from '@chargebus/testing';
import { Pool } from 'undici';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';
import { delay } from '../statistics';
import { untilOnline } from '../until-online';

const DEVICES = 5_000; // two ports each
const SMALL = 1_000;
const LIMITS = { RATE_LIMIT_CLIENT_PER_MIN: '10000000', RATE_LIMIT_TENANT_PER_MIN: '10000000' };

interface Job {
  readonly job_id: string;
  readonly status: string;
  readonly finished_at: string | null;
  readonly summary: { readonly total: number; readonly succeeded: number };
}
interface Order {
  readonly phy_id: string;
  readonly action: 'start_charging' | 'stop_charging';
  readonly params: Readonly<Record<string, unknown>>;
}
interface Run {
  readonly acceptedMs: number;
  readonly seconds: number;
  readonly succeeded: number;
  /** MB that the process which works on jobs grew by, at its largest. */
  readonly grownMb: number;
}

/** Batches of charges through everything: accepted, carried out by devices, told. */
export async function measureBatch(): Promise<Figure[]> {
  const installation = await Installation.start({
    settings: { api: LIMITS, command: { QUEUE_MAX_COMMANDS: '50000' } },
  });
  const fleet = await startChild('fleet-process.js');
  const pool = new Pool(installation.baseUrls[0] ?? '', { connections: 4 });
  try {
    fleet.child.send({
      connect: { port: installation.devicePort, devices: DEVICES, firstDeviceNo: 1, vehicles: 'plugged' },
    });
    const { deviceIds } = await answer<{ deviceIds: string[] }>(fleet.child);
    await untilOnline(installation, DEVICES);
    const caller = new Caller(installation, pool);
    await caller.run(deviceIds.slice(0, 100).map((id) => start(id, 2))); // warm-up, not counted
    const few = await caller.run(deviceIds.slice(0, SMALL).map((id) => start(id, 1)));
    const many = await caller.run([
      ...deviceIds.slice(0, SMALL).map((id) => stop(id, 1)),
      ...deviceIds.slice(SMALL).map((id) => start(id, 1)),
      ...deviceIds.slice(0, 100).map((id) => stop(id, 2)),
      ...deviceIds.slice(100).map((id) => start(id, 2)),
    ]);
    return [
      figure(
        'batch of 1,000 starts, from the call to the last answer',
        's',
        few.seconds,
        { atMost: 10 },
        `${few.succeeded} succeeded`,
      ),
      figure('batch of 10,000 starts and stops, the same', 's', many.seconds, null, `${many.succeeded} succeeded`),
      figure('batch of 10,000, accepted', 'ms', many.acceptedMs, { atMost: 3_000 }, '10 pages over the bus'),
      figure('memory that the fleet app grew by meanwhile', 'MB', many.grownMb, { atMost: 150 }, 'at its largest'),
    ];
  } finally {
    await pool.close();
    await end(fleet.child);
    await installation.stop();
  }
}

const figure = (measure: string, unit: string, value: number, must: Figure['must'], note: string): Figure => ({
  measure,
  unit,
  value,
  must,
  ceiling: null,
  note,
});
const start = (phy_id: string, port_no: number): Order => ({
  phy_id,
  action: 'start_charging',
  params: { port_no, mode: 1, time_limit: 600 },
});
const stop = (phy_id: string, port_no: number): Order => ({ phy_id, action: 'stop_charging', params: { port_no } });

class Caller {
  private readonly pid: number;

  constructor(
    private readonly installation: Installation,
    private readonly pool: Pool,
  ) {
    this.pid = installation.process('fleet').child.pid ?? 0;
  }

  async run(devices: readonly Order[]): Promise<Run> {
    const before = residentMb(this.pid);
    let largest = before;
    const began = performance.now();
    const body = JSON.stringify({ devices, max_concurrent: 1_000, timeout_seconds: 60, wait_seconds: 0 });
    let job = await this.call('POST', '/api/third/devices/batch/control', body);
    const acceptedMs = performance.now() - began;
    while (!['completed', 'failed', 'cancelled'].includes(job.status)) {
      await delay(100);
      largest = Math.max(largest, residentMb(this.pid));
      job = await this.call('GET', `/api/third/jobs/${job.job_id}`, '');
    }
    const seconds = (performance.now() - began) / 1000;
    return { acceptedMs, seconds, succeeded: job.summary.succeeded, grownMb: largest - before };
  }

  private async call(method: 'GET' | 'POST', path: string, body: string): Promise<Job> {
    const { apiKey, apiSecret } = this.installation;
    const headers = signedHeaders(apiKey, apiSecret, method, path, body);
    const response = await this.pool.request({
      method,
      path,
      ...(body === '' ? { headers } : { body, headers: { ...headers, 'content-type': 'application/json' } }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${path}: ${text}`);
    return (JSON.parse(text) as { data: Job }).data;
  }
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid.toString()}/status`, 'utf8'))?.[1] ?? 0) / 1024;
