import { AddressRefused } from '@chargebus/errors';
import * as requests from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import { anEndpoint } from './fixtures';

const ENDPOINTS = '/api/third/webhooks/endpoints';
const attempt = {
  attemptNo: 1,
  at: '2024-01-13T10:00:03.100Z',
  status: 200,
  error: null,
  durationMs: 41,
  responseExcerpt: 'ok',
};
const delivery = {
  deliveryId: 'whd_1',
  endpointId: 'whe_1',
  eventId: 'evt_1',
  eventType: 'charging.started',
  state: 'dead' as const,
  attempts: [attempt],
  nextAttemptAt: null,
  createdAt: '2024-01-13T10:00:03.050Z',
  finishedAt: null,
};

describe('webhook endpoints over HTTP', () => {
  let api: ApiUnderTest;
  const asked: Record<string, unknown>[] = [];
  const record =
    <T>(answer: T) =>
    (request: Record<string, unknown>): Promise<T> => {
      asked.push(request);
      return Promise.resolve(answer);
    };
  const ref = () => ({ tenantId: api.client.tenantId, ownedBy: null, endpointId: 'whe_1' });

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    const { others } = api;
    const withSecret = { ...anEndpoint(), secret: 'whsec_abc' };
    others.answer(requests.CreateWebhookEndpoint, (request) => {
      if (request.url.includes('127.0.0.1')) throw new AddressRefused({ host: '127.0.0.1', reason: 'loopback' });
      return record(withSecret)(request);
    });
    others.answer(requests.ListWebhookEndpoints, record({ items: [anEndpoint()], total: 1, nextCursor: null }));
    others.answer(requests.GetWebhookEndpoint, record(anEndpoint()));
    others.answer(
      requests.UpdateWebhookEndpoint,
      record(anEndpoint({ status: 'disabled', disabledReason: 'by_user' })),
    );
    others.answer(requests.DeleteWebhookEndpoint, record({ deleted: true as const }));
    others.answer(requests.RotateWebhookSecret, record(withSecret));
    others.answer(requests.PingWebhookEndpoint, record(attempt));
    others.answer(requests.ListWebhookDeliveries, record({ items: [delivery], total: 1, nextCursor: null }));
    others.answer(requests.ResendWebhookDelivery, record({ ...delivery, state: 'pending' as const }));
    others.answer(requests.ResendWebhooksSince, record({ scheduled: 12 }));
    others.answer(requests.GetWebhookStatistics, record(statistics));
    others.answer(requests.StartWebhookResend, record(resend));
    others.answer(requests.GetWebhookResend, record({ ...resend, state: 'finished' as const }));
  });
  afterAll(() => api.stop());

  it('I19 I21 adds an endpoint with defaults and shows its secret once', async () => {
    const made = await api.call('POST', ENDPOINTS, {
      body: { url: 'https://partner.example/hook', events: ['charging.*', '*'] },
    });
    expect(made).toMatchObject({ status: 201, body: { code: 0, data: { endpoint_id: 'whe_1', secret: 'whsec_abc' } } });
    expect(asked.at(-1)).toEqual({
      tenantId: api.client.tenantId,
      clientId: api.client.clientId,
      url: 'https://partner.example/hook',
      events: ['charging.*', '*'],
      payloadVersion: 'v1',
      signature: 'both',
      description: null,
      deviceFilter: null,
      rateLimitPerMin: null,
      headers: null,
      timeoutS: null,
      retryCount: null,
      within: null,
    });
    const { body } = await api.call('GET', `${ENDPOINTS}/whe_1`);
    expect(body.data).not.toHaveProperty('secret');
  });

  it.each([
    [{ url: 'ftp://partner.example', events: ['*'] }, 'url'],
    [{ url: 'partner.example', events: ['*'] }, 'url'],
    [{ url: `https://partner.example/${'x'.repeat(2000)}`, events: ['*'] }, 'url'],
    [{ url: 'https://partner.example', events: [] }, 'events'],
    [{ url: 'https://partner.example', events: ['charging.**'] }, 'events.0'],
    [{ url: 'https://partner.example', events: 'charging.*' }, 'events'],
    [{ url: 'https://partner.example', events: ['*'], payload_version: 'v9' }, 'payload_version'],
    [{ url: 'https://partner.example', events: ['*'], signature: 'none' }, 'signature'],
    [{ url: 'https://partner.example', events: ['*'], tenant_id: 'x' }, 'tenant_id'],
    [{ events: ['*'] }, 'url'],
    [{ url: 'https://partner.example', endpoint: 'https://partner.example', events: ['*'] }, 'url'],
    [{ url: 'https://partner.example', events: ['*'], timeout: 0 }, 'timeout'],
    [{ url: 'https://partner.example', events: ['*'], timeout: 31 }, 'timeout'],
    [{ url: 'https://partner.example', events: ['*'], retry_count: 21 }, 'retry_count'],
    [{ url: 'https://partner.example', events: ['*'], headers: { Host: 'inside' } }, 'headers.Host'],
    [{ url: 'https://partner.example', events: ['*'], headers: { 'X-Signature': 'mine' } }, 'headers.X-Signature'],
    [{ url: 'https://partner.example', events: ['*'], headers: { 'X-A': 'a\r\nHost: b' } }, 'headers.X-A'],
    [{ url: 'https://partner.example', events: ['*'], headers: { 'X-A': 'a', 'x-a': 'b' } }, 'headers'],
  ])('D09 refuses the endpoint %j naming %s', async (body, field) => {
    const before = asked.length;
    expect(await api.call('POST', ENDPOINTS, { body })).toMatchObject({ status: 400, body: { details: [{ field }] } });
    expect(asked).toHaveLength(before);
  });

  it('hands on that an address is private', async () => {
    const answer = await api.call('POST', ENDPOINTS, { body: { url: 'http://127.0.0.1:9/', events: ['*'] } });
    expect(answer).toMatchObject({ status: 400, body: { error: 'ADDRESS_REFUSED', code: 1106 } });
  });

  it('changes only what is given', async () => {
    await api.call('PATCH', `${ENDPOINTS}/whe_1`, {
      body: { status: 'disabled', payload_version: 'v1-flat', description: null },
    });
    expect(asked.at(-1)).toEqual({
      ...ref(),
      within: null,
      changes: { status: 'disabled', payloadVersion: 'v1-flat', description: null },
    });
    expect((await api.call('PATCH', `${ENDPOINTS}/whe_1`, { body: {} })).status).toBe(400);
  });

  it('lists, rotates, pings and removes endpoints', async () => {
    expect((await api.call('GET', ENDPOINTS)).body.pagination).toMatchObject({ total: 1 });
    expect((await api.call('POST', `${ENDPOINTS}/whe_1/rotate`)).body.data).toMatchObject({ secret: 'whsec_abc' });
    expect((await api.call('POST', `${ENDPOINTS}/whe_1/ping`)).body.data).toMatchObject({
      status_code: 200,
      attempt_no: 1,
    });
    expect((await api.call('DELETE', `${ENDPOINTS}/whe_1`)).body.data).toEqual({ deleted: true });
    expect(asked.slice(-3)).toEqual([ref(), ref(), ref()]);
  });

  it('I22 shows deliveries with attempts and sends them again, one or all since a time', async () => {
    const list = await api.call('GET', `${ENDPOINTS}/whe_1/deliveries?state=dead&event=charging.started`);
    expect(list.body.data).toMatchObject({
      items: [{ delivery_id: 'whd_1', event: 'charging.started', attempts: [{ attempt_no: 1 }] }],
    });
    expect(asked.at(-1)).toMatchObject({ ...ref(), state: 'dead', eventType: 'charging.started' });
    expect((await api.call('POST', `${ENDPOINTS}/whe_1/deliveries/whd_1/resend`)).body.data).toMatchObject({
      state: 'pending',
    });
    expect(asked.at(-1)).toEqual({ ...ref(), deliveryId: 'whd_1' });
    const since = { since: '2024-01-13T08:00:00+08:00' };
    expect((await api.call('POST', `${ENDPOINTS}/whe_1/resend`, { body: since })).body.data).toEqual({ scheduled: 12 });
    expect(asked.at(-1)).toEqual({ ...ref(), since: '2024-01-13T00:00:00.000Z', failedOnly: true });
    expect((await api.call('POST', `${ENDPOINTS}/whe_1/resend`, { body: { since: 'yesterday' } })).status).toBe(400);
  });

  it('I19 takes a filter of devices and a rate, and shows them as they were given', async () => {
    const body = {
      url: 'https://partner.example/hook',
      events: ['*'],
      signature: 'all',
      device_filter: { groups: ['north'], device_types: ['DC'] },
      rate_limit_per_min: 600,
    };
    expect((await api.call('POST', ENDPOINTS, { body })).status).toBe(201);
    const deviceFilter = expect.objectContaining({ groups: ['north'], types: ['DC'], regions: null }) as object;
    expect(asked.at(-1)).toMatchObject({ signature: 'all', deviceFilter, rateLimitPerMin: 600 });
    await api.call('PATCH', `${ENDPOINTS}/whe_1`, { body: { device_filter: null, rate_limit_per_min: null } });
    expect(asked.at(-1)).toMatchObject({ changes: { deviceFilter: null, rateLimitPerMin: null } });
    for (const device_filter of [{}, { groups: [] }, { colour: ['red'] }, { groups: 'north' }])
      expect((await api.call('POST', ENDPOINTS, { body: { ...body, device_filter } })).status).toBe(400);
  });

  it('I25 N04 adds the channel of an alarm: own headers, a deadline and a number of retries', async () => {
    const body = {
      endpoint: 'https://ops.example/alarms',
      events: ['system.alarm'],
      headers: { Authorization: 'Bearer ops-4f1c' },
      timeout: 5,
      retry_count: 3,
    };
    const made = await api.call('POST', ENDPOINTS, { body });
    expect(made.status).toBe(201);
    expect(asked.at(-1)).toMatchObject({
      ...{ url: body.endpoint, headers: body.headers, timeoutS: 5, retryCount: 3 },
    });
    expect(made.body.data).not.toHaveProperty('headers');
    await api.call('PATCH', `${ENDPOINTS}/whe_1`, { body: { headers: null, timeout: null, retry_count: 0 } });
    expect(asked.at(-1)).toMatchObject({ changes: { headers: null, timeoutS: null, retryCount: 0 } });
  });

  it('I24 shows how much arrived and how old it was', async () => {
    const { body } = await api.call('GET', `${ENDPOINTS}/whe_1/stats?time_range=7d`);
    expect(body.data).toMatchObject({
      successful_webhooks: 1999,
      total_webhooks: 2000,
      success_rate: 0.9995,
      succeeded_first_attempt: 1990,
      succeeded_after_retries: 9,
      age_seconds: { p50: 0.02, p95: 0.1, p99: null },
    });
    expect(asked.at(-1)).toEqual({ ...ref(), windowS: 604_800 });
    await api.call('GET', `${ENDPOINTS}/whe_1/stats`);
    expect(asked.at(-1)).toEqual({ ...ref(), windowS: 86_400 });
    for (const range of ['0h', '31d', '1w', ''])
      expect((await api.call('GET', `${ENDPOINTS}/whe_1/stats?time_range=${range}`)).status).toBe(400);
  });

  it('I22 sends again in the background what fits a filter', async () => {
    const body = { since: '2024-01-13T08:00:00+08:00', events: ['charging.*'], device_phy_ids: ['04AB373B'] };
    const begun = await api.call('POST', `${ENDPOINTS}/whe_1/resends`, { body });
    expect(begun).toMatchObject({ status: 201, body: { data: { resend_id: 'wr_1', status: 'running', total: 7 } } });
    expect(asked.at(-1)).toEqual({
      ...ref(),
      since: '2024-01-13T00:00:00.000Z',
      until: null,
      events: ['charging.*'],
      devices: ['04AB373B'],
      states: ['dead', 'cancelled'],
    });
    expect((await api.call('GET', `${ENDPOINTS}/whe_1/resends/wr_1`)).body.data).toMatchObject({ status: 'finished' });
  });
});

const statistics = {
  ...{ windowS: 86_400, succeededFirst: 1990, succeededRetry: 9, pending: 3, dead: 1, cancelled: 0, superseded: 12 },
  ...{ successful: 1999, total: 2000, successRate: 0.9995, ageS: { p50: 0.02, p95: 0.1, p99: null } },
};
const resend = {
  resendId: 'wr_1',
  endpointId: 'whe_1',
  state: 'running' as const,
  total: 7,
  scheduled: 0,
  createdAt: '2024-01-13T10:00:00.000Z',
  finishedAt: null,
};
