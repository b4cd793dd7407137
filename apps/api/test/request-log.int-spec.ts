import { randomUUID } from 'node:crypto';
import { ListDevices, StartCharge } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ApiUnderTest, sign } from './api-under-test';
import { aCommandId, aDevice, aSession } from './fixtures';

interface Row {
  readonly request_id: string;
  readonly tenant_id: string | null;
  readonly method: string;
  readonly endpoint: string;
  readonly query: unknown;
  readonly device_phy_id: string | null;
  readonly third_party_order_no: string | null;
  readonly request_body: unknown;
  readonly response_body: { readonly code: number; readonly data: unknown };
  readonly status_code: number;
  readonly duration_ms: number;
  readonly client_ip: string;
  readonly user_agent: string;
  readonly created_at: Date;
}

describe('the log of API calls', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    api.others.answer(StartCharge, () =>
      Promise.resolve({
        session: aSession(),
        commandStatus: 'sent' as const,
        commandReason: null,
        commandId: aCommandId(),
        deviceResponseTimeoutS: 15,
        estimatedStartAt: '2024-01-13T10:00:15.000Z',
        replayed: false,
      }),
    );
    api.others.answer(ListDevices, () => Promise.resolve({ items: [aDevice()], total: 1, nextCursor: null }));
  });
  afterAll(() => api.stop());
  const rowsOf = (requestId: string, count = 1): Promise<Row[]> =>
    eventually(async () => {
      const rows = await api.postgres.query<Row>(
        `SELECT *, host(client_ip) AS client_ip FROM iam.api_request_logs WHERE request_id LIKE $1 ORDER BY created_at`,
        [`${requestId}%`],
      );
      expect(rows).toHaveLength(count);
      return rows;
    });

  it('AB02 Z10 D15 keeps one row per call with all its columns', async () => {
    const requestId = randomUUID();
    const body = { port_no: 1, mode: 4, order_no: 'ORD-LOG', third_party_user_id: '13812345678' };
    await api.call('POST', '/api/third/devices/04AB373B/charge/start?wait=none', {
      body,
      headers: { 'x-request-id': requestId, 'user-agent': 'spec/1' },
    });
    const [row] = await rowsOf(requestId);
    expect(row).toMatchObject({
      request_id: requestId,
      tenant_id: api.client.tenantId,
      method: 'POST',
      endpoint: '/api/third/devices/04AB373B/charge/start',
      query: { wait: 'none' },
      device_phy_id: '04AB373B',
      third_party_order_no: 'ORD-LOG',
      request_body: { ...body, third_party_user_id: '138****5678' },
      response_body: { code: 0, data: { session_id: 'SES20240113001' } },
      status_code: 200,
      client_ip: '127.0.0.1',
      user_agent: 'spec/1',
    });
    expect(row!.duration_ms).toBeGreaterThan(0);
    expect(Math.abs(row!.created_at.getTime() - Date.now())).toBeLessThan(20_000);
  });

  it('Z10 keeps of a long answer that was only read how long it was', async () => {
    const requestId = randomUUID();
    await api.call('GET', '/api/third/parameters', { headers: { 'x-request-id': requestId } });
    const [row] = await rowsOf(requestId);
    expect(row!.response_body).toEqual({ truncated: true, chars: expect.any(Number) as number });
  });

  it('Z10 keeps refused calls, without a tenant where nobody was known, and none of their body', async () => {
    const requestId = randomUUID();
    const headers = { 'x-request-id': requestId };
    await api.call('POST', '/api/third/devices/1/charge/start', { client: null, headers, body: { port_no: 1 } });
    expect((await rowsOf(requestId))[0]).toMatchObject({
      tenant_id: null,
      status_code: 401,
      request_body: null,
      response_body: { error: 'CREDENTIALS_MISSING' },
    });
    const unknown = randomUUID();
    await api.call('GET', '/api/third/nothing', { client: null, headers: { 'x-request-id': unknown } });
    expect((await rowsOf(unknown))[0]).toMatchObject({ status_code: 404 });
  });

  it('Z04 X05 stars out secrets on their way in and out', async () => {
    const operator = await api.newClient({ clientName: 'operator', scopes: ['internal'] });
    const requestId = randomUUID();
    const made = await api.call('POST', '/api/internal/clients', {
      client: operator,
      headers: { 'x-request-id': requestId },
      body: { tenant_id: operator.tenantId, name: 'made', scopes: ['devices:read'] },
    });
    const [row] = await rowsOf(requestId);
    expect(row!.response_body).toMatchObject({ data: { api_key: '***', api_secret: '***' } });
    const text = JSON.stringify(await api.postgres.query('SELECT * FROM iam.api_request_logs'));
    for (const secret of [made.body.data?.api_secret, made.body.data?.api_key, operator.apiSecret, operator.apiKey])
      expect(text).not.toContain(secret);
  });

  it('Z10 keeps both rows when a caller repeats its X-Request-Id', async () => {
    const requestId = randomUUID();
    const headers = { 'x-request-id': requestId };
    await api.call('GET', '/api/third/devices', { headers });
    await api.call('GET', '/api/third/devices', { headers });
    const rows = await rowsOf(requestId, 2);
    expect(rows[0]!.request_id).toBe(requestId);
    expect(rows[1]!.request_id).toMatch(/~[0-9a-f-]{36}$/);
    await api.call('GET', '/api/third/devices', { headers });
    await rowsOf(requestId, 3);
  });

  it('Z10 takes a body that Postgres could not', async () => {
    const requestId = randomUUID();
    await api.call('POST', '/api/third/devices/04AB373B/charge/start', {
      headers: { 'x-request-id': requestId },
      rawBody: '{"port_no":"\\u0000","x":"\\ud800"}',
    });
    expect((await rowsOf(requestId))[0]).toMatchObject({
      status_code: 400,
      request_body: { port_no: '\ufffd', x: '\ufffd' },
    });
  });

  it('R02 R03 R05 Z10 is searched over days within 3 s, page by page, and summed up', async () => {
    const operator = await api.newClient({ clientName: 'searcher', scopes: ['internal'] });
    const ask = (query: string) => api.call('GET', `/api/internal/logs/requests${query}`, { client: operator });
    await api.postgres.query(
      `INSERT INTO iam.api_request_logs (day, request_id, tenant_id, method, endpoint, device_phy_id, status_code, duration_ms, created_at)
       SELECT date_trunc('day', at, 'UTC'), 'bulk-' || n, $1, 'GET', '/api/third/devices/0400' || n % 100 || '/realtime',
         '0400' || n % 100, CASE WHEN n % 997 = 0 THEN 503 ELSE 200 END, n % 50, at
       FROM (SELECT n, now() - n * interval '6 seconds' AS at FROM generate_series(1, 60000) AS n) AS calls`,
      [api.client.tenantId],
    );
    const since = new Date(Date.now() - 5 * 86_400_000).toISOString();
    const begun = Date.now();
    const failed = await ask(`?start_time=${since}&min_status=500&tenant_id=${api.client.tenantId}&limit=25`);
    const ofDevice = await ask(`?start_time=${since}&device_phy_id=04007&endpoint=/api/third/devices/*`);
    const sums = await ask(`/summary?start_time=${since}&tenant_id=${api.client.tenantId}`);
    expect(Date.now() - begun).toBeLessThan(9_000); // three questions of 3 s at most
    expect(failed.body.data).toMatchObject({ pagination: { total: 60 } });
    expect(ofDevice.body.data).toMatchObject({ pagination: { total: 600 } });
    const cursor = (failed.body.pagination as { next_cursor: string }).next_cursor;
    const next = await ask(
      `?start_time=${since}&min_status=500&tenant_id=${api.client.tenantId}&limit=25&cursor=${cursor}`,
    );
    const ids = [failed, next].flatMap(({ body }) =>
      (body.data?.items as { request_id: string }[]).map((row) => row.request_id),
    );
    expect(new Set(ids).size).toBe(50);
    expect(sums.body.data?.items).toContainEqual(
      expect.objectContaining({
        method: 'GET',
        endpoint: '/api/third/devices/{phyId}/realtime',
        status_code: 503,
        requests: 60,
      }),
    );
    expect((await ask('')).body.data).not.toBeNull();
    expect((await api.call('GET', '/api/internal/logs/requests')).status).toBe(403);
  });

  it('Q03 R02 leaves as a file with what its list finds', async () => {
    const operator = await api.newClient({ clientName: 'archivist', scopes: ['internal'] });
    const found = `?time_range=5d&min_status=500&tenant_id=${api.client.tenantId}`;
    const list = await api.call('GET', `/api/internal/logs/requests${found}`, { client: operator });
    const target = `/api/internal/logs/requests/export${found}`;
    const file = await fetch(`http://127.0.0.1:${api.api.port.toString()}${target}`, {
      headers: sign(operator, 'GET', target, ''),
    });
    expect(file.headers.get('content-disposition')).toMatch(/filename="requests-[\d-]+\.csv"/);
    const [head, ...rows] = (await file.text()).trimEnd().split('\n');
    expect(head).toMatch(/^request_id,tenant_id,client_id,method,endpoint,query,device_phy_id,/);
    expect(rows).toHaveLength(list.body.pagination?.total as number);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('Z10 writes what is waiting before the process ends', async () => {
    const other = await ApiUnderTest.start();
    other.others.answer(ListDevices, () => Promise.resolve({ items: [], total: 0, nextCursor: null }));
    await Promise.all(Array.from({ length: 30 }, () => other.call('GET', '/api/third/devices')));
    await other.api.stop();
    const [row] = await other.postgres.query<{ count: string }>('SELECT count(*) FROM iam.api_request_logs');
    expect(row!.count).toBe('30');
    await other.stopServers();
  });
});
