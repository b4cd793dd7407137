import { randomUUID } from 'node:crypto';
import type { TenantId } from '@chargebus/domain';
import { headers } from '@nats-io/nats-core';
import { createLogger } from '@chargebus/observability';
import { Database, forTenant } from '@chargebus/persistence';
import { AdoptDevice, GetChargeStatus, ListDevices, ListQuarantined, RegisterDevice } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { Bus } from '@chargebus/messaging';
import { ApiUnderTest } from './api-under-test';
import type { TestClient } from './api-under-test';
import { aDevice, aSession } from './fixtures';

describe('tenants and their operators', () => {
  let api: ApiUnderTest;
  let operator: TestClient;
  const registrations: RequestOf<typeof RegisterDevice>[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    operator = await api.newClient({ clientName: 'operator', scopes: ['internal'] });
    api.others.answer(RegisterDevice, (request) => {
      registrations.push(request);
      return Promise.resolve(aDevice({ deviceId: request.deviceId, tenantId: request.tenantId }));
    });
    api.others.answer(AdoptDevice, (request) => {
      registrations.push(request);
      return Promise.resolve(aDevice({ deviceId: request.deviceId }));
    });
    api.others.answer(ListQuarantined, () =>
      Promise.resolve({
        items: [
          {
            deviceId: aDevice().deviceId,
            protocol: 'ap3000',
            remoteAddress: null,
            firstSeenAt: '2024-01-13T09:00:00.000Z',
            lastSeenAt: '2024-01-13T10:00:00.000Z',
            keptFacts: 3,
            reason: 'unregistered',
          },
        ],
        total: 1,
        nextCursor: null,
      }),
    );
  });
  afterAll(() => api.stop());
  const asOperator = (method: string, target: string, body?: unknown) =>
    api.call(method, target, { client: operator, ...(body === undefined ? {} : { body }) });

  it('U05 asks for the tenant of the caller, whatever the request says', async () => {
    const seen: string[] = [];
    api.others.answer(ListDevices, ({ tenantId }) => {
      seen.push(tenantId);
      return Promise.resolve({ items: [], total: 0, nextCursor: null });
    });
    const other = await api.newClient();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        // Each asks for a page of its own: equal questions of one tenant share an answer.
        api.call('GET', `/api/third/devices?page=${(i + 1).toString()}`, { client: i % 2 === 0 ? api.client : other }),
      ),
    );
    expect(seen.filter((id) => id === api.client.tenantId)).toHaveLength(20);
    expect(seen.filter((id) => id === other.tenantId)).toHaveLength(20);
    const forged = await api.call('GET', `/api/third/devices?tenant_id=${other.tenantId}`);
    expect(forged).toMatchObject({ status: 400, body: { details: [{ field: 'tenant_id' }] } });
  });

  it('U05 each caller gets its own answer while many call at once', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => api.newClient()));
    api.others.answer(GetChargeStatus, async ({ tenantId }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      return {
        session: aSession({ orderNo: tenantId }),
        portState: null,
        online: true,
      };
    });
    const target = '/api/third/devices/04AB373B/charge/status?port_no=1';
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, i) => api.call('GET', target, { client: clients[i % 4]! })),
    );
    for (const [i, { body }] of answers.entries()) expect(body.data?.order_no).toBe(clients[i % 4]!.tenantId);
  });

  it('adds a tenant and a client of it that can call at once', async () => {
    const tenant = await asOperator('POST', '/api/internal/tenants', { name: `North ${randomUUID()}` });
    expect(tenant.status).toBe(201);
    const tenantId = tenant.body.data?.tenant_id as TenantId;
    const made = await asOperator('POST', '/api/internal/clients', {
      tenant_id: tenantId,
      name: 'platform',
      scopes: ['devices:read'],
    });
    expect(made).toMatchObject({ status: 201, body: { data: { tenant_id: tenantId, status: 'active' } } });
    const client: TestClient = {
      tenantId,
      clientId: made.body.data?.client_id as string,
      apiKey: made.body.data?.api_key as string,
      apiSecret: made.body.data?.api_secret as string,
    };
    expect((await api.call('GET', '/api/third/devices', { client })).status).toBe(200);
    const start = { client, body: { port_no: 1, mode: 4 } };
    expect((await api.call('POST', '/api/third/devices/04AB373B/charge/start', start)).status).toBe(403);

    const listed = await asOperator('GET', `/api/internal/clients?tenant_id=${tenantId}`);
    expect(listed.body.data).toMatchObject({ items: [{ client_id: client.clientId }], pagination: { total: 1 } });
    expect(JSON.stringify(listed.body)).not.toContain(client.apiKey);
    const rotated = await asOperator('POST', `/api/internal/clients/${client.clientId}/rotate`);
    expect((await api.call('GET', '/api/third/devices', { client })).body.error).toBe('API_KEY_UNKNOWN');
    const renewed = {
      ...client,
      apiKey: rotated.body.data?.api_key as string,
      apiSecret: rotated.body.data?.api_secret as string,
    };
    expect((await api.call('GET', '/api/third/devices', { client: renewed })).status).toBe(200);
  });

  it('refuses what exists and what does not', async () => {
    const name = `South ${randomUUID()}`;
    await asOperator('POST', '/api/internal/tenants', { name });
    expect((await asOperator('POST', '/api/internal/tenants', { name })).body.error).toBe('TENANT_EXISTS');
    const nobody = { tenant_id: randomUUID(), name: 'x', scopes: ['internal'] };
    expect((await asOperator('POST', '/api/internal/clients', nobody)).body.error).toBe('TENANT_NOT_FOUND');
    const twin = { tenant_id: api.client.tenantId, name: 'spec', scopes: ['devices:read'] };
    expect((await asOperator('POST', '/api/internal/clients', twin)).body.error).toBe('CLIENT_EXISTS');
    expect(
      (await asOperator('PATCH', `/api/internal/clients/${randomUUID()}`, { status: 'disabled' })).body.error,
    ).toBe('CLIENT_NOT_FOUND');
    expect((await asOperator('POST', '/api/internal/clients', { ...twin, scopes: ['root'] })).status).toBe(400);
    expect((await asOperator('GET', '/api/internal/tenants?sort=name&order=asc')).body.pagination).toMatchObject({
      page: 1,
    });
  });

  it('registers a device for a tenant, shows the quarantined ones and adopts one', async () => {
    const device = { phy_id: '0400ABCD', tenant_id: api.client.tenantId, port_count: 2, offline_timeout: 300 };
    expect((await asOperator('POST', '/api/internal/devices', device)).status).toBe(201);
    expect(registrations.at(-1)).toEqual({
      tenantId: api.client.tenantId,
      deviceId: '0400ABCD',
      name: null,
      protocol: null,
      type: 'AC',
      region: null,
      portCount: 2,
      heartbeatIntervalS: null,
      offlineTimeoutS: 300,
    });
    const list = await asOperator('GET', '/api/internal/devices/quarantined');
    expect(list.body.data).toMatchObject({ items: [{ phy_id: '04AB373B', kept_facts: 3, reason: 'unregistered' }] });
    expect((await asOperator('POST', '/api/internal/devices/04AB373B/adopt')).status).toBe(200);
    expect(registrations.at(-1)).toMatchObject({ tenantId: operator.tenantId, deviceId: '04AB373B', portCount: 0 });
    const unknown = { phy_id: 'X', tenant_id: randomUUID() };
    expect((await asOperator('POST', '/api/internal/devices', unknown)).body.error).toBe('TENANT_NOT_FOUND');
  });

  it('U02 U05 keeps the rows of iam apart in the database', async () => {
    const database = await Database.connect({ url: api.postgres.url, app: 'spec', poolSize: 1 });
    try {
      const other = await api.newClient();
      for (const table of ['tenants', 'clients', 'api_request_logs']) {
        const { rows } = await database.query<{ tenant_id: string }>(
          forTenant(other.tenantId),
          `SELECT tenant_id FROM iam.${table}`,
        );
        expect(rows.every((row) => row.tenant_id === other.tenantId)).toBe(true);
        await expect(database.query({ tenants: [] }, `SELECT 1 FROM iam.${table}`)).rejects.toMatchObject({
          name: 'TENANT_CONTEXT_MISSING',
        });
      }
      const open = await api.postgres.query(
        `SELECT relname FROM pg_class WHERE relnamespace = 'iam'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity`,
      );
      expect(open).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('C03 shows parked messages to operators and sends one back', async () => {
    const logger = createLogger('spec', 'silent');
    const bus = await Bus.connect({ url: api.nats.url, app: 'spec', logger });
    const head = headers();
    head.set('cb-subject', 'cb.dev.3');
    head.set('cb-reason', 'does not fit its schema');
    await bus.js.publish('cb.parked.session-3', '{"bad":1}', { headers: head });
    await bus.close();
    const list = await asOperator('GET', '/api/internal/parked');
    expect(list.body.data).toMatchObject({
      items: [{ sequence: 1, consumer: 'session-3', subject: 'cb.dev.3', payload: '{"bad":1}' }],
    });
    expect((await asOperator('POST', '/api/internal/parked/1/replay')).body.data).toEqual({
      sequence: 1,
      replayed: true,
    });
    expect((await asOperator('POST', '/api/internal/parked/1/replay')).body.error).toBe('PARKED_MESSAGE_NOT_FOUND');
  });
});
