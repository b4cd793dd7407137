import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { ANY_DEVICE } from '@chargebus/domain';
import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import { ChargingCompleted, ChargingProgress, DeviceOnline, SystemAlarm, SystemMaintenance } from '@chargebus/events';
import { iamChangedSubject } from '@chargebus/messaging';
import {
  GetClientAccess,
  GetWebhookEndpoint,
  GetWebhookResend,
  GetWebhookStatistics,
  ListWebhookDeliveries,
  PingWebhookEndpoint,
  RotateWebhookSecret,
  SelectDevices,
  StartWebhookResend,
  UpdateWebhookEndpoint,
} from '@chargebus/requests';
import type { ClientAccess } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { anEvent, aTenant, Harness } from './harness';
import { passesStandard } from './receiver';
import type { Received } from './receiver';

/** The check of a receiver that knows a public key and no secret. */
function passesEd25519(request: Received, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  const id = request.headers['webhook-id'] as string;
  const content = `${id}.${request.headers['webhook-timestamp'] as string}.${request.body}`;
  return (request.headers['webhook-signature'] as string)
    .split(' ')
    .filter((part) => part.startsWith('v1a,'))
    .some((part) => verify(null, Buffer.from(content), key, Buffer.from(part.slice(4), 'base64')));
}

