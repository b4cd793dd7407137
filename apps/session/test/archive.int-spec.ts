import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { TenantId } from '@chargebus/domain';
import { BlobStore } from '@chargebus/messaging';
import { ARCHIVE_BUCKET, Archiver, Database } from '@chargebus/persistence';
import { RollupRepository, SESSION_ARCHIVES } from '@chargebus/persistence/session';
import { GetRetention, ListArchives, PutRetention } from '@chargebus/requests';
import type { ArchiveView } from '@chargebus/requests';
import { HistoryKeeper } from '../src/history/history-keeper';
import { OTHER_TENANT, TENANT, World } from './harness';
import type { Replica } from './harness';

const DAY_MS = 86_400_000;
const PAGE = { limit: 100, offset: 0, cursor: null, sort: null, order: 'asc' as const };

describe('archiving of history', () => {
  let world: World;
  let replica: Replica;
  let store: BlobStore;
  let database: Database;
  /** The first of a month, so that days and months are told apart. */
  const dayOne = Date.UTC(2025, 0, 1);
  const at = (day: number, hour = 10): Date => new Date(dayOne + day * DAY_MS + hour * 3_600_000);

  beforeAll(async () => {
    world = await World.create();
    await world.postgres.query(`UPDATE session.rollup_state SET rolled_until = $1`, [new Date(dayOne)]);
    world.clock.ms = dayOne + 3 * DAY_MS;
    replica = await world.replica();
    store = await BlobStore.open(world.bus, ARCHIVE_BUCKET);
    database = await Database.connect({ url: world.postgres.url, app: 'session', poolSize: 2 });
    for (const tenant of [TENANT, OTHER_TENANT]) await world.registerDevice(1, tenant);
    for (const [tenant, samples] of [
      [TENANT, 10],
      [OTHER_TENANT, 20],
    ] as const)
      await world.bus.ask(PutRetention, { tenantId: tenant, days: { samples, sessions: 100, logs: 100 } });
    await world.postgres.query(
      `CREATE TABLE session.meter_values_20250101 PARTITION OF session.meter_values
         FOR VALUES FROM ('2025-01-01T00:00:00Z') TO ('2025-01-02T00:00:00Z')`,
    );
    for (const tenant of [TENANT, OTHER_TENANT]) await charge(tenant, 0, 50);
    await replica.context.get(HistoryKeeper).run();
  });
  afterAll(async () => {
    await database.close();
    await world.close();
  });

  /** A settled charge of that day with so many samples. */
  async function charge(tenantId: TenantId, day: number, samples: number): Promise<void> {
    await world.postgres.query(
      `WITH s AS (
         INSERT INTO session.charging_sessions (session_id, tenant_id, device_id, port_no, notify_interval_s, source, status,
           holds_port, created_at, start_time, end_time, energy_wh)
         SELECT gen_random_uuid()::text, $1, (SELECT device_id FROM session.devices WHERE tenant_id = $1 LIMIT 1), 1, 30,
           'platform', 'settled', false, $2::timestamptz, $2, $2::timestamptz + interval '1 hour', 500
         RETURNING internal_order_id)
       INSERT INTO session.meter_values (tenant_id, internal_order_id, sampled_at, fact_key, duration_s, energy_wh, power_w)
       SELECT $1, internal_order_id, $2::timestamptz + i * interval '1 minute', i, i * 60, i * 10, 600
       FROM s, generate_series(1, $3::int) i`,
      [tenantId, at(day), samples],
    );
  }
  const samplesOf = async (tenantId: TenantId): Promise<number> => {
    const [row] = await world.postgres.query<{ n: string }>(
      'SELECT count(*) AS n FROM session.meter_values WHERE tenant_id = $1',
      [tenantId],
    );
    return Number(row?.n);
  };
  const archives = async (tenantId: TenantId, kind: ArchiveView['kind']): Promise<readonly ArchiveView[]> =>
    (await world.bus.ask(ListArchives, { tenantId, kind, from: null, until: null, page: PAGE })).items;
  const partitions = async (): Promise<readonly string[]> =>
    (
      await world.postgres.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'session.meter_values'::regclass AND c.relname LIKE 'meter_values_2025%'`,
      )
    ).map(({ name }) => name);
  /** Rows of an archive's file, which must be what the manifest says. */
  async function linesOf(archive: ArchiveView): Promise<Record<string, unknown>[]> {
    const bytes = await buffer((await store.get(archive.file))!.bytes);
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([
      archive.sizeBytes,
      archive.sha256,
    ]);
    const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
    expect(lines).toHaveLength(archive.rows);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
  async function keepAt(day: number): Promise<void> {
    world.clock.ms = dayOne + day * DAY_MS;
    await replica.context.get(HistoryKeeper).run();
  }

  it('Q09 says how long a tenant keeps its history, and refuses sessions that go before their samples', async () => {
    expect(await world.bus.ask(GetRetention, { tenantId: TENANT })).toEqual({
      days: {
        samples: 10,
        sessions: 100,
        logs: 100,
        commands: 180,
        requests: 30,
        deliveries: 30,
        deviceLogs: 90,
        archives: 36_500,
      },
      own: true,
    });
    const foreign = '0190a0e0-0000-7000-8000-0000000000ff' as TenantId;
    expect(await world.bus.ask(GetRetention, { tenantId: foreign })).toMatchObject({
      days: { samples: 400 },
      own: false,
    });
    const wrong = { tenantId: foreign, days: { samples: 10, sessions: 9, logs: 1 } };
    await expect(world.bus.ask(PutRetention, wrong)).rejects.toThrow('must not be less than samples_days (10)');
    const few = { tenantId: foreign, days: { sessions: 100 } }; // and 400 for samples, as the installation keeps them
    await expect(world.bus.ask(PutRetention, few)).rejects.toThrow('must not be less than samples_days (400)');
  });

  it('Q09 loses nothing and doubles nothing when it is killed between the file and the removal', async () => {
    const killer = { ...SESSION_ARCHIVES.samples, remove: () => Promise.reject(new Error('killed')) };
    const archiver = new Archiver(database, () => Promise.resolve(store));
    await expect(archiver.next(killer, TENANT, at(11))).rejects.toThrow('killed');
    expect(await store.list()).toHaveLength(1);
    expect([await samplesOf(TENANT), await archives(TENANT, 'samples')]).toEqual([50, []]);
    const late = {
      ...SESSION_ARCHIVES.samples,
      remove: async (...given: Parameters<typeof SESSION_ARCHIVES.samples.remove>) => {
        await charge(TENANT, 0, 1); // a row that comes after the file was written
        return SESSION_ARCHIVES.samples.remove(...given);
      },
    };
    await expect(archiver.next(late, TENANT, at(11))).rejects.toThrow('50 rows read, 51 removed');
    expect([await samplesOf(TENANT), await archives(TENANT, 'samples')]).toEqual([51, []]);
  });

  it('Q09 AB08 archives a day of one tenant while another keeps it, and drops the partition with the last one', async () => {
    await keepAt(10.5);
    expect(await samplesOf(TENANT)).toBe(51); // the day has ended nine and a half days ago
    await keepAt(12);
    expect([await samplesOf(TENANT), await samplesOf(OTHER_TENANT)]).toEqual([0, 50]);
    expect(await partitions()).toEqual(['meter_values_20250101']);
    const [archive, ...others] = await archives(TENANT, 'samples');
    expect(others).toEqual([]);
    expect(archive).toMatchObject({
      rows: 51,
      part: 1,
      from: '2025-01-01T00:00:00.000Z',
      until: '2025-01-02T00:00:00.000Z',
    });
    const lines = await linesOf(archive!);
    expect(lines.every((line) => line.tenant_id === TENANT && line.power_w === 600)).toBe(true);
    expect(lines[0]).toMatchObject({ session_id: expect.any(String) as string, port_no: 1 });
    expect(await archives(OTHER_TENANT, 'samples')).toEqual([]);

    await keepAt(22);
    expect(await samplesOf(OTHER_TENANT)).toBe(0);
    expect(await partitions()).toEqual([]);
    expect((await archives(OTHER_TENANT, 'samples')).map(({ rows }) => rows)).toEqual([50]);
    expect((await archives(TENANT, 'samples')).map(({ rows }) => rows)).toEqual([51]);
  });

  it('Q09 gives rows that come late a part of their own, and keeps what their hours knew', async () => {
    const [order] = await world.postgres.query<{ id: string }>(
      'SELECT min(internal_order_id) AS id FROM session.charging_sessions WHERE tenant_id = $1',
      [TENANT],
    );
    await world.postgres.query(
      `INSERT INTO session.meter_values (tenant_id, internal_order_id, sampled_at, fact_key, duration_s, energy_wh)
       VALUES ($1, $2, $3, 99, 5000, 900)`,
      [TENANT, order?.id, at(0, 10.5)],
    );
    await world.postgres.query('INSERT INTO session.late_samples VALUES ($2, $1, $3)', [TENANT, order?.id, at(0)]);
    await new RollupRepository(database).rollLate();
    await keepAt(23);
    expect((await archives(TENANT, 'samples')).map(({ part, rows }) => [part, rows])).toEqual([
      [1, 51],
      [2, 1],
    ]);
    const [hour] = await world.postgres.query<{ samples: number }>(
      'SELECT max(samples) AS samples FROM session.meter_hours WHERE internal_order_id = $1',
      [order?.id],
    );
    expect(hour?.samples).toBe(50);
  });

  it('Q09 keeps the account of sessions for longer, and archives it with their hours', async () => {
    expect(await archives(TENANT, 'sessions')).toEqual([]);
    await keepAt(31 + 102);
    const [archive] = await archives(TENANT, 'sessions');
    expect(archive).toMatchObject({ from: '2025-01-01T00:00:00.000Z', until: '2025-02-01T00:00:00.000Z', rows: 2 });
    const lines = await linesOf(archive!);
    expect(lines[0]).toMatchObject({ status: 'settled', energy_wh: 500, hours: [{ samples: 50, energy_to_wh: 500 }] });
    for (const table of ['charging_sessions', 'meter_hours'])
      expect(await world.postgres.query(`SELECT FROM session.${table} WHERE tenant_id = $1`, [TENANT])).toEqual([]);
  });
});
