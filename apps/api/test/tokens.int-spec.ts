import { TokenNotFound } from '@chargebus/errors';
import * as requests from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';

const token: requests.TokenView = {
  token: '04A1B2C3',
  type: 'card',
  status: 'accepted',
  expiresAt: '2027-01-01T00:00:00.000Z',
  groupId: 'fleet',
  balanceFen: 500,
  createdAt: '2024-01-13T09:00:00.000Z',
  updatedAt: '2024-01-13T09:00:00.000Z',
};
const callback = {
  url: 'https://partner.example/tokens',
  timeoutMs: 3_000,
  fallback: 'unknown' as const,
  secretHint: '9f2c',
  createdAt: token.createdAt,
  updatedAt: token.updatedAt,
};

describe('tokens over HTTP', () => {
  let api: ApiUnderTest;
  const asked: Record<string, unknown>[] = [];
  const record =
    <T>(answer: T) =>
    (request: Record<string, unknown>): Promise<T> => {
      asked.push(request);
      return Promise.resolve(answer);
    };

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    const { others } = api;
    others.answer(requests.PutToken, record(token));
    others.answer(requests.GetToken, (request) => {
      if (request.token === 'NONE') throw new TokenNotFound({ token: request.token });
      return record(token)(request);
    });
    others.answer(requests.DeleteToken, record(token));
    others.answer(requests.ListTokens, record({ items: [token], total: 1, nextCursor: null }));
    others.answer(requests.PutTokenCallback, record({ ...callback, secret: 'whsec_abc' }));
    others.answer(requests.GetTokenCallback, record(callback));
    others.answer(requests.DeleteTokenCallback, record({ deleted: true as const }));
  });
  afterAll(() => api.stop());

  it('A09 puts, shows, lists and removes tokens of the tenant that calls', async () => {
    const { tenantId } = api.client;
    const shown = {
      token: '04A1B2C3',
      status: 'accepted',
      expiry: '2027-01-01T00:00:00.000Z',
      group: 'fleet',
      balance: 500,
    };
    const body = { status: 'blocked', expiry: '2027-01-01T08:00:00+08:00', group: 'fleet', balance: 500 };
    expect(await api.call('PUT', '/api/third/tokens/04A1B2C3', { body })).toMatchObject({
      status: 200,
      body: { data: shown },
    });
    expect(asked.at(-1)).toEqual({
      tenantId,
      token: '04A1B2C3',
      status: 'blocked',
      expiresAt: '2027-01-01T00:00:00.000Z',
      groupId: 'fleet',
      balanceFen: 500,
      type: null,
    });
    await api.call('PUT', '/api/third/tokens/04A1B2C3', { body: {} });
    expect(asked.at(-1)).toMatchObject({ status: 'accepted', expiresAt: null, groupId: null });
    expect((await api.call('GET', '/api/third/tokens/04A1B2C3')).body.data).toMatchObject(shown);
    expect((await api.call('GET', '/api/third/tokens?status=blocked&group=fleet&q=A1')).body.data).toMatchObject({
      items: [shown],
    });
    expect(asked.at(-1)).toMatchObject({ tenantId, status: 'blocked', groupId: 'fleet', text: 'A1' });
    expect((await api.call('DELETE', '/api/third/tokens/04A1B2C3')).status).toBe(200);
    expect(await api.call('GET', '/api/third/tokens/NONE')).toMatchObject({
      status: 404,
      body: { error: 'TOKEN_NOT_FOUND' },
    });
  });

  it.each([
    [{ status: 'perhaps' }, 'status'],
    [{ expiry: 'tomorrow' }, 'expiry'],
    [{ balance: 1.5 }, 'balance'],
    [{ tenant_id: 'x' }, 'tenant_id'],
  ])('A09 refuses %j', async (body, field) => {
    const refused = await api.call('PUT', '/api/third/tokens/04A1B2C3', { body });
    expect(refused.status).toBe(400);
    expect(refused.body.details?.[0]?.field).toBe(field);
  });

  it('A09 sets the callback of the client that calls', async () => {
    const { tenantId, clientId } = api.client;
    const body = { url: callback.url };
    const made = await api.call('PUT', '/api/third/token-callback', { body });
    expect(made.body.data).toMatchObject({ url: callback.url, secret: 'whsec_abc' });
    expect(asked.at(-1)).toEqual({ tenantId, clientId, url: callback.url, timeoutMs: 3_000, fallback: 'unknown' });
    expect(JSON.stringify((await api.call('GET', '/api/third/token-callback')).body)).not.toContain('whsec');
    expect((await api.call('DELETE', '/api/third/token-callback')).body.data).toEqual({ deleted: true });
    const refused = await api.call('PUT', '/api/third/token-callback', { body: { ...body, timeout_ms: 60_000 } });
    expect(refused.body.details?.[0]?.field).toBe('timeout_ms');
  });

  it('Z07 needs the scopes of tokens', async () => {
    const client = await api.newClient({ scopes: ['charge:write', 'devices:read'] });
    for (const [method, target] of [
      ['GET', '/api/third/tokens'],
      ['DELETE', '/api/third/tokens/x'],
      ['GET', '/api/third/token-callback'],
    ] as const)
      expect((await api.call(method, target, { client })).status).toBe(403);
  });
});
