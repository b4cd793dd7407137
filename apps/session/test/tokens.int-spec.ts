import type { DeviceId } from '@chargebus/domain';
import { AskTokenCallbacks, AuthoriseCard, DeleteToken, GetToken, ListTokens, PutToken } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import { randomUUID } from 'node:crypto';
import { OTHER_TENANT, TENANT, World } from './harness';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'asc' as const };
const MINUTE = 60_000;
type Verdict = NonNullable<ReplyOf<typeof AskTokenCallbacks>['verdict']>;

describe('id tokens', () => {
  let world: World;
  let deviceId: DeviceId;
  const asked: RequestOf<typeof AskTokenCallbacks>[] = [];
  let reply: ReplyOf<typeof AskTokenCallbacks>;

  beforeAll(async () => {
    world = await World.create();
    world.bus.answer(AskTokenCallbacks, (question) => {
      asked.push(question);
      return Promise.resolve(reply);
    });
    await world.replica({ TOKEN_CALLBACK_CACHE_MS: '1' });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    asked.length = 0;
    reply = { verdict: null, source: 'fallback' };
    deviceId = await world.registerDevice();
  });

  const put = (token: string, fields: Partial<RequestOf<typeof PutToken>> = {}) =>
    world.bus.ask(PutToken, {
      tenantId: TENANT,
      token,
      type: null,
      status: 'accepted',
      expiresAt: null,
      groupId: null,
      balanceFen: null,
      ...fields,
    });
  const hold = (cardId: string, fields: Partial<RequestOf<typeof AuthoriseCard>> = {}) =>
    world.bus.ask(AuthoriseCard, {
      deviceId,
      causeId: randomUUID(),
      cardId,
      cardNumber: '',
      portNo: 1,
      deadlineMs: 5_000,
      ...fields,
    });
  const said = (status: Verdict['status'], fields: Partial<Verdict> = {}): Verdict => ({
    status,
    expiresAt: null,
    groupId: null,
    balanceFen: null,
    ...fields,
  });

  it('A09 keeps what was said last of a token, however it is written', async () => {
    const token = `Card-${randomUUID()}`;
    await put(token, { status: 'blocked' });
    const changed = await put(token.toUpperCase(), { groupId: 'fleet', type: 'card' });
    expect(changed).toMatchObject({ token: token.toUpperCase(), status: 'accepted', groupId: 'fleet', type: 'card' });
    const ref = { tenantId: TENANT, token: token.toLowerCase() };
    expect(await world.bus.ask(GetToken, ref)).toEqual(changed);
    const listed = { tenantId: TENANT, status: null, groupId: null, text: token.slice(5, 20), page: PAGE };
    expect(await world.bus.ask(ListTokens, listed)).toMatchObject({ items: [changed], total: 1 });
    expect(await world.bus.ask(ListTokens, { ...listed, status: 'blocked' })).toMatchObject({ items: [], total: 0 });
    expect(await world.bus.ask(DeleteToken, ref)).toEqual(changed);
    await expect(world.bus.ask(GetToken, ref)).rejects.toMatchObject({ name: 'TOKEN_NOT_FOUND' });
    await expect(world.bus.ask(DeleteToken, ref)).rejects.toMatchObject({ name: 'TOKEN_NOT_FOUND' });
  });

  it('U05 shows and counts a token for its tenant alone', async () => {
    const token = randomUUID();
    await put(token, { tenantId: OTHER_TENANT });
    await expect(world.bus.ask(GetToken, { tenantId: TENANT, token })).rejects.toMatchObject({
      name: 'TOKEN_NOT_FOUND',
    });
    expect((await hold(token)).decision).toBe('unknown_card');
  });

  it.each([
    ['accepted', {}, 'accepted'],
    ['blocked', { status: 'blocked' }, 'blocked'],
    ['expired', { status: 'expired' }, 'expired'],
    ['past its expiry', { expiresAt: '2020-01-01T00:00:00.000Z' }, 'expired'],
    ['without credit', { status: 'no_credit' }, 'insufficient_balance'],
    ['with nothing left', { balanceFen: 0 }, 'insufficient_balance'],
  ] as const)('A09 decides by the register: %s', async (_, fields, decision) => {
    const token = randomUUID().slice(0, 8);
    await put(token, { ...fields, groupId: 'fleet' });
    expect(await hold(token.toUpperCase())).toMatchObject({ decision, groupId: 'fleet' });
    expect(asked).toEqual([]);
  });

  it('A09 finds a card by its printed number, and tells what is left on it', async () => {
    const number = randomUUID().slice(0, 8);
    await put(number, { balanceFen: 1_250 });
    expect(await hold('EE01', { cardNumber: number })).toMatchObject({ decision: 'accepted', balanceFen: 1_250 });
  });

  it('A09 asks the clients about a token that is in no register, with all that they may want to know', async () => {
    reply = { verdict: said('accepted', { groupId: 'g7', balanceFen: 300 }), source: 'callback' };
    const answer = await hold('VIN0001', { tokenType: 'vin', cardNumber: '77' });
    expect(answer).toMatchObject({ decision: 'accepted', groupId: 'g7', balanceFen: 300 });
    expect(asked).toMatchObject([
      { tenantId: TENANT, deviceId, token: 'VIN0001', cardNumber: '77', tokenType: 'vin', portNo: 1 },
    ]);
    expect(asked[0]!.deadlineMs).toBeLessThan(5_000);
    reply = { verdict: said('blocked'), source: 'callback' };
    expect((await hold('VIN0002')).decision).toBe('blocked');
  });

  it('A09 takes the configured answer when no client answers, and the default when none is to be asked', async () => {
    reply = { verdict: said('accepted'), source: 'fallback' };
    expect((await hold('AA01')).decision).toBe('accepted');
    reply = { verdict: null, source: 'fallback' };
    expect((await hold('AA02')).decision).toBe('unknown_card');
    const rows = await world.postgres.query<{ source: string }>(
      `SELECT answer ->> 'source' AS source FROM session.answered_questions WHERE device_id = $1 ORDER BY answered_at`,
      [deviceId],
    );
    expect(rows.map(({ source }) => source)).toEqual(['fallback', 'default']);
  });

  it('A09 gives the same question the same answer, and asks nobody again', async () => {
    const causeId = randomUUID();
    reply = { verdict: said('accepted'), source: 'callback' };
    const first = await hold('BB01', { causeId });
    await put('BB01', { status: 'blocked' });
    world.clock.advance(MINUTE);
    expect(await hold('BB01', { causeId })).toEqual(first);
    expect(asked).toHaveLength(1);
    expect((await hold('BB01')).decision).toBe('blocked');
  });
});
