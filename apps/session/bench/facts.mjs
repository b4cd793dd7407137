// node apps/session/bench/facts.mjs [--devices 1000] [--seconds 15] [--rate 0] [--batch 100] [--status 0] [--starts 0]
//   [--prof DIR]
// Progress facts from the stream to committed samples and the shadow: how many this app alone carries. Needs a build
// (`npm run build`). `--rate 0`: a backlog is laid first and drained as fast as it goes.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { dataDir } from '../../../tools/lib/workspace.mjs';
import { EmbeddedServers } from '../../../tools/servers/embedded-servers.mjs';

const require = createRequire(import.meta.url);
const { migrate } = require('@chargebus/persistence');
const { Bus, partSubject } = require('@chargebus/messaging');
const { partitionOf } = require('@chargebus/domain');
const { GetChargeStatus, StartCharge, SubmitCommand } = require('@chargebus/requests');
const { createLogger } = require('@chargebus/observability');
const { Client } = require('pg');

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '0' },
    batch: { type: 'string', default: '100' },
    status: { type: 'string', default: '0' },
    starts: { type: 'string', default: '0' },
    prof: { type: 'string' },
  },
});
const [devices, seconds, rate, batchSize] = [values.devices, values.seconds, values.rate, values.batch].map(Number);
const TENANT = '0190a0e0-0000-7000-8000-00000000000a';

