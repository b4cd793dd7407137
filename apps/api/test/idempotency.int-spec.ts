import { randomUUID } from 'node:crypto';
import { ROUTES } from '@chargebus/api-contract';
import type { ClientId } from '@chargebus/domain';
import { AddressRefused } from '@chargebus/errors';
import { asSystem, Database } from '@chargebus/persistence';
import { IdempotencyRepository } from '@chargebus/persistence/iam';
import { CreateWebhookEndpoint } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ApiUnderTest } from './api-under-test';
import type { Answer, CallOptions } from './api-under-test';
import { anEndpoint } from './fixtures';

const ENDPOINTS = '/api/third/webhooks/endpoints';
const body = { url: 'https://partner.example/hook', events: ['charging.*'] };

describe('Idempotency-Key', () => {
  let api: ApiUnderTest;
  let database: Database;
  let made = 0;
  let open = Promise.resolve(); // the other app answers when this has resolved
  let refuse = false;

  const create = (key: string, options: CallOptions = {}): Promise<Answer> =>
    api.call('POST', ENDPOINTS, { body, headers: { 'idempotency-key': key }, ...options });

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    database = await Database.connect({ url: api.postgres.url, app: 'spec', poolSize: 1 });
    api.others.answer(CreateWebhookEndpoint, async (request) => {
      await open;
      if (refuse) throw new AddressRefused({ host: 'partner.example', reason: 'private' });
      made += 1;
      return { ...anEndpoint({ endpointId: `we_${made.toString()}`, events: request.events }), secret: 'whsec_once' };
    });
  });
  afterAll(async () => {
    await database.close();
    await api.stop();
  });
  beforeEach(() => {
    refuse = false;
  });

  it('C07 is taken by every POST of the contract', () => {
    const posts = ROUTES.filter(({ method }) => method === 'POST');
    expect(posts.filter(({ idempotency }) => idempotency === 'none')).toEqual([]);
    expect(posts.every(({ headers }) => headers.safeParse({ 'idempotency-key': '\n' }).success)).toBe(false);
    expect(posts.filter(({ idempotency }) => idempotency === 'owned').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['startCharge', 'orderDevice']),
    );
  });

  it('C07 gives the answer of the first success again, whatever the spelling of the address', async () => {
    const before = made;
    const first = await create('k1');
    const second = await create('k1');
    const alias = await api.call('POST', ENDPOINTS.replace('/api/', '/api/v1/'), {
      body,
      headers: { 'idempotency-key': 'k1' },
    });
    expect([first.status, second.status, alias.status]).toEqual([201, 201, 201]);
    expect([second.body, alias.body]).toEqual([first.body, first.body]);
    expect([first, second, alias].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([
      null,
      'true',
      'true',
    ]);
    expect(made).toBe(before + 1);
  });

  it('C07 keeps answers sealed, because they may hold a secret', async () => {
    await create('sealed');
    const { rows } = await database.query<{ answer: string }>(
      asSystem('spec'),
      `SELECT answer_sealed AS answer FROM iam.idempotency_keys WHERE key = 'sealed'`,
    );
    expect(rows).toEqual([{ answer: expect.stringMatching(/^v1\./) as string }]);
    expect(rows[0]!.answer).not.toContain('whsec');
  });

  it('C07 refuses the key with another body or query', async () => {
    await create('k2');
    const other = await create('k2', { body: { ...body, events: ['*'] } });
    expect(other.status).toBe(409);
    expect(other.body.error).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('C07 asks a repeat to wait while the first is under way', async () => {
    let release = (): void => undefined;
    open = new Promise((resolve) => {
      release = resolve;
    });
    const before = made;
    const answers: Answer[] = [];
    const calls = ['a', 'b', 'c'].map(async () => answers.push(await create('k3')));
    await eventually(() => {
      expect(answers).toHaveLength(2);
    });
    for (const early of answers) {
      expect([early.status, early.body.error]).toEqual([409, 'IDEMPOTENCY_KEY_IN_PROGRESS']);
      expect(Number(early.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    release();
    await Promise.all(calls);
    expect(answers.at(-1)?.status).toBe(201);
    expect((await create('k3')).headers.get('idempotency-replayed')).toBe('true');
    expect(made).toBe(before + 1);
  });

  it('C07 forgets a refusal, so that the same request can be repeated', async () => {
    refuse = true;
    expect((await create('k4')).status).toBe(400);
    refuse = false;
    const second = await create('k4');
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('U05 belongs to one client of one tenant', async () => {
    const before = made;
    await create('k5');
    const other = await api.newClient();
    const theirs = await create('k5', { client: other, body: { ...body, events: ['*'] } });
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const sibling = await api.newClient({ tenantId: api.client.tenantId, clientName: 'sibling' });
    expect((await create('k5', { client: sibling })).headers.get('idempotency-replayed')).toBeNull();
    expect(made).toBe(before + 3);
  });

  it('D09 refuses a key that is none', async () => {
    const answer = await create('x'.repeat(201));
    expect(answer.body).toMatchObject({ error: 'VALIDATION_FAILED', details: [{ field: 'idempotency-key' }] });
  });

  it('C07 lets a repeat take over from a process that died, which can then change nothing', async () => {
    const keys = new IdempotencyRepository(database);
    const { tenantId } = api.client;
    const ref = { tenantId, clientId: randomUUID() as ClientId, route: 'POST /x', key: 'k' };
    expect(await keys.claim(ref, 'same', 0, 60_000)).toMatchObject({ claimNo: 1 });
    expect(await keys.claim(ref, 'other', 60_000, 60_000)).toMatchObject({ claimNo: null, fingerprint: 'same' });
    expect(await keys.claim(ref, 'same', 60_000, 60_000)).toMatchObject({ claimNo: 2 });
    await keys.keep(ref, 1, 'late');
    await keys.release(ref, 1);
    expect(await keys.claim(ref, 'same', 60_000, 60_000)).toMatchObject({ claimNo: null, answerSealed: null });
    await keys.keep(ref, 2, 'done');
    await keys.release(ref, 2);
    expect(await keys.claim(ref, 'same', 60_000, 60_000)).toMatchObject({ claimNo: null, answerSealed: 'done' });
  });

  it('C07 forgets keys after their time', async () => {
    const keys = new IdempotencyRepository(database);
    const { tenantId } = api.client;
    const ref = { tenantId, clientId: randomUUID() as ClientId, route: 'POST /y', key: 'k' };
    await keys.claim(ref, 'a', 60_000, 0);
    expect(await keys.claim(ref, 'b', 60_000, 0)).toMatchObject({ claimNo: 2 });
    await keys.removeExpired();
    expect(await keys.claim(ref, 'c', 60_000, 60_000)).toMatchObject({ claimNo: 1 });
  });
});
