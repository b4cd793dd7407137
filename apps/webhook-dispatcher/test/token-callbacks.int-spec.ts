import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import { AskTokenCallbacks, DeleteTokenCallback, GetTokenCallback, PutTokenCallback } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { randomUUID } from 'node:crypto';
import { aTenant, Harness } from './harness';
import { passesClassic, passesStandard } from './receiver';
import type { Receiver } from './receiver';

const aClient = (): ClientId => randomUUID() as ClientId;

describe('token callbacks', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  const put = (tenantId: TenantId, url: string, fields: Partial<RequestOf<typeof PutTokenCallback>> = {}) =>
    harness.bus.ask(PutTokenCallback, {
      tenantId,
      clientId: aClient(),
      url,
      timeoutMs: 5_000,
      fallback: 'unknown',
      ...fields,
    });
  const ask = (tenantId: TenantId, fields: Partial<RequestOf<typeof AskTokenCallbacks>> = {}) =>
    harness.bus.ask(AskTokenCallbacks, {
      tenantId,
      deviceId: '04AB373B' as DeviceId,
      causeId: '04AB373B:02:7:ünlabelled',
      token: '04A1B2C3',
      cardNumber: '100001',
      tokenType: 'card',
      portNo: 2,
      deadlineMs: 8_000,
      ...fields,
    });
  const says = (receiver: Receiver, answer: unknown): void => {
    receiver.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    };
  };
  const bare = { expiresAt: null, groupId: null, balanceFen: null };

  it('A09 asks a client with a signed request and takes its answer', async () => {
    const [tenantId, clientId, receiver] = [aTenant(), aClient(), await harness.receiver('/tokens?v=1')];
    says(receiver, { status: 'accepted', group: 'fleet', balance: 900 });
    const { secret } = await put(tenantId, receiver.url, { clientId });
    expect(await ask(tenantId)).toEqual({
      verdict: { ...bare, status: 'accepted', groupId: 'fleet', balanceFen: 900 },
      source: 'callback',
    });
    const [request] = receiver.requests;
    expect(JSON.parse(request!.body)).toMatchObject({
      type: 'token.authorise',
      token: '04A1B2C3',
      card_number: '100001',
      token_type: 'card',
      device_phy_id: '04AB373B',
      port_no: 2,
    });
    expect(passesStandard(request!, secret!)).toBe(true);
    expect(passesClassic(request!, clientId, secret!)).toBe(true);
  });

  it('A09 takes the configured answer when the client is late, broken or not to be understood', async () => {
    const [tenantId, clientId, receiver] = [aTenant(), aClient(), await harness.receiver()];
    await put(tenantId, receiver.url, { clientId, timeoutMs: 100, fallback: 'accepted' });
    receiver.answer = () => undefined; // says nothing
    const wanted = { verdict: { ...bare, status: 'accepted' }, source: 'fallback' };
    expect(await ask(tenantId)).toEqual(wanted);
    await put(tenantId, receiver.url, { clientId, fallback: 'accepted' });
    expect(await ask(tenantId, { deadlineMs: 100 })).toEqual(wanted); // the device leaves less than the client may take
    receiver.answerStatus(500);
    expect(await ask(tenantId)).toEqual(wanted);
    says(receiver, { status: 'perhaps' });
    expect(await ask(tenantId)).toEqual(wanted);
  });

  it('A09 lets one client that accepts be enough, and asks nobody of another tenant', async () => {
    const [tenantId, stranger] = [aTenant(), aTenant()];
    const [first, second, foreign] = [await harness.receiver(), await harness.receiver(), await harness.receiver()];
    says(first, { status: 'blocked' });
    says(second, { status: 'accepted' });
    await put(tenantId, first.url);
    await put(tenantId, second.url);
    await put(stranger, foreign.url);
    expect((await ask(tenantId)).verdict?.status).toBe('accepted');
    says(second, { status: 'unknown' });
    expect((await ask(tenantId)).verdict?.status).toBe('blocked');
    expect(foreign.requests).toEqual([]);
    expect(await ask(aTenant())).toEqual({ verdict: null, source: 'fallback' });
  });

  it('Z07 shows the secret once, keeps it when settings change, and refuses inner addresses', async () => {
    const owner = { tenantId: aTenant(), clientId: aClient() };
    const receiver = await harness.receiver();
    const made = await put(owner.tenantId, receiver.url, owner);
    expect(made.secret).toMatch(/^whsec_/);
    const changed = await put(owner.tenantId, receiver.url, { ...owner, fallback: 'blocked' });
    expect(changed).toMatchObject({ secret: null, fallback: 'blocked', secretHint: made.secretHint });
    expect(await harness.bus.ask(GetTokenCallback, owner)).toMatchObject({ url: receiver.url, fallback: 'blocked' });
    await expect(put(owner.tenantId, 'http://169.254.169.254/latest', owner)).rejects.toMatchObject({
      name: 'ADDRESS_REFUSED',
    });
    await expect(harness.bus.ask(GetTokenCallback, { ...owner, tenantId: aTenant() })).rejects.toMatchObject({
      name: 'TOKEN_CALLBACK_NOT_FOUND',
    });
    expect(await harness.bus.ask(DeleteTokenCallback, owner)).toEqual({ deleted: true });
    await expect(harness.bus.ask(DeleteTokenCallback, owner)).rejects.toMatchObject({
      name: 'TOKEN_CALLBACK_NOT_FOUND',
    });
  });
});
