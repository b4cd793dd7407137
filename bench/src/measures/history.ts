import { Database } from '@chargebus/persistence';
import { RollupRepository } from '@chargebus/persistence/session';
import { Installation } from '@chargebus/testing';
import { Client } from 'pg';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';
import { delay, percentile } from '../statistics';

const DAYS = 90;
const DAY_MS = 86_400_000;
const SAMPLES_PER_DEVICE = 25_000;
const CHARGES_PER_DAY = 2;
const SAMPLES_PER_CHARGE = Math.round(SAMPLES_PER_DEVICE / DAYS / CHARGES_PER_DAY);
const FILL_AT_ONCE = 2;
const CALLS = 200;
/**
 * How many rows the table gets; fewer are fewer devices with as many samples each. The demand is for 50 million
 * (`BENCH_HISTORY_SAMPLES=50000000 npm run bench -- history`: some 9 GB, minutes); a run of everything makes do with less.
 */
const SAMPLES = Number(process.env.BENCH_HISTORY_SAMPLES ?? '5000000');

/** `GET …/history` over 90 days of one device among many, over HTTP, with the rolled up hours that the product keeps. */
export async function measureHistory(): Promise<Figure[]> {
  const installation = await Installation.start({
    settings: { api: { RATE_LIMIT_CLIENT_PER_MIN: '10000000', RATE_LIMIT_TENANT_PER_MIN: '10000000' } },
  });
  try {
    const until = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const devices = Math.max(1, Math.round(SAMPLES / SAMPLES_PER_DEVICE));
    const startedMs = performance.now();
    const rows = await fill(installation, devices, until);
    const filledS = (performance.now() - startedMs) / 1000;
    const rolledS = await rollUp(installation, until);
    const range = (days: number): string =>
      `from=${new Date(until - days * DAY_MS).toISOString()}&to=${new Date(until).toISOString()}`;
    const quarter = await ask(installation, devices, `${range(DAYS)}&points=500`);
    const week = await ask(installation, devices, `${range(7)}&points=1000`);
    const raw = await ask(installation, devices, `${range(DAYS)}&raw=true&limit=500`);
    const among = `one device among ${devices.toLocaleString('en-US')}, ${rows.toLocaleString('en-US')} samples in the table`;
    return [
      {
        measure: `GET history, 90 days in 500 points, p99 of ${CALLS} devices`,
        unit: 'ms',
        value: percentile(quarter, 0.99),
        must: { atMost: 300 },
        ceiling: null,
        note: `${among}; ${lower(quarter)}; filled in ${filledS.toFixed(0)} s, all hours rolled up in ${rolledS.toFixed(0)} s`,
      },
      {
        measure: 'the same, 7 days in 1,000 points, from samples',
        unit: 'ms',
        value: percentile(week, 0.99),
        must: { atMost: 300 },
        ceiling: null,
        note: lower(week),
      },
      {
        measure: 'the same, a page of 500 raw samples out of 90 days',
        unit: 'ms',
        value: percentile(raw, 0.99),
        must: null,
        ceiling: null,
        note: lower(raw),
      },
    ];
  } finally {
    await installation.stop(); // and the database with it
  }
}

const lower = (times: number[]): string =>
  `p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms`;

/** Two charges a day and device, one sample every 30 s. Returns how many samples. */
async function fill(installation: Installation, devices: number, until: number): Promise<number> {
  const { database, tenantId } = installation;
  await database.query(
    `WITH made AS (
       INSERT INTO session.devices (device_id, tenant_id, protocol, port_count, heartbeat_interval_s, created_at)
       SELECT 'HB' || lpad(i::text, 6, '0'), $1, 'ap3000', 2, 60, now() - interval '100 days' FROM generate_series(1, $2::int) i
       RETURNING device_id, tenant_id)
     INSERT INTO session.device_profiles (device_id, tenant_id, type) SELECT device_id, tenant_id, 'AC' FROM made`,
    [tenantId, devices],
  );
  const days = Array.from({ length: DAYS }, (_, at) => new Date(until - (DAYS - at) * DAY_MS));
  const connections = Array.from({ length: FILL_AT_ONCE }, () => new Client({ connectionString: database.url }));
  await Promise.all(
    connections.map(async (connection) => {
      await connection.connect();
      for (let day = days.shift(); day !== undefined; day = days.shift()) await connection.query(dayOf(day, tenantId));
      await connection.end();
    }),
  );
  await database.query('ANALYZE session.meter_values; ANALYZE session.charging_sessions');
  return devices * DAYS * CHARGES_PER_DAY * SAMPLES_PER_CHARGE;
}

