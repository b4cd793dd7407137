import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { toInstant } from '@chargebus/domain';
import type { ClientId, DeviceId } from '@chargebus/domain';
import {
  AnnounceDeviceEvent,
  CreateWebhookEndpoint,
  FindDevice,
  GetClientAccess,
  GetCommand,
  GetDevice,
  GetWebhookEndpoint,
  ListCommands,
  ListDevices,
  SelectDevices,
  StartCharge,
  SubmitCommand,
} from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { sign as signToken } from 'jsonwebtoken';
import { ApiUnderTest, sign } from './api-under-test';
import type { TestClient } from './api-under-test';
import { aCommand, aCommandId, aDevice, anEndpoint, aSession, HEALTHY } from './fixtures';

const DEVICES = '/api/third/devices';
const ORDERS = '/api/third/devices/04AB373B/commands';
const SHARED_SECRET = 'a secret of the identity provider, 32 bytes';
const SCOPES = ['third', 'internal'] as const;

describe('who may do what', () => {
  let api: ApiUnderTest;
  let admin: TestClient;
  let second: TestClient;
  let submitted: RequestOf<typeof SubmitCommand>[] = [];
  const starts: RequestOf<typeof StartCharge>[] = [];
  const commandLists: RequestOf<typeof ListCommands>[] = [];
  const told: RequestOf<typeof AnnounceDeviceEvent>[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start({
      AUTH_BEARER_PLAIN_HTTP: 'true',
      AUTH_SHARED_SECRET: SHARED_SECRET,
      AUTH_SHARED_SECRET_ISSUER: 'https://idp.example',
      UNKNOWN_KEYS_PER_MIN: '20',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const tenantName = `tenant ${randomUUID()}`;
    admin = await api.newClient({ tenantName, clientName: 'admin', scopes: [...SCOPES] });
    second = await api.newClient({ tenantName, clientName: 'second', scopes: [...SCOPES] });
    api.others.answer(ListDevices, ({ within }) =>
      Promise.resolve({ items: within == null ? [aDevice()] : [], total: 0, nextCursor: null }),
    );
    api.others.answer(ListCommands, (request) => {
      commandLists.push(request);
      return Promise.resolve({ items: [], total: 0, nextCursor: null });
    });
    api.others.answer(StartCharge, (request) => {
      starts.push(request);
      return Promise.resolve({
        session: aSession(),
        commandStatus: 'sent' as const,
        commandReason: null,
        commandId: aCommandId(),
        deviceResponseTimeoutS: 15,
        estimatedStartAt: '2024-01-13T10:00:15.000Z',
        replayed: false,
      });
    });
    for (const question of [FindDevice, GetDevice])
      api.others.answer(question, () =>
        Promise.resolve({ ...aDevice(), ports: [], groups: [], health: HEALTHY, capabilities: null }),
      );
    api.others.answer(AnnounceDeviceEvent, (request) => {
      told.push(request);
      return Promise.resolve({});
    });
    api.others.answer(SubmitCommand, (request) => {
      submitted.push(request);
      return Promise.resolve(aCommand({ commandId: request.commandId, command: request.command }));
    });
  });
  afterAll(() => api.stop());
  beforeEach(() => {
    submitted = [];
    starts.length = 0;
    commandLists.length = 0;
  });
  const as =
    (client: TestClient) =>
    (method: string, target: string, body?: unknown, headers = {}) =>
      api.call(method, target, { client, headers, ...(body === undefined ? {} : { body }) });
  const bearer = (token: string, target = DEVICES) =>
    api.call('GET', target, { client: null, headers: { authorization: `Bearer ${token}` } });
  const keyOf = (data: Readonly<Record<string, unknown>> | null): TestClient => ({
    tenantId: admin.tenantId,
    clientId: data?.client_id as string,
    apiKey: data?.api_key as string,
    apiSecret: data?.api_secret as string,
  });
  const newKey = async (settings: object) => {
    const made = await as(admin)('POST', '/api/third/keys', {
      name: randomUUID(),
      scopes: ['devices:read'],
      ...settings,
    });
    expect(made.status).toBe(201);
    return keyOf(made.body.data);
  };

  describe('API keys', () => {
    it('Z09 are refused what they lack by name', async () => {
      const key = await newKey({});
      expect((await as(key)('GET', DEVICES)).status).toBe(200);
      const refused = await as(key)('GET', '/api/third/webhooks/endpoints');
      expect(refused).toMatchObject({
        status: 403,
        body: { error: 'PERMISSION_DENIED', details: { missing_scope: 'webhooks:read' } },
      });
      expect(refused.body.message).toContain('webhooks:read');
    });

    it('Z09 never grant more than their maker has', async () => {
      const limited = await newKey({
        scopes: ['keys:manage', 'devices:read'],
        data_scope: { regions: ['north'], devices: ['04AB373B'] },
        expires_at: toInstant(Date.now() + 60_000),
      });
      const make = (settings: object) =>
        as(limited)('POST', '/api/third/keys', {
          name: randomUUID(),
          scopes: ['devices:read'],
          data_scope: { regions: ['north'] },
          ...settings,
        });
      const refused = await make({ scopes: ['devices:read', 'charge:control'] });
      expect(refused).toMatchObject({ status: 403, body: { error: 'GRANT_EXCEEDS_OWN' } });
      for (const more of [
        { scopes: ['internal'] },
        { scopes: ['third'] },
        { data_scope: null },
        { data_scope: { regions: ['south'] } },
      ])
        expect((await make(more)).body.error).toBe('GRANT_EXCEEDS_OWN');
      const nothing = await make({ data_scope: { regions: [] } });
      expect(nothing).toMatchObject({ status: 400, body: { details: [{ field: 'data_scope' }] } });
      const made = await make({});
      expect(made.status).toBe(201);
      expect(Date.parse(made.body.data?.expires_at as string)).toBeLessThanOrEqual(Date.now() + 60_000);
      const raised = await as(limited)('PATCH', `/api/third/keys/${made.body.data?.client_id as string}`, {
        data_scope: null,
      });
      expect(raised.body.error).toBe('GRANT_EXCEEDS_OWN');
      expect((await as(limited)('POST', `/api/third/keys/${admin.clientId}/rotate`)).body.error).toBe(
        'GRANT_EXCEEDS_OWN',
      );
    });

    it('Z09 end when they expire, and when they are revoked', async () => {
      const short = await newKey({ expires_at: toInstant(Date.now() + 3_000) });
      expect((await as(short)('GET', DEVICES)).status).toBe(200);
      await eventually(async () => {
        expect((await as(short)('GET', DEVICES)).body.error).toBe('API_KEY_UNKNOWN');
      });
      const revoked = await newKey({});
      await as(revoked)('GET', DEVICES);
      const answer = await as(admin)('DELETE', `/api/third/keys/${revoked.clientId}`);
      expect(answer.body.data).toMatchObject({ status: 'revoked' });
      const again = await as(admin)('DELETE', `/api/third/keys/${revoked.clientId}`);
      const noted = { last_used_at: null, last_used_ip: null }; // a moment after the call
      expect({ ...again.body.data, ...noted }).toEqual({ ...answer.body.data, ...noted });
      const over = { name: 'over', scopes: ['devices:read'], expires_at: toInstant(Date.now() - 1_000) };
      expect((await as(admin)('POST', '/api/third/keys', over)).body.details).toMatchObject([{ field: 'expires_at' }]);
      const asked = { clientIds: [revoked.clientId, short.clientId, admin.clientId] as ClientId[] };
      const { items } = await api.others.ask(GetClientAccess, asked);
      expect(new Map(items.map(({ clientId, state }) => [clientId, state]))).toEqual(
        new Map([
          [revoked.clientId, 'revoked'],
          [short.clientId, 'suspended'],
          [admin.clientId, 'good'],
        ]),
      );
      expect((await as(revoked)('GET', DEVICES)).body.error).toBe('API_KEY_UNKNOWN');
      const back = await as(admin)('PATCH', `/api/third/keys/${revoked.clientId}`, { status: 'active' });
      expect(back.body.error).toBe('CLIENT_NOT_FOUND');
    });

    it('Z09 are rotated with an overlap in which both are good', async () => {
      const key = await newKey({});
      const rotated = await as(admin)('POST', `/api/third/keys/${key.clientId}/rotate`, { overlap_minutes: 5 });
      expect(Date.parse(rotated.body.data?.previous_key_until as string)).toBeGreaterThan(Date.now() + 200_000);
      const fresh = keyOf(rotated.body.data);
      expect(await as(key)('GET', DEVICES)).toMatchObject({ status: 200 });
      expect((await as(fresh)('GET', DEVICES)).status).toBe(200);
      await as(admin)('POST', `/api/third/keys/${key.clientId}/rotate`);
      expect((await as(key)('GET', DEVICES)).body.error).toBe('API_KEY_UNKNOWN');
      expect((await as(fresh)('GET', DEVICES)).body.error).toBe('API_KEY_UNKNOWN');
    });

    it('Z09 call from the addresses they may, as far as a trusted proxy tells', async () => {
      const key = await newKey({ allowed_ips: ['203.0.113.0/24', '2001:db8::/32'] });
      const from = (address: string) => as(key)('GET', DEVICES, undefined, { 'x-forwarded-for': address });
      expect((await from('203.0.113.9')).status).toBe(200);
      expect((await from('2001:db8::7')).status).toBe(200);
      expect(await from('198.51.100.1')).toMatchObject({ status: 403, body: { error: 'ADDRESS_NOT_ALLOWED' } });
      expect((await as(key)('GET', DEVICES)).status).toBe(403);
      const wrong = await as(admin)('POST', '/api/third/keys', {
        name: 'x',
        scopes: ['devices:read'],
        allowed_ips: ['10.1'],
      });
      expect(wrong).toMatchObject({ status: 400, body: { details: [{ field: 'allowed_ips.0' }] } });
    });

    it('Z09 show when and from where they were used last', async () => {
      const key = await newKey({});
      await as(key)('GET', DEVICES, undefined, { 'x-forwarded-for': '203.0.113.77' });
      const shown = await eventually(async () => {
        const answer = await as(admin)('GET', `/api/third/keys/${key.clientId}`);
        expect(answer.body.data).toMatchObject({ last_used_ip: '203.0.113.77', created_by: admin.clientId });
        return answer;
      });
      expect(Date.now() - Date.parse(shown.body.data?.last_used_at as string)).toBeLessThan(30_000);
    });

    it('Z07 that nobody has cost their address no more look-ups after a while, and known ones go on', async () => {
      const headers = { 'x-forwarded-for': '198.51.100.200' };
      const guess = () => as({ ...admin, apiKey: `cb_${randomUUID()}` })('GET', DEVICES, undefined, headers);
      const answers = await Promise.all(Array.from({ length: 60 }, guess));
      const limited = answers.filter(({ status }) => status === 429);
      expect(limited.length).toBeGreaterThanOrEqual(35);
      expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await as(admin)('GET', DEVICES, undefined, headers)).status).toBe(200);
      expect((await as({ ...admin, apiKey: 'cb_other' })('GET', DEVICES)).status).toBe(401); // another address
    });

    it('U05 of another tenant are unknown', async () => {
      const other = await api.newClient({ scopes: ['third', 'keys:manage'] });
      expect((await as(other)('GET', `/api/third/keys/${admin.clientId}`)).status).toBe(404);
      expect((await as(other)('DELETE', `/api/third/keys/${admin.clientId}`)).status).toBe(404);
      expect(JSON.stringify((await as(other)('GET', '/api/third/keys')).body)).not.toContain(admin.clientId);
    });
  });

  describe('people with tokens', () => {
    const subject = `li.${randomUUID()}`;
    let person: string;
    beforeAll(async () => {
      const role = { tenant_id: admin.tenantId, scopes: ['devices:read'] };
      expect((await as(admin)('PUT', '/api/internal/roles/watcher', role)).status).toBe(200);
      const made = await as(admin)('POST', '/api/internal/principals', {
        tenant_id: admin.tenantId,
        name: 'Li Wei',
        subject,
        scopes: ['role:watcher'],
      });
      expect(made).toMatchObject({ status: 201, body: { data: { kind: 'person', issuer: 'chargebus' } } });
      person = made.body.data?.client_id as string;
    });
    const token = async () => {
      const issued = await as(admin)('POST', `/api/internal/principals/${person}/tokens`, { lifetime_minutes: 5 });
      expect(issued.status).toBe(201);
      return issued.body.data?.token as string;
    };

    it('D13 may what the roles of their tenant say, from the moment the role says so', async () => {
      const own = await token();
      expect((await bearer(own)).status).toBe(200);
      expect((await bearer(own, '/api/third/commands')).body.details).toEqual({ missing_scope: 'commands:read' });
      const role = { tenant_id: admin.tenantId, scopes: ['devices:read', 'commands:read'] };
      await as(admin)('PUT', '/api/internal/roles/watcher', role);
      expect((await bearer(own, '/api/third/commands')).status).toBe(200);
      await as(admin)('DELETE', `/api/internal/roles/watcher?tenant_id=${admin.tenantId}`);
      expect((await bearer(own)).status).toBe(403);
      await as(admin)('PUT', '/api/internal/roles/watcher', role);
    });

    it('D14 are found by a GraphQL query with their tenant and roles, by operators only', async () => {
      const ask = (query: string, variables?: object, client = admin) =>
        as(client)('POST', '/api/internal/graphql', { query, variables });
      const found = await ask(
        `query ($tenant: ID!, $id: ID!) {
          users(tenant_id: $tenant, kind: person) { total items { ...who roles { name scopes } } }
          user(client_id: $id) { ...who }
          roles(tenant_id: $tenant) { name }
        }
        fragment who on User { client_id subject tenant { tenant_id } }`,
        { tenant: admin.tenantId, id: person },
      );
      const who = { client_id: person, subject, tenant: { tenant_id: admin.tenantId } };
      expect(found.status).toBe(200);
      expect(found.body).toMatchObject({
        code: 0,
        data: {
          users: {
            total: 1,
            items: [{ ...who, roles: [{ name: 'watcher', scopes: ['devices:read', 'commands:read'] }] }],
          },
          user: who,
          roles: [{ name: 'watcher' }],
        },
      });
      expect((await ask(`{ user(client_id: "${randomUUID()}") { name } }`)).body.data).toEqual({ user: null });
      const root = Array.from({ length: 11 }, (_, i) => `a${i.toString()}: users { total }`).join(' ');
      for (const wrong of [
        '{ users { items { api_secret } } }',
        '{ users(size: 201) { total } }',
        '{ user(client_id: "x") { name } }',
        'mutation { users { total } }',
        `{ ${root} }`,
        `{ ${'users { items '.repeat(3)}`,
      ])
        expect([wrong, (await ask(wrong)).body.error]).toEqual([wrong, 'GRAPHQL_QUERY_INVALID']);
      expect((await ask('query ($n: Int) { users(page: $n) { total } }', { n: 'one' })).status).toBe(400);
      expect((await ask('{ users { total } }', undefined, await newKey({ scopes: ['third'] }))).status).toBe(403);
    });

    it('D13 are nobody any more once they are disabled', async () => {
      const own = await token();
      await as(admin)('PATCH', `/api/internal/clients/${person}`, { status: 'disabled' });
      expect((await bearer(own)).body.error).toBe('BEARER_TOKEN_INVALID');
      await as(admin)('PATCH', `/api/internal/clients/${person}`, { status: 'active' });
      expect((await bearer(own)).status).toBe(200);
    });

    it('Z07 D13 come with tokens of issuers that are believed, and no others', async () => {
      const claims = { sub: 'zhang', iss: 'https://idp.example' };
      await as(admin)('POST', '/api/internal/principals', {
        tenant_id: admin.tenantId,
        name: 'Zhang',
        issuer: claims.iss,
        subject: claims.sub,
        scopes: ['devices:read'],
      });
      const now = Math.floor(Date.now() / 1000);
      const signed = (payload: object, secret = SHARED_SECRET, options = {}) => signToken(payload, secret, options);
      expect((await bearer(signed({ ...claims, exp: now + 60 }))).status).toBe(200);
      expect((await bearer(signed({ ...claims, exp: now - 10 }))).status).toBe(200); // within the clock skew
      const unsigned = [
        { alg: 'none', typ: 'JWT' },
        { ...claims, exp: now + 60 },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      const [head, body, signature] = signed({ ...claims, exp: now + 60 }).split('.');
      const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'admin', exp: now + 60 })).toString('base64url');
      for (const bad of [
        `${unsigned.join('.')}.`,
        signed({ ...claims, exp: now + 60 }, 'x'.repeat(40)),
        signed({ ...claims, exp: now + 60 }, SHARED_SECRET, { algorithm: 'HS512' }),
        signed({ ...claims, exp: now - 120 }),
        signed({ ...claims, nbf: now + 120, exp: now + 180 }),
        signed(claims), // for ever
        signed({ ...claims, iss: 'https://other.example', exp: now + 60 }),
        signed({ ...claims, iss: 'chargebus', exp: now + 60 }), // ours, but not by our key
        signed({ ...claims, sub: 'nobody', exp: now + 60 }),
        `${head ?? ''}.${forged}.${signature ?? ''}`,
        `${head ?? ''}.${body ?? ''}`,
        'x'.repeat(9_000),
      ])
        expect(await bearer(bad)).toMatchObject({ status: 401, body: { error: 'BEARER_TOKEN_INVALID' } });
      expect((await bearer('?')).body.error).toBe('CREDENTIALS_MISSING');
    });
  });

  describe('data scopes', () => {
    it('U01 U06 go with every question, and decide over commands too', async () => {
      const within = { regions: ['north'], stations: [], groups: [], devices: [] };
      const key = await newKey({ scopes: ['third'], data_scope: { regions: ['north'] } });
      expect((await as(key)('GET', DEVICES)).body.data).toMatchObject({ items: [] });
      expect((await as(admin)('GET', DEVICES)).body.data).toMatchObject({ items: [{ phy_id: '04AB373B' }] });
      const asked: unknown[] = [];
      api.others.answer(SelectDevices, (request) => {
        asked.push(request.within);
        const reached = request.filter.deviceIds?.filter((id) => id === '04000001') ?? ['04000001' as DeviceId];
        const items = reached.map((deviceId) => ({
          deviceId,
          type: 'AC' as const,
          protocol: null,
          model: null,
          firmwareVersion: null,
          online: true,
          maintenance: false,
          region: 'north',
          station: null,
        }));
        return Promise.resolve({ items, cursor: null, total: items.length });
      });
      await as(key)('GET', '/api/third/commands');
      expect(commandLists.at(-1)?.deviceIds).toEqual(['04000001']);
      expect(asked).toEqual([within]);
      await as(admin)('GET', '/api/third/commands?station=BJ-1'); // no data scope, but some devices are meant
      expect(commandLists.at(-1)?.deviceIds).toEqual(['04000001']);
      await as(admin)('GET', '/api/third/commands');
      expect(commandLists.at(-1)?.deviceIds).toBeNull();
      api.others.answer(GetCommand, ({ commandId }) => Promise.resolve({ ...aCommand({ commandId }), log: [] }));
      const beyond = await as(key)('GET', `/api/third/commands/${aCommandId()}`);
      expect(beyond).toMatchObject({ status: 404, body: { error: 'COMMAND_NOT_FOUND' } });
      expect((await as(admin)('GET', `/api/third/commands/${aCommandId()}`)).status).toBe(200);
    });

    it('U01 keep a caller of a part of the tenant from what tells of all of it', async () => {
      const key = await newKey({ scopes: ['third', 'audit:read'], data_scope: { groups: ['depot'] } });
      expect(await as(key)('GET', '/api/third/audit')).toMatchObject({
        status: 403,
        body: { error: 'DATA_SCOPE_TOO_NARROW' },
      });
      const card = await as(key)('PUT', '/api/third/tokens/CARD1', { status: 'accepted' });
      expect(card.body.error).toBe('DATA_SCOPE_TOO_NARROW'); // it would charge at every device
    });

    it('U06 let a caller of a part of the tenant have webhooks about its part, and see its own only', async () => {
      const within = { regions: [], stations: [], groups: ['depot'], devices: [] };
      const key = await newKey({ scopes: ['third'], data_scope: { groups: ['depot'] } });
      const asked: object[] = [];
      api.others.answer(CreateWebhookEndpoint, (request) => {
        asked.push(request);
        return Promise.resolve({ ...anEndpoint(), secret: 'whsec_abc' });
      });
      api.others.answer(GetWebhookEndpoint, (request) => {
        asked.push(request);
        return Promise.resolve(anEndpoint());
      });
      const body = { url: 'https://partner.example/hook', events: ['*'] };
      expect((await as(key)('POST', '/api/third/webhooks/endpoints', body)).status).toBe(201);
      expect(asked.at(-1)).toMatchObject({ within, clientId: expect.any(String) as string });
      const { clientId } = asked.at(-1) as { clientId: string };
      await as(key)('GET', '/api/third/webhooks/endpoints/whe_1');
      await as(admin)('GET', '/api/third/webhooks/endpoints/whe_1');
      expect(asked.slice(-2)).toMatchObject([{ ownedBy: clientId }, { ownedBy: null }]);
    });
  });

  describe('dangerous orders', () => {
    const write = { kind: 'memory.write', address: 16, data_hex: '00ff' };
    const ask = async (client: TestClient, body: object = { ...write, reason: 'calibration' }, headers = {}) => {
      const answer = await as(client)('POST', ORDERS, body, headers);
      expect(answer).toMatchObject({ status: 202, body: { data: { status: 'pending', action: 'memory.write' } } });
      return `/api/third/approvals/${answer.body.data?.approval_id as string}`;
    };

    it('E34 Z07 need a scope of their own and a reason, and wait for a second person', async () => {
      const plain = await api.newClient({ scopes: ['third'] });
      expect((await as(plain)('POST', ORDERS, write)).body.details).toEqual({ missing_scope: 'devices:dangerous' });
      const bare = await as(admin)('POST', ORDERS, write);
      expect(bare).toMatchObject({ status: 400, body: { details: [{ field: 'reason' }] } });
      await ask(admin);
      expect(submitted).toEqual([]);
    });

    it('E34 are given once, after somebody else has agreed', async () => {
      const approval = await ask(admin);
      const same = await as(admin)('POST', `${approval}/approve`);
      expect(same).toMatchObject({ status: 403, body: { error: 'APPROVAL_NEEDS_ANOTHER' } });
      const agreed = await Promise.all(
        Array.from({ length: 5 }, () => as(second)('POST', `${approval}/approve`, { comment: 'yes' })),
      );
      for (const answer of agreed)
        expect(answer).toMatchObject({ status: 200, body: { data: { status: 'approved', comment: 'yes' } } });
      expect(new Set(submitted.map(({ commandId }) => commandId)).size).toBe(1);
      expect(submitted[0]).toMatchObject({
        command: { kind: 'memory.write', dataHex: '00ff' },
        clientId: admin.clientId,
      });
      const again = await as(second)('GET', approval);
      expect(again.body.data).toMatchObject({ command_id: submitted[0]?.commandId, decided_by: { name: 'second' } });
      expect((await as(second)('POST', `${approval}/reject`)).body.error).toBe('APPROVAL_NOT_PENDING');
    });

    it('E34 are not given when they are refused, or when the time is over', async () => {
      const refused = await ask(admin);
      expect((await as(second)('POST', `${refused}/reject`, { comment: 'no' })).body.data).toMatchObject({
        status: 'rejected',
      });
      expect((await as(second)('POST', `${refused}/approve`)).body.error).toBe('APPROVAL_NOT_PENDING');
      const late = await ask(admin);
      await api.postgres.query(`UPDATE iam.approvals SET expires_at = now() WHERE approval_id = $1`, [
        late.split('/').at(-1),
      ]);
      expect((await as(second)('POST', `${late}/approve`)).body.error).toBe('APPROVAL_NOT_PENDING');
      const expired = await as(second)('GET', `/api/third/approvals?status=expired&phy_id=04AB373B`);
      expect(expired.body.data).toMatchObject({ items: [{ status: 'expired' }] });
      expect(submitted).toEqual([]);
    });

    it('E34 are told to the tenant when they wait, and what becomes of them, without what they would write', async () => {
      const toldOf = (approval: string) =>
        told
          .filter(({ data }) => data.approvalId === approval.split('/').at(-1))
          .map(({ type, data }) => ({ type, ...data }));
      const agreed = await ask(admin);
      await as(second)('POST', `${agreed}/approve`, { comment: 'yes' });
      const asked = { action: 'memory.write', reason: 'calibration', requestedBy: { name: 'admin' } };
      const { command_id } = (await as(second)('GET', agreed)).body.data ?? {};
      expect(toldOf(agreed)).toMatchObject([
        { type: 'approval.requested', ...asked },
        {
          type: 'approval.decided',
          status: 'approved',
          ...asked,
          decidedBy: { clientId: second.clientId, name: 'second' },
          comment: 'yes',
          commandId: command_id,
        },
      ]);
      expect(JSON.stringify(told)).not.toContain('00ff');
      const late = await ask(admin);
      await api.postgres.query(
        `UPDATE iam.approvals SET requested_at = requested_at - interval '1 minute', expires_at = now() WHERE approval_id = $1`,
        [late.split('/').at(-1)],
      );
      await eventually(() => {
        expect(toldOf(late).at(-1)).toMatchObject({ type: 'approval.decided', status: 'expired', decidedBy: null });
        return Promise.resolve();
      }, 30_000);
    }, 40_000);

    it('E34 are not agreed to by another key of whoever asked', async () => {
      const made = await as(admin)('POST', '/api/internal/principals', {
        tenant_id: admin.tenantId,
        name: 'Chen',
        subject: `chen.${randomUUID()}`,
        scopes: ['third', 'keys:manage', 'devices:dangerous', 'approvals:decide'],
      });
      const chen = made.body.data?.client_id as string;
      const issued = await as(admin)('POST', `/api/internal/principals/${chen}/tokens`, { lifetime_minutes: 5 });
      const authorization = `Bearer ${issued.body.data?.token as string}`;
      const byToken = (method: string, target: string, body?: unknown) =>
        api.call(method, target, { client: null, headers: { authorization }, body });
      const keyOfChen = async () => {
        const scopes = ['third', 'devices:dangerous', 'approvals:decide'];
        const key = await byToken('POST', '/api/third/keys', { name: randomUUID(), scopes });
        expect(key.body.data).toMatchObject({ owner_id: chen });
        return keyOf(key.body.data);
      };
      const [one, other] = [await keyOfChen(), await keyOfChen()];
      const approval = await ask(one);
      for (const answer of [
        await as(other)('POST', `${approval}/approve`),
        await byToken('POST', `${approval}/approve`),
      ])
        expect(answer).toMatchObject({ status: 403, body: { error: 'APPROVAL_NEEDS_ANOTHER' } });
      expect((await as(second)('POST', `${approval}/approve`)).body.data).toMatchObject({ status: 'approved' });
    });

    it('E34 are asked for once under one Idempotency-Key, and are unknown to other tenants', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const approval = await ask(admin, undefined, headers);
      expect(await ask(admin, undefined, headers)).toBe(approval);
      const other = await api.newClient({ scopes: ['third', 'approvals:decide'] });
      expect((await as(other)('GET', approval)).body.error).toBe('APPROVAL_NOT_FOUND');
      expect((await as(other)('POST', `${approval}/approve`)).body.error).toBe('APPROVAL_NOT_FOUND');
      expect((await as(other)('GET', '/api/third/approvals')).body.data).toMatchObject({ items: [] });
    });
  });

  describe('the audit log', () => {
    it('D15 R04 holds who did what, from where, why, and what became of it, as soon as it is answered', async () => {
      const requestId = randomUUID();
      const headers = { 'x-request-id': requestId, 'x-forwarded-for': '203.0.113.5' };
      const made = await as(admin)('POST', '/api/third/keys', { name: 'audited', scopes: ['devices:read'] }, headers);
      const list = await as(admin)('GET', `/api/third/audit?request_id=${requestId}`);
      const [entry] = list.body.data?.items as Readonly<Record<string, unknown>>[];
      expect(entry).toMatchObject({
        actor: { id: admin.clientId, name: 'admin', kind: 'key' },
        action: 'createKey',
        request: { name: 'audited' },
        after: { client_id: made.body.data?.client_id },
        address: '203.0.113.5',
        result: { outcome: 'success', status: 201, error: null },
      });
      expect(JSON.stringify(list.body)).not.toContain(made.body.data?.api_secret);
      const key = keyOf(made.body.data);
      await as(key)('POST', '/api/third/devices/04AB373B/charge/stop', { port_no: 1, reason: 'emergency' });
      const refused = await as(admin)(
        'GET',
        `/api/third/audit?actor_id=${key.clientId}&result=refused&phy_id=04AB373B`,
      );
      expect(refused.body.data).toMatchObject({
        items: [{ action: 'stopCharge', result: { status: 403, error: 'PERMISSION_DENIED' } }],
      });
    });

    it('D15 holds what was before and after a change, in the chain of the tenant that it concerns too', async () => {
      const tenant = await as(admin)('POST', '/api/internal/tenants', { name: randomUUID() });
      const tenantId = tenant.body.data?.tenant_id as string;
      const made = await as(admin)('POST', '/api/internal/clients', {
        tenant_id: tenantId,
        name: 'theirs',
        scopes: ['third', 'audit:read'],
      });
      const theirs = { ...keyOf(made.body.data), tenantId: tenantId as TestClient['tenantId'] };
      await as(admin)('PATCH', `/api/internal/clients/${theirs.clientId}`, { rate_limit: 600 });
      const seen = await as(theirs)('GET', '/api/third/audit?action=updateClient');
      expect(seen.body.data).toMatchObject({
        items: [{ before: { rate_limit: null }, after: { rate_limit: 600 }, actor: { name: 'admin' } }],
      });
    });

    it('D15 keeps one chain though many call at once, and proves it', async () => {
      const calls = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          as(i % 2 === 0 ? admin : second)('POST', '/api/third/devices/04AB373B/charge/start', { port_no: 1, mode: 4 }),
        ),
      );
      expect(new Set(calls.map(({ body }) => body.error ?? 'none'))).toEqual(new Set(['none']));
      const report = await as(admin)('GET', '/api/third/audit/verify');
      expect(report.body.data).toMatchObject({ intact: true, first_broken: null });
      expect(report.body.data?.entries).toBeGreaterThan(60);
      const target = '/api/third/audit/export';
      const lines = await fetch(`http://127.0.0.1:${api.api.port.toString()}${target}`, {
        headers: sign(admin, 'GET', target, ''),
      });
      expect(lines.headers.get('content-type')).toContain('application/x-ndjson');
      expect(lines.headers.get('content-disposition')).toBe('attachment; filename="audit.jsonl"');
      const entries = (await lines.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { sequence: number; previous_hash: string; hash: string });
      expect(entries.length).toBeGreaterThanOrEqual(report.body.data?.entries as number);
      for (const [i, entry] of entries.entries()) {
        expect(entry.sequence).toBe(i + 1);
        expect(entry.previous_hash).toBe(entries[i - 1]?.hash ?? '');
      }
    });

    it('D15 is changed by nobody, and says where it was when a superuser did', async () => {
      const victim = await api.newClient({ scopes: ['third', 'audit:read', 'keys:manage'] });
      for (let i = 0; i < 4; i++)
        await as(victim)('POST', '/api/third/keys', { name: `k${i.toString()}`, scopes: ['devices:read'] });
      const change = `UPDATE audit.entries SET content = replace(content::text, 'k1', 'k9')::json WHERE tenant_id = '${victim.tenantId}' AND sequence = 2`;
      await expect(api.postgres.query(change)).rejects.toThrow(/append-only/);
      await expect(api.postgres.query('DELETE FROM audit.entries')).rejects.toThrow(/append-only/);
      await api.postgres.query(`SET ROLE chargebus_app`);
      await api.postgres.query(`SELECT set_config('tenancy.scope', '*', false)`);
      for (const forbidden of [
        change,
        'DELETE FROM audit.entries',
        'DELETE FROM audit.heads',
        `INSERT INTO audit.entries (tenant_id) VALUES ('${victim.tenantId}')`,
      ])
        await expect(api.postgres.query(forbidden)).rejects.toThrow(/permission denied/);
      await api.postgres.query('RESET ROLE');
      const report = async () => (await as(victim)('GET', '/api/third/audit/verify')).body.data;
      expect(await report()).toMatchObject({ intact: true, entries: 4 });

      await api.postgres.query('SET session_replication_role = replica'); // as only a superuser can
      await api.postgres.query(change);
      expect(await report()).toMatchObject({
        intact: false,
        entries: 1,
        first_broken: { sequence: 2, reason: 'content_changed' },
      });
      const all = await as(admin)('GET', '/api/internal/audit/verify');
      expect(all.body.data).toMatchObject({ intact: false });
      const one = await as(admin)('GET', `/api/internal/audit/verify?tenant_id=${admin.tenantId}`);
      expect(one.body.data).toMatchObject({ intact: true, chains: [{ tenant_id: admin.tenantId }] });
      const program = promisify(execFile)(process.execPath, [path.resolve(__dirname, '../dist/verify-audit.js')], {
        env: { ...process.env, DATABASE_URL: api.postgres.url },
      });
      await expect(program).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('"sequence":2') as unknown,
      });
      await api.postgres.query(`DELETE FROM audit.entries WHERE tenant_id = '${victim.tenantId}' AND sequence = 4`);
      await api.postgres.query(change.replace(`'k1', 'k9'`, `'k9', 'k1'`));
      expect(await report()).toMatchObject({ intact: false, first_broken: { sequence: 4, reason: 'end_missing' } });
      await api.postgres.query('SET session_replication_role = origin');
    });
  });

  it.each(['/api/third/keys', '/api/third/audit', '/api/internal/config'])(
    'D10 D12 %s is read to its end by its own cursors, and by no others',
    async (list) => {
      const operator = await api.newClient({ scopes: ['internal', 'keys:manage', 'audit:read'] });
      for (let i = 0; i < 2; i++)
        await as(operator)('POST', '/api/third/keys', { name: randomUUID(), scopes: ['internal'] });
      const pageAt = (query: string) => as(operator)('GET', `${list}?${query}`);
      const { total } = (await pageAt('size=1')).body.pagination as { total: number };
      let seen = 0;
      for (let query = 'size=1'; query !== '';) {
        const { data, pagination } = (await pageAt(query)).body;
        seen += (data?.items as unknown[]).length;
        query = pagination?.next_cursor == null ? '' : `size=200&cursor=${pagination.next_cursor as string}`;
      }
      expect([seen, total > 1]).toEqual([total, true]);
      expect(await pageAt('cursor=zzz')).toMatchObject({ status: 400, body: { details: [{ field: 'cursor' }] } });
    },
  );

  describe('settings', () => {
    const SETTING = '/api/internal/config/charging.notify_interval_min_s';

    it('R01 U06 count at once, for one tenant or for all, and keep who changed them', async () => {
      const seen = () => starts.map(({ notifyIntervalS }) => notifyIntervalS);
      const start = (client: TestClient) =>
        as(client)('POST', '/api/third/devices/04AB373B/charge/start', { port_no: 1, mode: 4, notify_interval: 5 });
      const set = await as(admin)('PUT', SETTING, { value: 20, tenant_id: admin.tenantId, reason: 'slow link' });
      expect(set.body.data).toMatchObject({
        value: 20,
        default: 1,
        source: 'tenant',
        version: 1,
        changed_by: { name: 'admin' },
      });
      await start(admin);
      await start(api.client);
      expect(seen()).toEqual([20, 5]);
      await as(admin)('PUT', SETTING, { value: 10 });
      await start(api.client);
      expect(seen().at(-1)).toBe(10);
      await as(admin)('PUT', SETTING, { value: 30, tenant_id: admin.tenantId });
      const history = await as(admin)('GET', `${SETTING}/versions?tenant_id=${admin.tenantId}`);
      expect(history.body.data).toMatchObject({
        items: [
          { version: 2, value: 30 },
          { version: 1, value: 20, reason: 'slow link' },
        ],
      });
      const restored = await as(admin)('POST', `${SETTING}/restore`, { version: 1, tenant_id: admin.tenantId });
      expect(restored.body.data).toMatchObject({ value: 20, version: 3 });
      await as(admin)('POST', `${SETTING}/restore`, { version: 0, tenant_id: admin.tenantId });
      expect((await as(admin)('GET', `${SETTING}?tenant_id=${admin.tenantId}`)).body.data).toMatchObject({
        value: 10,
        source: 'installation',
      });
      await as(admin)('PUT', SETTING, { value: null });
    });

    it('R01 refuse what does not fit, what nobody knows, and what somebody else has changed', async () => {
      expect(await as(admin)('PUT', SETTING, { value: 0 })).toMatchObject({
        status: 400,
        body: { details: [{ field: 'value' }] },
      });
      expect((await as(admin)('PUT', SETTING, { value: 'fast' })).status).toBe(400);
      expect((await as(admin)('PUT', '/api/internal/config/no.such', { value: 1 })).body.error).toBe(
        'SETTING_NOT_FOUND',
      );
      expect((await as(admin)('PUT', SETTING, { value: 5, expected_version: 0 })).body.error).toBe('SETTING_CHANGED');
      const foreign = await api.newClient({ scopes: ['config:manage'] });
      expect((await as(foreign)('PUT', SETTING, { value: 5, tenant_id: admin.tenantId })).body.error).toBe(
        'TENANT_NOT_FOUND',
      );
      const narrow = await newKey({ scopes: ['config:manage'], data_scope: { regions: ['north'] } });
      expect((await as(narrow)('PUT', SETTING, { value: 5 })).body.error).toBe('DATA_SCOPE_TOO_NARROW');
      expect((await as(foreign)('PUT', SETTING, { value: 5 })).body.data).toMatchObject({
        tenant_id: foreign.tenantId,
      });
      expect(
        (
          await as(admin)('PUT', '/api/internal/config/request_log.retention_days', {
            value: 5,
            tenant_id: admin.tenantId,
          })
        ).status,
      ).toBe(400);
    });

    it('Z03 R01 C07 limit a tenant from the moment they are set, and say by what', async () => {
      const limited = await api.newClient();
      const limit = '/api/internal/config/rate_limit.class.order_per_min';
      await as(admin)('PUT', limit, { value: 2, tenant_id: limited.tenantId });
      const stop = () => as(limited)('POST', '/api/third/devices/04AB373B/charge/stop', { port_no: 1 });
      await stop();
      const last = await stop();
      expect(last.headers.get('ratelimit-remaining')).toBe('0');
      const refused = await stop();
      expect(refused).toMatchObject({
        status: 429,
        body: { error: 'RATE_LIMITED', details: { policy: 'order', limit: 2 } },
      });
      const shown = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-policy'].map((name) =>
        refused.headers.get(name),
      );
      expect(shown).toEqual(['2', '0', '2;w=60;name="order"']);
      expect(Number(refused.headers.get('ratelimit-reset'))).toBeGreaterThan(30);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10);
      expect((await as(limited)('GET', DEVICES)).status).toBe(200); // reading is another class
      expect((await as(admin)('GET', DEVICES)).status).toBe(200);
    });
  });
});
