import { RETENTION_DAYS } from '@chargebus/domain';
import type { DeviceId, RetentionDays, SessionId } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import {
  GetArchive,
  GetRetention,
  FindDevice,
  GetSampleBuckets,
  ListAlarms,
  ListArchives,
  ListCommands,
  ListSamples,
  ListSessions,
  PutRetention,
} from '@chargebus/requests';
import type { ArchiveView, RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import { aCommand, aDevice, aSession, HEALTHY } from './fixtures';

const DEVICE = '/api/third/devices/04AB373B';
const RANGE = 'from=2024-01-13T00:00:00Z&to=2024-01-14T00:00:00Z';

describe('history over HTTP', () => {
  let api: ApiUnderTest;
  const buckets: RequestOf<typeof GetSampleBuckets>[] = [];
  const samples: RequestOf<typeof ListSamples>[] = [];
  const alarms: RequestOf<typeof ListAlarms>[] = [];
  const commands: RequestOf<typeof ListCommands>[] = [];
  const sessions: RequestOf<typeof ListSessions>[] = [];
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    api.client = await api.newClient({ scopes: ['third'] });
    const { others } = api;
    const deviceId = '04AB373B' as DeviceId;
    others.answer(FindDevice, (request) => {
      if (request.deviceId !== deviceId) throw new DeviceNotFound({ deviceId: request.deviceId });
      return Promise.resolve({ ...aDevice(), ports: [], capabilities: null, groups: [], health: HEALTHY });
    });
    others.answer(GetSampleBuckets, (request) => {
      buckets.push(request);
      return Promise.resolve({
        deviceId,
        from: request.from,
        until: request.until,
        stepS: 3_600,
        source: 'hours',
        items: [
          {
            at: '2024-01-13T10:00:00.000Z',
            portNo: 1,
            samples: 60,
            energyWh: 3_600,
            metrics: { power: { avg: 7_150.000_49, min: 6_900, max: 7_199.999_6 } },
          },
        ],
      });
    });
    others.answer(ListSamples, (request) => {
      samples.push(request);
      const metrics = { power: 7_200, voltage: 220, current: 32.7, frequency: null, temperature: 45, soc: null };
      const sample = { sampledAt: '2024-01-13T10:00:00.000Z', sessionId: 'SES20240113001' as SessionId, portNo: 1 };
      return Promise.resolve({
        deviceId,
        items: [{ ...sample, durationS: 60, energyWh: 120, metrics }],
        nextCursor: '1.2.3',
      });
    });
    others.answer(ListAlarms, (request) => {
      alarms.push(request);
      const fault = { alarmId: 'flt_1', source: 'device' as const, deviceId, portNo: 1, alarmType: 'smoke' };
      const rest = { severity: 'critical' as const, message: null, details: {}, raisedAt: '2024-01-13T10:00:00.000Z' };
      return Promise.resolve({ items: [{ ...fault, ...rest, resolvedAt: null }], total: 1, nextCursor: null });
    });
    others.answer(ListCommands, (request) => {
      commands.push(request);
      return Promise.resolve({ items: [{ ...aCommand(), log: [] }], total: 1, nextCursor: null });
    });
    const archive: ArchiveView = {
      archiveId: 'samples-1',
      kind: 'samples',
      from: '2024-01-13T00:00:00.000Z',
      until: '2024-01-14T00:00:00.000Z',
      part: 1,
      rows: 7,
      sizeBytes: 70,
      sha256: 'a'.repeat(64),
      bucket: 'archive',
      file: 'samples-1.jsonl.gz',
      createdAt: '2024-02-13T00:00:00.000Z',
    };
    others.answer(GetRetention, () => Promise.resolve({ days: RETENTION_DAYS, own: false }));
    others.answer(PutRetention, ({ days }) =>
      Promise.resolve({ days: { ...RETENTION_DAYS, ...(days as Partial<RetentionDays>) }, own: true }),
    );
    others.answer(ListArchives, () => Promise.resolve({ items: [archive], total: 1, nextCursor: null }));
    others.answer(GetArchive, () => Promise.resolve(archive));
    others.answer(ListSessions, (request) => {
      sessions.push(request);
      return Promise.resolve({ items: [aSession({ state: 'settled' })], total: 1, nextCursor: null });
    });
  });
  afterAll(() => api.stop());

  it('G05 answers points with their units', async () => {
    const { status, body } = await api.call(
      'GET',
      `${DEVICE}/history?${RANGE}&points=24&metrics=power,energy&port_no=1`,
    );
    expect(status).toBe(200);
    expect(body.data).toEqual({
      phy_id: '04AB373B',
      from: '2024-01-13T00:00:00Z',
      to: '2024-01-14T00:00:00Z',
      raw: false,
      step: 3_600,
      source: 'hours',
      units: { power: 'W', energy: 'kWh' },
      items: [
        {
          at: '2024-01-13T10:00:00.000Z',
          port_no: 1,
          samples: 60,
          energy: 3.6,
          power: { avg: 7_150, min: 6_900, max: 7_200 },
        },
      ],
      next_cursor: null,
    });
    expect(buckets.at(-1)).toMatchObject({ points: 24, metrics: ['power'], portNo: 1, tenantId: api.client.tenantId });
  });

  it('G05 answers the last day unless told, by either name of the range', async () => {
    await api.call('GET', `${DEVICE}/history`);
    const { from, until, points } = buckets.at(-1)!;
    expect([Date.parse(until) - Date.parse(from), points]).toEqual([86_400_000, 500]);
    await api.call('GET', `${DEVICE}/history?start_time=2024-01-01&end_time=1705104000`);
    expect(buckets.at(-1)).toMatchObject({ from: '2024-01-01T00:00:00.000Z', until: '2024-01-13T00:00:00.000Z' });
    await api.call('GET', `${DEVICE}/history?time_range=7d&to=2024-01-08`);
    expect(buckets.at(-1)).toMatchObject({ from: '2024-01-01T00:00:00.000Z', until: '2024-01-08T00:00:00.000Z' });
  });

  it('G05 answers samples page by page', async () => {
    const { body } = await api.call('GET', `${DEVICE}/history?${RANGE}&raw=true&limit=1&metrics=power`);
    expect(body.data).toMatchObject({
      raw: true,
      step: null,
      next_cursor: '1.2.3',
      items: [
        { sampled_at: '2024-01-13T10:00:00.000Z', session_id: 'SES20240113001', energy_consumed: 0.12, power: 7_200 },
      ],
    });
    await api.call('GET', `${DEVICE}/history?${RANGE}&raw=true&cursor=1.2.3`);
    expect(samples.at(-1)).toMatchObject({ cursor: '1.2.3', limit: 500 });
  });

  it.each([
    ['points=0', 'points'],
    ['points=2001', 'points'],
    ['metrics=power,nonsense', 'metrics'],
    ['from=yesterday', 'from'],
    ['from=2024-01-14&to=2024-01-13', 'from'],
    ['from=2024-01-13&time_range=1d', 'time_range'],
    ['cursor=1', 'cursor'],
    ['limit=1', 'limit'],
    ['raw=perhaps', 'raw'],
    ['port_no=0', 'port_no'],
    ['unknown=1', 'unknown'],
  ])('G05 refuses %s', async (query, field) => {
    const { status, body } = await api.call('GET', `${DEVICE}/history?${query}`);
    expect(status).toBe(400);
    expect(body.details?.[0]?.field.split('.')[0]).toBe(field);
  });

  it('G07 answers alarms in the shape of alarms everywhere, by level and status', async () => {
    const { body } = await api.call('GET', `${DEVICE}/alarms?severity=critical&status=active&page=1&size=20`);
    expect(body).toMatchObject({
      data: {
        items: [
          {
            id: 'flt_1',
            device_phy_id: '04AB373B',
            level: 'critical',
            message: 'smoke on port 1',
            status: 'active',
            created_at: '2024-01-13T10:00:00.000Z',
          },
        ],
      },
      pagination: { page: 1, size: 20, total: 1 },
    });
    expect(alarms.at(-1)).toMatchObject({ severity: 'critical', active: true, deviceId: '04AB373B' });
  });

  it('G06 searches the command log by time, kind, status and text', async () => {
    await api.call('GET', `${DEVICE}/logs?${RANGE}&action=charge.*&status=acked&q=SES2024&session_id=SES20240113001`);
    expect(commands.at(-1)).toMatchObject({
      deviceId: '04AB373B',
      from: '2024-01-13T00:00:00Z',
      until: '2024-01-14T00:00:00Z',
      kind: 'charge.*',
      status: 'acked',
      text: 'SES2024',
      sessionId: 'SES20240113001',
    });
    expect(await api.call('GET', '/api/third/devices/NONE/logs')).toMatchObject({ status: 404 });
  });

  it('G05 finds sessions of a device and of the tenant by what integrators know of them', async () => {
    const { body } = await api.call('GET', `${DEVICE}/sessions?status=completed&order_no=ORD001&port_no=1`);
    expect(body.data).toMatchObject({
      items: [{ session_id: 'SES20240113001', status: 'completed', detail_status: 'settled', energy_consumed: 3.6 }],
    });
    expect(sessions.at(-1)).toMatchObject({ deviceId: '04AB373B', orderNo: 'ORD001', states: ['settled'], portNo: 1 });
    await api.call('GET', `/api/third/sessions?third_party_user_id=U1&time_range=1d&status=idle`);
    expect(sessions.at(-1)).toMatchObject({ deviceId: null, userId: 'U1', states: ['pending', 'starting'] });
    await api.call('GET', '/api/third/sessions?station=BJ-1,BJ-2&type=DC&status=charging');
    const devices = { stations: ['BJ-1', 'BJ-2'], types: ['DC'], regions: null };
    expect(sessions.at(-1)).toMatchObject({ devices, states: ['charging'] });
    expect(await api.call('GET', '/api/third/sessions?order_no=A&third_party_order_no=B')).toMatchObject({
      status: 400,
      body: { error: 'ORDER_NUMBERS_DIFFER' },
    });
  });

  it('Q09 sets how long history stays, and shows archives behind links', async () => {
    const target = '/api/third/history/retention';
    const operator = await api.newClient({ scopes: ['third', 'internal'] });
    const policy = { samples_days: 30, sessions_days: 400, logs_days: 90, commands_days: 60 };
    const put = await api.call('PUT', target, { client: operator, body: policy });
    const kept = {
      ...policy,
      requests_days: 30,
      deliveries_days: 30,
      device_logs_days: 90,
      archives_days: 36_500,
      own: true,
    };
    expect([put.status, put.body.data]).toEqual([200, kept]);
    expect((await api.call('PUT', target, { body: policy })).status).toBe(403);
    const some = await api.call('PUT', target, { client: operator, body: { logs_days: 90 } });
    expect(some.body.data).toMatchObject({ logs_days: 90, samples_days: 400 });
    const wrong = await api.call('PUT', target, { client: operator, body: { samples_days: 0 } });
    expect([wrong.status, wrong.body.details?.[0]?.field]).toEqual([400, 'samples_days']);
    const { body } = await api.call('GET', '/api/third/history/archives?kind=samples&to=2024-02-01');
    expect(body.data?.items).toMatchObject([
      {
        id: 'samples-1',
        kind: 'samples',
        rows: 7,
        download_url: expect.stringContaining('/api/downloads/archive.samples-1.jsonl.gz?expires=') as string,
      },
    ]);
    expect((await api.call('GET', '/api/third/history/archives/samples-1')).body.data).toMatchObject({ part: 1 });
  });

  it('G05 needs the scope history:read', async () => {
    const client = await api.newClient({ scopes: ['devices:read'] });
    expect(await api.call('GET', `${DEVICE}/history`, { client })).toMatchObject({ status: 403 });
  });
});
