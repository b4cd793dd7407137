import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { TenantId } from '@chargebus/domain';
import { BlobStore, Bus } from '@chargebus/messaging';
import { createLogger } from '@chargebus/observability';
import { throwAwayDatabase, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import {
  ARCHIVE_BUCKET,
  archiveRetention,
  ArchiveRepository,
  Archiver,
  Database,
  RetentionKeeper,
  RetentionRepository,
} from '../src';
import { COMMAND_ARCHIVE } from '../src/command';
import { blobOfLog, logRetention, LogUploadRepository } from '../src/fleet';
import { REQUEST_ARCHIVE } from '../src/iam';

const DAY_MS = 86_400_000;
const PAGE = { limit: 100, offset: 0, order: 'asc' } as const;
const logger = createLogger('retention-test', 'silent');
const [BRIEF, LONG] = [randomUUID(), randomUUID()] as TenantId[] as [TenantId, TenantId];

describe('what tenants keep for days of their own', () => {
  let postgres: ThrowAwayDatabase;
  let nats: ThrowAwayServer;
  let bus: Bus;
  let database: Database;
  let policies: RetentionRepository;
  let archives: ArchiveRepository;
  let logs: BlobStore;
  let keeper: RetentionKeeper;
  /** Days before it are what the rows are made of. */
  const today = Date.UTC(2026, 5, 20);
  const daysAgo = (days: number): Date => new Date(today - days * DAY_MS);

  beforeAll(async () => {
    [postgres, nats] = await Promise.all([throwAwayDatabase(), throwAwayNats()]);
    bus = await Bus.connect({ url: nats.url, app: 'retention-test', logger });
    database = await Database.connect({ url: postgres.url, app: 'retention-test', poolSize: 2 });
    policies = new RetentionRepository(database);
    archives = new ArchiveRepository(database);
    logs = await BlobStore.open(bus, 'device-logs');
    const archiver = new Archiver(database, () => BlobStore.open(bus, ARCHIVE_BUCKET));
    const kept = [
      archiver.retention(COMMAND_ARCHIVE, () => 180),
      archiver.retention(REQUEST_ARCHIVE, () => 30),
      archiveRetention(database, archives, () => BlobStore.open(bus, ARCHIVE_BUCKET), 36_500),
      logRetention(database, new LogUploadRepository(), () => Promise.resolve(logs), 90),
    ];
    keeper = new RetentionKeeper(kept, policies, logger, () => today);
    const history = { samples: 400, sessions: 1_825 };
    await policies.put(BRIEF, { ...history, commands: 10, requests: 5, deviceLogs: 3 });
    const changes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? { requests: 60, commands: 1_000 } : history));
    await Promise.all(changes.map((days) => policies.put(LONG, days))); // at the same time: one after the other
    await policies.put(LONG, { ...history, commands: 1_000, requests: 60 });
  });
  afterAll(async () => {
    await database.close();
    await bus.close();
    await Promise.all([nats.stop(), postgres.drop()]);
  });

  const count = async (table: string, tenantId: TenantId | null): Promise<number> => {
    const [row] = await postgres.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE tenant_id IS NOT DISTINCT FROM $1::uuid`,
      [tenantId],
    );
    return row?.n ?? 0;
  };
  const archivesOf = async (tenantId: TenantId, kind: string) =>
    (await archives.list(tenantId, { kind, from: null, until: null }, PAGE)).items;
  async function linesOf(archiveId: string): Promise<Record<string, unknown>[]> {
    const store = await BlobStore.open(bus, ARCHIVE_BUCKET);
    const text = gunzipSync(await buffer((await store.get(`${archiveId}.jsonl.gz`))!.bytes)).toString();
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('Q09 G06 archives finished orders with their attempts, by the days of their tenant', async () => {
    for (const tenant of [BRIEF, LONG])
      for (const finishedAt of [daysAgo(20), daysAgo(2), null])
        await postgres.query(
          `WITH c AS (
             INSERT INTO command.commands (id, tenant_id, device_id, kind, command, priority, repeatable, status, attempts,
               finished_at, expires_at)
             VALUES ($1, $2, 'D1', 'reboot', '{"text":"\\u0000"}', 3, true, $3, 1, $4, now()) RETURNING id)
           INSERT INTO command.attempts (tenant_id, command_id, attempt_no, outcome) SELECT $2, id, 1, 'acked' FROM c`,
          [randomUUID(), tenant, finishedAt === null ? 'queued' : 'acked', finishedAt],
        );
    await keeper.run();
    expect([await count('command.commands', BRIEF), await count('command.commands', LONG)]).toEqual([2, 3]);
    expect(await count('command.attempts', BRIEF)).toBe(2);
    const [archive, ...others] = await archivesOf(BRIEF, 'commands');
    expect(archive).toMatchObject({ from: daysAgo(20), to: daysAgo(19), rows: 1 });
    expect([...others, ...(await archivesOf(LONG, 'commands'))]).toEqual([]);
    expect(await linesOf(archive!.archiveId)).toMatchObject([
      { command: { text: '\0' }, status: 'acked', log: [{ attempt_no: 1, outcome: 'acked' }] },
    ]);
  });

  it('Q09 AB02 archives calls by the days of their tenant, forgets calls of nobody, and drops empty days', async () => {
    const day = daysAgo(40);
    await postgres.query(
      `CREATE TABLE iam.api_request_logs_20260511 PARTITION OF iam.api_request_logs
         FOR VALUES FROM ('2026-05-11T00:00:00Z') TO ('2026-05-12T00:00:00Z')`,
    );
    const called = (tenantId: TenantId | null): Promise<unknown> =>
      postgres.query(
        `INSERT INTO iam.api_request_logs (day, request_id, tenant_id, method, endpoint, status_code, duration_ms, created_at)
         VALUES ($1, $2, $3, 'GET', '/api/third/devices', 200, 1.5, $1::timestamptz + interval '10 hours')`,
        [day, randomUUID(), tenantId],
      );
    for (const tenant of [BRIEF, LONG, null]) await called(tenant);
    await keeper.run();
    expect(await Promise.all([BRIEF, LONG, null].map((tenant) => count('iam.api_request_logs', tenant)))).toEqual([
      0, 1, 0,
    ]);
    const [archive] = await archivesOf(BRIEF, 'requests');
    expect(await linesOf(archive!.archiveId)).toMatchObject([{ endpoint: '/api/third/devices', status_code: 200 }]);
    await policies.put(LONG, { samples: 400, sessions: 1_825 }); // now as the installation: 30 days
    await keeper.run();
    expect(await archivesOf(LONG, 'requests')).toHaveLength(1);
    expect(await postgres.query(`SELECT to_regclass('iam.api_request_logs_20260511')::text AS name`)).toEqual([
      { name: null },
    ]);
  });

  it('Q09 removes the log files of devices with their rows, and nobody else’s', async () => {
    const blobs: string[] = [];
    for (const tenantId of [BRIEF, LONG]) {
      const uploadId = randomUUID();
      const blob = blobOfLog({ tenantId, uploadId });
      blobs.push(blob);
      await logs.put(
        blob,
        (async function* () {
          yield await Promise.resolve(Buffer.from('log'));
        })(),
      );
      await postgres.query(
        `INSERT INTO fleet.log_uploads (upload_id, tenant_id, device_id, log, state, command_id, due_at, expires_at, finished_at)
         VALUES ($1, $2, 'D1', 'diagnostics', 'received', $3, now(), now(), $4)`,
        [uploadId, tenantId, randomUUID(), daysAgo(4)],
      );
    }
    await keeper.run();
    expect((await logs.list()).map(({ name }) => name)).toEqual([blobs[1]]);
    expect([await count('fleet.log_uploads', BRIEF), await count('fleet.log_uploads', LONG)]).toEqual([0, 1]);
  });

  it('Q09 removes archives when their own days are over', async () => {
    expect(
      [await archivesOf(BRIEF, 'commands'), await archivesOf(BRIEF, 'requests')].map(({ length }) => length),
    ).toEqual([1, 1]);
    await policies.put(BRIEF, { samples: 400, sessions: 1_825, archives: 30 }); // of 19 and of 39 days ago
    await keeper.run();
    expect(
      [await archivesOf(BRIEF, 'commands'), await archivesOf(BRIEF, 'requests')].map(({ length }) => length),
    ).toEqual([1, 0]);
    const files = await (await BlobStore.open(bus, ARCHIVE_BUCKET)).list();
    expect(files.filter(({ name }) => name.includes(BRIEF))).toHaveLength(1);
  });

  it('Q09 tells a tenant what counts: its own days, else those of the installation', async () => {
    const { days, own } = await policies.policyOf(BRIEF);
    expect([days.archives, days.commands, days.requests, days.logs, own]).toEqual([30, 180, 30, 730, true]);
    await policies.tell('requests', 45);
    expect((await policies.policyOf(LONG)).days).toMatchObject({ samples: 400, requests: 45 });
  });
});