const servers = new EmbeddedServers({ dataDir, ephemeral: true, project: 'chargebus', env: {}, log: () => {} });
const urls = await servers.start();
await migrate(urls.DATABASE_URL);
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const app = spawn(
  process.execPath,
  [...(values.prof ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(values.prof)}`] : []), main],
  {
    env: {
      ...process.env,
      ...urls,
      CHARGEBUS_PROFILE: 'development',
      ADOPT_UNKNOWN_DEVICES_TENANT_ID: TENANT,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  },
);
await new Promise((resolve) => app.once('message', resolve));

const bus = await Bus.connect({ url: urls.NATS_URL, app: 'bench', logger: createLogger('bench', 'warn') });
const pg = new Client({ connectionString: urls.DATABASE_URL });
await pg.connect();
const ids = Array.from({ length: devices }, (_, i) => `04${i.toString(16).toUpperCase().padStart(6, '0')}`);
const lanes = Array.from({ length: 16 }, () => []);
const count = new Map(ids.map((id) => [id, 0]));
let made = 0;

function progress(deviceId) {
  const n = count.get(deviceId) + 1;
  count.set(deviceId, n);
  return {
    type: 'charge.progress',
    id: `${deviceId}:06:${n}`,
    deviceId,
    at: new Date().toISOString(),
    portNo: 1,
    orderRef: `${deviceId}0000000000000000000000aa`,
    source: 'platform',
    portState: 'charging',
    phase: 'charging',
    durationS: n,
    energyWh: n * 10,
    powerW: 200 + (n % 50),
    maxPowerW: 260,
    minPowerW: 190,
    avgPowerW: 210,
    voltageV: 220.5,
    currentA: 1.1,
    frequencyHz: null,
    temperatureC: 30,
    envTemperatureC: 28,
    socPct: null,
  };
}
async function publish(facts) {
  made += facts.length;
  await Promise.all(
    lanes.map(async (lane, part) => {
      for (const fact of facts) if (partitionOf(fact.deviceId) === part) lane.push(fact);
      while (lane.length >= batchSize || (rate > 0 && lane.length > 0))
        await bus.js.publish(partSubject(part), JSON.stringify({ v: 1, facts: lane.splice(0, batchSize) }));
    }),
  );
}
const stored = async () => Number((await pg.query('SELECT count(*) AS n FROM session.meter_values')).rows[0].n);
const percentile = (all, share) => Math.round([...all].sort((a, b) => a - b)[Math.floor(all.length * share)] * 10) / 10;
const settle = async (want) => {
  for (;;) {
    const now = await stored();
    if (now >= want) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const registered = (deviceId) => ({
  type: 'device.registered',
  id: `${deviceId}:20`,
  deviceId,
  at: new Date().toISOString(),
  protocol: 'ap3000',
  deviceNo: null,
  model: 'bench',
  firmwareVersion: '1.00',
  portCount: 16,
  iccid: null,
  imei: null,
  attributes: {},
});
// Everybody speaks once, so that devices and sessions exist.
for (const id of ids) lanes[partitionOf(id)].push(registered(id));
await publish(ids.map(progress));
for (const [part, lane] of lanes.entries())
  if (lane.length > 0) await bus.js.publish(partSubject(part), JSON.stringify({ v: 1, facts: lane.splice(0) }));
await settle(made);

// Beside the facts: status requests and starts, each at its own pace, `command` taking whatever it is given.
bus.answer(SubmitCommand, ({ expiresAt, ...request }) =>
  Promise.resolve({
    ...request,
    expiresAt,
    status: 'queued',
    reason: null,
    result: null,
    attempts: 0,
    createdAt: expiresAt,
    sentAt: null,
    finishedAt: null,
  }),
);
const latencies = { status: [], start: [] };
const failures = { status: 0, start: 0 };
async function ask(what, perSecond, question) {
  if (perSecond === 0) return;
  const until = performance.now() + seconds * 1000;
  const under = new Set();
  for (let at = performance.now(), n = 0; at < until; at += 1000 / perSecond, n++) {
    const wait = at - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const asked = performance.now();
    const one = question(n)
      .then(() => latencies[what].push(performance.now() - asked))
      .catch(() => failures[what]++)
      .finally(() => under.delete(one));
    under.add(one);
  }
  await Promise.all(under);
}
const questions = [
  ask('status', Number(values.status), (n) =>
    bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId: ids[n % devices], portNo: 1 }),
  ),
  ask('start', Number(values.starts), (n) =>
    bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: TENANT,
      deviceId: ids[n % devices],
      portNo: 2 + Math.floor(n / devices),
      orderNo: `ORD-${n}`,
      idempotencyKey: null,
      userId: null,
      limits: { mode: 1, timeLimitMin: 120, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: {},
      waitMs: null,
      requireOnline: false,
    }),
  ),
];
const before = made;
const startedAt = performance.now();
if (rate === 0) {
  for (let i = 0; i < 120; i++) await publish(ids.map(progress));
  for (const [part, lane] of lanes.entries())
    if (lane.length > 0) await bus.js.publish(partSubject(part), JSON.stringify({ v: 1, facts: lane.splice(0) }));
} else {
  const every = 20;
  const until = startedAt + seconds * 1000;
  let next = 0;
  let owed = 0;
  for (let at = startedAt; performance.now() < until; at += every) {
    owed += (rate * every) / 1000;
    const facts = [];
    for (; owed >= 1; owed--) facts.push(progress(ids[next++ % devices]));
    await publish(facts);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at + every - performance.now())));
  }
}
await Promise.all(questions);
const publishedAt = performance.now();
const lag = made - (await stored());
await settle(made);
const total = performance.now() - startedAt;
console.log(
  JSON.stringify({
    facts: made - before,
    published_ms: Math.round(publishedAt - startedAt),
    lag_at_end: lag,
    total_ms: Math.round(total),
    ...Object.fromEntries(
      Object.entries(latencies)
        .filter(([, all]) => all.length > 0)
        .map(([what, all]) => [
          what,
          { answered: all.length, failed: failures[what], p50_ms: percentile(all, 0.5), p99_ms: percentile(all, 0.99) },
        ]),
    ),
    facts_per_s: Math.round(((made - before) / total) * 1000),
  }),
);
app.kill('SIGTERM');
await new Promise((resolve) => app.once('exit', resolve));
await pg.end();
await bus.close();
await servers.stop();
process.exit(0);
