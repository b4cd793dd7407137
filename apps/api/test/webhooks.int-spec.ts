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
  const ref = () => ({ tenantId: api.client.tenantId, endpointId: 'whe_1' });

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
  });
  afterAll(() => api.stop());

  it('I19 I21 adds an endpoint with defaults and shows its secret once', async () => {
    const made = await api.call('POST', ENDPOINTS, {
      body: { url: 'https://partner.example/hook', events: ['charging.*', '*'] },
    });
    expect(made).toMatchObject({ status: 201, body: { code: 0, data: { endpoint_id: 'whe_1', secret: 'whsec_abc' } } });
    expect(asked.at(-1)).toEqual({
      tenantId: api.client.tenantId,
      url: 'https://partner.example/hook',
      events: ['charging.*', '*'],
      payloadVersion: 'v1',
      signature: 'both',
      description: null,
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
});