/**
 * One day in one transaction: its charges, and its samples in the order of time as they come. The partition is filled
 * before it has indexes and before it is attached, which is many times quicker than row by row through the parent, and
 * ends as the one that the product makes: same columns, keys, indexes and row-level security.
 */
function dayOf(day: Date, tenantId: string): string {
  const [from, to] = [day.toISOString(), new Date(day.getTime() + DAY_MS).toISOString()];
  const partition = `session.meter_values_${from.slice(0, 10).replaceAll('-', '')}`;
  return `
    BEGIN;
    SET LOCAL work_mem = '256MB';
    SET LOCAL maintenance_work_mem = '256MB';
    CREATE TABLE ${partition} (LIKE session.meter_values INCLUDING DEFAULTS,
      CONSTRAINT of_day CHECK (sampled_at >= '${from}' AND sampled_at < '${to}'));
    WITH charges AS (
      INSERT INTO session.charging_sessions (session_id, tenant_id, device_id, port_no, notify_interval_s, source, status,
        holds_port, created_at, start_time, end_time)
      SELECT gen_random_uuid()::text, '${tenantId}', device_id, 1 + k, 30, 'platform', 'settled', false, began, began,
        began + interval '2 hours'
      FROM session.devices, generate_series(0, ${CHARGES_PER_DAY - 1}) k,
        LATERAL (SELECT '${from}'::timestamptz + (k * 11 + abs(hashtext(device_id)) % 9) * interval '1 hour' AS began) b
      RETURNING internal_order_id, start_time)
    INSERT INTO ${partition} (tenant_id, internal_order_id, sampled_at, fact_key, duration_s, energy_wh, power_w,
      voltage_v, current_a, temperature_c)
    SELECT '${tenantId}', internal_order_id, start_time + i * interval '30 seconds' AS sampled_at, i, i * 30, i * 58,
      7000 + i % 100, 220 + i % 5, 31.5, 30 + i % 20
    FROM charges, generate_series(1, ${SAMPLES_PER_CHARGE}) i ORDER BY sampled_at;
    ALTER TABLE ${partition} ADD PRIMARY KEY (internal_order_id, sampled_at, fact_key), ENABLE ROW LEVEL SECURITY;
    ALTER TABLE session.meter_values ATTACH PARTITION ${partition} FOR VALUES FROM ('${from}') TO ('${to}');
    ALTER TABLE ${partition} DROP CONSTRAINT of_day;
    COMMIT;`;
}

/** As `session` does it, a day at a time. Returns how many seconds it took. */
async function rollUp({ database }: Installation, until: number): Promise<number> {
  await database.query('UPDATE session.rollup_state SET rolled_until = $1', [new Date(until - DAYS * DAY_MS)]);
  const connection = await Database.connect({
    url: database.url,
    app: 'session',
    poolSize: 1,
    statementTimeoutMs: 600_000,
  });
  const startedMs = performance.now();
  const hours = new RollupRepository(connection);
  for (let rolled = -1; rolled < until;) {
    if ((await hours.rollHours(until, 24)) === 0) await delay(200); // `session` is at it: it does so by itself
    const [state] = await database.query<{ at: Date }>('SELECT rolled_until AS at FROM session.rollup_state');
    rolled = state?.at.getTime() ?? until;
  }
  await connection.close();
  await database.query('ANALYZE session.meter_hours');
  return (performance.now() - startedMs) / 1000;
}

/** Milliseconds of every call, each for another device. */
async function ask({ baseUrls, apiKey, apiSecret }: Installation, devices: number, query: string): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const device = `HB${String(1 + ((call * 7_919) % devices)).padStart(6, '0')}`;
    const path = `/api/third/devices/${device}/history?${query}`;
    const startedMs = performance.now();
    const response = await fetch(`${baseUrls[0] ?? ''}${path}`, {
      headers: signedHeaders(apiKey, apiSecret, 'GET', path),
    });
    const { data } = (await response.json()) as { data: { items: unknown[] } | null };
    times.push(performance.now() - startedMs);
    if (data === null || data.items.length === 0) throw new Error(`no history of ${device}: ${response.status}`);
  }
  return times;
}
