import { createHash, createHmac, randomUUID } from 'node:crypto';
import { GetChargeStatus } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ApiUnderTest, sign } from './api-under-test';
import type { TestClient } from './api-under-test';

const TARGET = '/api/third/devices/04AB373B/charge/status?port_no=1';

describe('authentication of calls', () => {
  let api: ApiUnderTest;
  let operator: TestClient;

  beforeAll(async () => {
    api = await ApiUnderTest.start({ TRUSTED_PROXIES: '127.0.0.1', CLIENT_CACHE_MS: '60000' });
    operator = await api.newClient({ clientName: 'operator', scopes: ['internal'] });
    api.others.answer(GetChargeStatus, () =>
      Promise.resolve({ session: null, portState: 'idle' as const, online: true }),
    );
  });
  afterAll(() => api.stop());
  const refusedFor = async (error: string, call: ReturnType<ApiUnderTest['call']>, status = 401): Promise<void> => {
    const answer = await call;
    expect(answer).toMatchObject({ status, body: { error, data: null } });
    expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'));
  };

  it('Z02 Z05 accepts a signature made by hand as decision 13 says, in capitals too', async () => {
    const timestamp = Math.floor(Date.now() / 1000).toString();
    const nonce = randomUUID();
    const empty = createHash('sha256').update('').digest('hex');
    expect(empty).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const signature = createHmac('sha256', api.client.apiSecret)
      .update(`GET\n${TARGET}\n${timestamp}\n${nonce}\n${empty}`)
      .digest('hex');
    const headers = {
      'x-api-key': api.client.apiKey,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signature.toUpperCase(),
    };
    expect((await api.call('GET', TARGET, { client: null, headers })).status).toBe(200);
  });

  it('Z02 refuses a call without credentials, or with some of them missing', async () => {
    await refusedFor('CREDENTIALS_MISSING', api.call('GET', TARGET, { client: null }));
    for (const name of ['x-api-key', 'x-timestamp', 'x-nonce', 'x-signature']) {
      const headers = Object.fromEntries(
        Object.entries(sign(api.client, 'GET', TARGET, '')).filter(([header]) => header !== name),
      );
      await refusedFor('CREDENTIALS_MISSING', api.call('GET', TARGET, { client: null, headers }));
    }
  });

  it('Z02 refuses an unknown key', async () => {
    await refusedFor('API_KEY_UNKNOWN', api.call('GET', TARGET, { client: { ...api.client, apiKey: 'cb_nobody' } }));
  });

  it.each<[string, (client: TestClient) => Record<string, string>]>([
    ['another secret', (client) => sign({ ...client, apiSecret: 'x'.repeat(40) }, 'GET', TARGET, '')],
    ['another method', (client) => sign(client, 'POST', TARGET, '')],
    ['another query', (client) => sign(client, 'GET', TARGET.replace('=1', '=2'), '')],
    ['another body', (client) => sign(client, 'GET', TARGET, '{}')],
    [
      'no hex at all',
      (client) => ({ ...sign(client, 'GET', TARGET, ''), 'x-signature': 'é'.normalize('NFD').slice(0, 1) }),
    ],
    ['another nonce', (client) => ({ ...sign(client, 'GET', TARGET, ''), 'x-nonce': 'other' })],
  ])('Z02 refuses a signature over %s', async (_, headers) => {
    await refusedFor('SIGNATURE_INVALID', api.call('GET', TARGET, { client: null, headers: headers(api.client) }));
  });

  it('Z02 signs the bytes of a body as sent', async () => {
    const target = '/api/third/devices/04AB373B/charge/start';
    const sent = '{ "port_no" : 1 }';
    const headers = sign(api.client, 'POST', target, '{"port_no":1}');
    await refusedFor('SIGNATURE_INVALID', api.call('POST', target, { client: null, rawBody: sent, headers }));
  });

  it('Z02 refuses a clock that is off by more than 300 s either way, and anything that is no time', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const timestamp of [now - 302, now + 302, now * 1000, -1, NaN])
      await refusedFor('TIMESTAMP_OUT_OF_WINDOW', api.call('GET', TARGET, { timestamp }));
    for (const timestamp of [now - 295, now + 295])
      expect((await api.call('GET', TARGET, { timestamp })).status).toBe(200);
  });

  it('Z02 refuses a nonce that was used, for each client apart, and leaves it usable after a wrong signature', async () => {
    const nonce = randomUUID();
    const wrong = { ...api.client, apiSecret: 'wrong'.repeat(10) };
    await refusedFor('SIGNATURE_INVALID', api.call('GET', TARGET, { nonce, client: wrong }));
    expect((await api.call('GET', TARGET, { nonce })).status).toBe(200);
    await refusedFor('NONCE_REPLAYED', api.call('GET', TARGET, { nonce }));
    const other = await api.newClient();
    expect((await api.call('GET', TARGET, { nonce, client: other })).status).toBe(200);
  });

  it('Z02 lets one of many simultaneous copies of a call through', async () => {
    const nonce = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.call('GET', TARGET, { nonce })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('D02 keeps integrators out of /api/internal, and operators out of /api/third', async () => {
    await refusedFor('PERMISSION_DENIED', api.call('GET', '/api/internal/tenants'), 403);
    await refusedFor('PERMISSION_DENIED', api.call('GET', TARGET, { client: operator }), 403);
    expect((await api.call('GET', '/api/internal/tenants', { client: operator })).status).toBe(200);
  });

  it('takes an unsigned key over TLS only, and only from clients that may', async () => {
    const unsigned = await api.newClient({ allowUnsigned: true });
    const headers = { 'x-api-key': unsigned.apiKey };
    const overTls = { ...headers, 'x-forwarded-proto': 'https' };
    await refusedFor('TLS_REQUIRED', api.call('GET', TARGET, { client: null, headers }));
    expect((await api.call('GET', TARGET, { client: null, headers: overTls })).status).toBe(200);
    await refusedFor(
      'CREDENTIALS_MISSING',
      api.call('GET', TARGET, { client: null, headers: { ...overTls, 'x-api-key': api.client.apiKey } }),
    );
  });

  it('forgets a client at once when it is disabled, and knows it again when it is enabled', async () => {
    const client = await api.newClient();
    const target = `/api/internal/clients/${client.clientId}`;
    expect((await api.call('GET', TARGET, { client })).status).toBe(200);
    await api.call('PATCH', target, { client: operator, body: { status: 'disabled' } });
    await refusedFor('API_KEY_UNKNOWN', api.call('GET', TARGET, { client }));
    await api.call('PATCH', target, { client: operator, body: { status: 'active' } });
    expect((await api.call('GET', TARGET, { client })).status).toBe(200);
  });

  it('Z03 answers with the limit and what is left of it, then 429 with Retry-After', async () => {
    const client = await api.newClient();
    await api.call('PATCH', `/api/internal/clients/${client.clientId}`, { client: operator, body: { rate_limit: 3 } });
    for (const left of ['2', '1', '0']) {
      const { headers } = await api.call('GET', TARGET, { client });
      expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', left]);
    }
    const refused = await api.call('GET', TARGET, { client });
    expect(refused).toMatchObject({ status: 429, body: { error: 'RATE_LIMITED', code: 1500 } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10);
    expect((await api.call('GET', TARGET)).status).toBe(200); // another client is not touched
  });

  it('E34 limits the orders for one device', async () => {
    const small = await ApiUnderTest.start({ RATE_LIMIT_DEVICE_ORDERS_PER_MIN: '2' });
    try {
      const stop = () => small.call('POST', '/api/third/devices/04AB373B/charge/stop', { body: { port_no: 1 } });
      expect([(await stop()).status, (await stop()).status]).toEqual([503, 503]); // nobody answers for session here
      expect(await stop()).toMatchObject({ status: 429, body: { error: 'RATE_LIMITED' } });
      expect((await small.call('GET', TARGET)).status).toBe(503);
    } finally {
      await small.stop();
    }
  });

  it('lets nobody pass while Redis is away, and everybody when it is back', async () => {
    await api.redis.kill();
    const refused = await api.call('GET', TARGET);
    expect(refused).toMatchObject({ status: 503, body: { error: 'SERVICE_UNAVAILABLE' } });
    expect(refused.headers.get('retry-after')).toBe('2');
    const ready = await fetch(`http://127.0.0.1:${api.api.port.toString()}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { postgres: 'ok' } }]);
    await api.redis.restart();
    await eventually(async () => {
      expect((await api.call('GET', TARGET)).status).toBe(200);
    });
  });
});