describe('what an endpoint chooses', () => {
  let harness: Harness;
  let tenantId: TenantId;
  const access = new Map<ClientId, ClientAccess>();

  beforeAll(async () => {
    harness = await Harness.start({ WEBHOOK_ENDPOINT_CONCURRENCY: '1', WEBHOOK_BEHIND_AFTER_MS: '0' });
    harness.bus.answer(GetClientAccess, ({ clientIds }) =>
      Promise.resolve({ items: clientIds.flatMap((id) => access.get(id) ?? []) }),
    );
    harness.bus.answer(SelectDevices, ({ filter, within }) => {
      const wanted = (id: string): boolean =>
        id.startsWith('NORTH') && (within == null || (within.regions.includes('north-1') && id.startsWith('NORTH1')));
      const items = (filter.deviceIds ?? []).filter(wanted).map((deviceId) => ({
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
  });
  afterAll(() => harness.stop());
  /** As `api` does when somebody changes a client. */
  const allow = (clientId: ClientId, rights: Partial<ClientAccess>): void => {
    access.set(clientId, { clientId, within: null, state: 'good', ...rights });
    harness.bus.nc.publish(iamChangedSubject('clients'));
  };
  beforeEach(() => {
    tenantId = aTenant();
  });

  const about = (id: string) => anEvent(tenantId, DeviceOnline, { deviceId: id as DeviceId });
  const statesOf = async (endpointId: string): Promise<readonly (readonly [string, string])[]> => {
    const page = { limit: 200, offset: 0, cursor: null, sort: null, order: 'asc' } as const;
    const asked = { tenantId, endpointId, state: null, eventType: null, page };
    return (await harness.bus.ask(ListWebhookDeliveries, asked)).items.map(({ eventId, state }) => [eventId, state]);
  };

  it('I19 U06 sends what is about the devices it means, within the part of the tenant that its owner may see', async () => {
    const [all, group, limited] = await Promise.all([harness.receiver(), harness.receiver(), harness.receiver()]);
    await harness.createEndpoint(tenantId, { url: all.url });
    await harness.createEndpoint(tenantId, { url: group.url, deviceFilter: { ...ANY_DEVICE, groups: ['north'] } });
    const within = { regions: ['north-1'], stations: [], groups: [], devices: [] };
    await harness.createEndpoint(tenantId, { url: limited.url, within });
    const events = [
      about('NORTH1'),
      about('SOUTH1'),
      about('NORTH2'),
      anEvent(tenantId, SystemMaintenance, { deviceId: null }),
    ];
    await harness.bus.publishEvents(events);
    const ids = events.map(({ id }) => id);
    await eventually(() => {
      expect([...all.eventIds].sort()).toEqual([...ids].sort());
      expect([...group.eventIds].sort()).toEqual([ids[0], ids[2]].sort());
      expect(limited.eventIds).toEqual([ids[0]]);
    });
  });

  it('U06 Z09 I19 tells no more than who made it may see, and nothing once its maker is revoked', async () => {
    const [followed, alarms, kept] = await Promise.all([harness.receiver(), harness.receiver(), harness.receiver()]);
    const [maker, other] = [randomUUID() as ClientId, randomUUID() as ClientId];
    const { endpointId } = await harness.createEndpoint(tenantId, {
      url: followed.url,
      clientId: maker,
      events: ['device.online'],
    });
    const leavers = await harness.createEndpoint(tenantId, { url: kept.url, clientId: other, events: ['device.*'] });
    await harness.createEndpoint(tenantId, { url: alarms.url, events: ['system.alarm'] });
    const endpoint = (id = endpointId) => harness.bus.ask(GetWebhookEndpoint, { tenantId, endpointId: id });
    const { updatedAt } = await endpoint();

    allow(maker, { within: { regions: ['north-1'], stations: [], groups: [], devices: [] } });
    await eventually(async () => {
      expect((await endpoint()).updatedAt).not.toBe(updatedAt);
    });
    const events = [about('NORTH2'), about('NORTH1')];
    await harness.bus.publishEvents(events);
    await eventually(() => {
      expect([followed.eventIds, kept.eventIds.length]).toEqual([[events[1]!.id], 2]);
    });

    allow(other, { state: 'suspended' });
    allow(maker, { within: null, state: 'revoked' });
    await eventually(async () => {
      expect(await endpoint()).toMatchObject({ status: 'disabled', disabledReason: 'maker_gone' });
      expect(alarms.requests.at(-1)?.body).toContain('"reason":"maker_gone"');
    });
    expect((await endpoint(leavers.endpointId)).status).toBe('enabled'); // what the whole tenant's is stays

    await harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes: { status: 'enabled' } });
    allow(other, { state: 'revoked' });
    await eventually(async () => {
      expect((await endpoint(leavers.endpointId)).status).toBe('disabled');
    });
    expect((await endpoint()).status).toBe('enabled'); // nobody's in particular now, and as narrow as it was
    const more = [about('NORTH2'), about('NORTH1')];
    await harness.bus.publishEvents(more);
    await eventually(() => {
      expect(followed.eventIds).toEqual([events[1]!.id, more[1]!.id]);
    });
  });

  it('I20 signs with ed25519 beside or instead of a secret, and with both keys while one is being rotated', async () => {
    const [only, every] = await Promise.all([harness.receiver(), harness.receiver()]);
    const first = await harness.createEndpoint(tenantId, { url: only.url, signature: 'ed25519' });
    const second = await harness.createEndpoint(tenantId, { url: every.url, signature: 'all' });
    expect(first.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    await harness.bus.publishEvents([about('A')]);
    await eventually(() => {
      expect([only.requests.length, every.requests.length]).toEqual([1, 1]);
    });
    expect(passesEd25519(only.requests[0]!, first.publicKey!)).toBe(true);
    expect(passesEd25519(only.requests[0]!, second.publicKey!)).toBe(false);
    expect(only.requests[0]!.headers['webhook-signature']).not.toContain('v1,');
    expect(passesEd25519(every.requests[0]!, second.publicKey!)).toBe(true);
    expect(passesStandard(every.requests[0]!, second.secret)).toBe(true);
    expect(every.requests[0]!.headers['x-signature']).toBeDefined();

    const rotated = await harness.bus.ask(RotateWebhookSecret, { tenantId, endpointId: first.endpointId });
    expect(rotated.publicKey).not.toBe(first.publicKey);
    await harness.bus.publishEvents([about('A')]);
    await eventually(() => {
      expect(only.requests).toHaveLength(2);
    });
    for (const key of [first.publicKey!, rotated.publicKey!]) expect(passesEd25519(only.requests[1]!, key)).toBe(true);
  });

  it('I27 keeps the newest progress of a charge for an endpoint that is behind, and lets the end of a charge pass', async () => {
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    receiver.answer = (_request, response) => void held.then(() => response.writeHead(204).end());
    const first = about('A');
    await harness.bus.publishEvents([first]);
    await eventually(() => {
      expect(receiver.eventIds).toEqual([first.id]);
    });
    const at = (second: number) => ({ occurredAt: new Date(Date.now() + second * 1_000).toISOString() });
    const samples = [1, 2, 3].map((second) => anEvent(tenantId, ChargingProgress, at(second)));
    const other = anEvent(tenantId, ChargingProgress, {
      data: { ...ChargingProgress.example, sessionId: 'SES20240113002' },
    });
    const online = about('B');
    const end = anEvent(tenantId, ChargingCompleted, { deviceId: 'C' as DeviceId });
    for (const event of [...samples, other, online, end]) await harness.bus.publishEvents([event]);
    await eventually(async () => {
      const states = new Map(await statesOf(endpointId));
      expect(samples.map(({ id }) => states.get(id))).toEqual(['superseded', 'superseded', 'pending']);
      expect([other, online, end].map(({ id }) => states.get(id))).toEqual(['pending', 'pending', 'pending']);
    });
    release();
    receiver.answerStatus(204);
    await eventually(() => {
      expect(receiver.eventIds.slice(0, 3)).toEqual([first.id, end.id, online.id]);
      expect([...receiver.eventIds.slice(3)].sort()).toEqual([samples[2]!.id, other.id].sort());
    });
  });

  it('I25 N04 sends an alarm with the headers, the deadline and the retries that its channel chose', async () => {
    const [receiver, other] = [await harness.receiver(), await harness.receiver()];
    const headers = { Authorization: 'Bearer ops-4f1c', 'X-Team': 'night' };
    const { endpointId, headerNames } = await harness.createEndpoint(tenantId, {
      ...{ url: receiver.url, events: ['system.alarm'], headers, timeoutS: 1, retryCount: 1 },
    });
    expect(headerNames).toEqual(['Authorization', 'X-Team']);
    receiver.answer = () => undefined; // never answers
    const alarm = anEvent(tenantId, SystemAlarm, { deviceId: null });
    await harness.bus.publishEvents([alarm]);
    await eventually(async () => {
      expect(await statesOf(endpointId)).toEqual([[alarm.id, 'dead']]);
    });
    expect(receiver.requests.map(({ headers: { authorization, 'x-team': team } }) => [authorization, team])).toEqual([
      ['Bearer ops-4f1c', 'night'],
      ['Bearer ops-4f1c', 'night'],
    ]);
    const stored = await harness.database.query('SELECT * FROM webhook.endpoints WHERE endpoint_id = $1', [endpointId]);
    expect(JSON.stringify(stored)).not.toContain('ops-4f1c');

    const ref = { tenantId, endpointId };
    const moved = await harness.bus.ask(UpdateWebhookEndpoint, { ...ref, changes: { url: other.url } });
    expect(moved.headerNames).toEqual([]);
    await harness.bus.ask(PingWebhookEndpoint, ref);
    expect(other.requests[0]!.headers.authorization).toBeUndefined(); // it was meant for another server
  });

  it('I24 says how much arrived, at the first attempt and after retries, and how old it was', async () => {
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answerStatus(500);
    await harness.bus.publishEvents([about('A')]);
    await eventually(() => {
      expect(receiver.requests.length).toBeGreaterThanOrEqual(1);
    });
    receiver.answerStatus(204);
    await harness.bus.publishEvents([about('A'), about('B')]);
    const asked = { tenantId, endpointId, windowS: 3_600 };
    await eventually(async () => {
      expect(await harness.bus.ask(GetWebhookStatistics, asked)).toMatchObject({
        ...{ succeededFirst: 2, succeededRetry: 1, pending: 0, dead: 0, successful: 3, total: 3, successRate: 1 },
        ageS: { p50: expect.any(Number) as number, p99: expect.any(Number) as number },
      });
    });
    const stranger = { ...asked, tenantId: aTenant() };
    await expect(harness.bus.ask(GetWebhookStatistics, stranger)).rejects.toThrow(/not found/);
  });

  it('I22 sends again in the background what fits a filter, and says how far it is', async () => {
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const events = [about('A'), about('B'), anEvent(tenantId, ChargingCompleted, { deviceId: 'A' as DeviceId })];
    await harness.bus.publishEvents(events);
    await eventually(async () => {
      expect((await statesOf(endpointId)).map(([, state]) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    });
    const begun = await harness.bus.ask(StartWebhookResend, {
      ...{ tenantId, endpointId, since: '2024-01-01T00:00:00.000Z', until: null },
      events: ['device.*'],
      devices: ['A' as DeviceId],
      states: ['succeeded'],
    });
    expect(begun.total).toBe(1);
    const ref = { tenantId, endpointId, resendId: begun.resendId };
    await eventually(async () => {
      expect(await harness.bus.ask(GetWebhookResend, ref)).toMatchObject({ state: 'finished', scheduled: 1, total: 1 });
      expect(receiver.eventIds).toHaveLength(4);
    });
    expect(receiver.eventIds[3]).toBe(events[0]!.id);
    await expect(harness.bus.ask(GetWebhookResend, { ...ref, tenantId: aTenant() })).rejects.toThrow(/not found/);
  });
});
