import type { DeviceId, TenantId } from '@chargebus/domain';
import { ChargingCompleted, ChargingStarted, CommandFinished, DeviceHeartbeat, DeviceOnline } from '@chargebus/events';
import type { WebhookDeliveryView } from '@chargebus/requests';
import {
  DeleteWebhookEndpoint,
  GetWebhookEndpoint,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  PingWebhookEndpoint,
  ResendWebhookDelivery,
  ResendWebhooksSince,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
} from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import type { z } from 'zod';
import { anEvent, aTenant, Harness } from './harness';
import { passesClassic, passesStandard } from './receiver';
import type { Receiver } from './receiver';

const firstPage = { limit: 50, offset: 0, cursor: null, sort: null, order: 'desc' } as const;

describe('webhook delivery', () => {
  let harness: Harness;
  let receiver: Receiver;
  let tenantId: TenantId;

  beforeAll(async () => {
    harness = await Harness.start({ WEBHOOK_DISABLE_AFTER_S: '1', WEBHOOK_DISABLE_AFTER_FAILURES: '6' });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    tenantId = aTenant();
    receiver = await harness.receiver('/hook?site=a%20b&x=1');
  });

  type DeliveryView = z.infer<typeof WebhookDeliveryView>;
  const deliveries = async (endpointId: string): Promise<readonly DeliveryView[]> => {
    const asked = { tenantId, endpointId, state: null, eventType: null, page: firstPage };
    return (await harness.bus.ask(ListWebhookDeliveries, asked)).items;
  };
  const until = (endpointId: string, state: DeliveryView['state']): Promise<DeliveryView> =>
    eventually(async () => {
      const [first] = await deliveries(endpointId);
      expect(first?.state).toBe(state);
      return first!;
    });

  it('I01 I19 I20 pushes an event once, signed both ways, and the signatures hold for an independent reader', async () => {
    const { endpointId, secret } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const event = anEvent(tenantId, ChargingStarted);
    await harness.bus.publishEvents([event]);
    const delivery = await until(endpointId, 'succeeded');
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request!.target).toBe('/hook?site=a%20b&x=1');
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': event.id,
      'x-api-key': endpointId,
    });
    expect(passesStandard(request!, secret)).toBe(true);
    expect(passesClassic(request!, endpointId, secret)).toBe(true);
    expect(passesClassic({ ...request!, body: `${request!.body} ` }, endpointId, secret)).toBe(false);
    expect(receiver.payloads[0]).toMatchObject({
      event: 'charging.started',
      event_id: event.id,
      device_phy_id: '04AB373B',
      timestamp: Math.floor(Date.parse(event.occurredAt) / 1000),
      occurred_at: event.occurredAt,
      sequence: event.sequence,
      data: { session_id: 'SES20240113001', third_party_order_no: 'ORD001', order_no: 'ORD001', port_no: 1 },
    });
    expect(delivery).toMatchObject({ eventId: event.id, nextAttemptAt: null });
    expect(delivery.attempts).toMatchObject([{ attemptNo: 1, status: 204, error: null, responseExcerpt: null }]);
  });

  it.each([
    ['standard', ['webhook-id', 'webhook-signature'], ['x-signature', 'x-api-key']],
    ['classic', ['x-signature', 'x-api-key', 'x-nonce', 'x-timestamp'], ['webhook-id', 'webhook-signature']],
  ] as const)('I20 signs only the %s way where the endpoint says so', async (signature, there, absent) => {
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, signature });
    await harness.bus.publishEvents([anEvent(tenantId)]);
    await until(endpointId, 'succeeded');
    expect(Object.keys(receiver.requests[0]!.headers)).toEqual(expect.arrayContaining([...there]));
    for (const name of absent) expect(receiver.requests[0]!.headers[name]).toBeUndefined();
  });

  it('I23 delivers an event once, however often the stream hands it over', async () => {
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const event = anEvent(tenantId);
    const subject = `cb.evt.${tenantId}.04AB373B.${event.type}`;
    for (let i = 0; i < 5; i++) await harness.bus.js.publish(subject, JSON.stringify(event)); // no Nats-Msg-Id
    const last = anEvent(tenantId);
    await harness.bus.publishEvents([last]);
    await eventually(() => {
      expect(receiver.eventIds).toContain(last.id);
    });
    expect(receiver.eventIds).toEqual([event.id, last.id]);
    expect(await deliveries(endpointId)).toHaveLength(2);
  });

  it('I11 I26 sends an endpoint what it asked for: wildcards, heartbeats by name only, nothing internal', async () => {
    const wild = await harness.receiver();
    const named = await harness.receiver();
    await harness.createEndpoint(tenantId, { url: wild.url, events: ['charging.*', 'device.*'] });
    await harness.createEndpoint(tenantId, { url: named.url, events: ['device.heartbeat', 'device.online'] });
    const kinds = [ChargingStarted, DeviceHeartbeat, CommandFinished, DeviceOnline] as const;
    await harness.bus.publishEvents(kinds.map((kind) => anEvent(tenantId, kind)));
    await eventually(() => {
      expect([wild.requests.length, named.requests.length]).toEqual([2, 2]);
    });
    expect(wild.payloads.map(({ event }) => event).sort()).toEqual(['charging.started', 'device.online']);
    expect(named.payloads.map(({ event }) => event).sort()).toEqual(['device.heartbeat', 'device.online']);
  });

  it('I22 repeats a failed push with the same bytes and a fresh timestamp and nonce, and logs every attempt', async () => {
    const { endpointId, secret } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answer = (_request, response) => {
      if (receiver.requests.length === 1) response.destroy();
      else response.writeHead(receiver.requests.length === 2 ? 500 : 200).end('attempt \u0000 seen');
    };
    await harness.bus.publishEvents([anEvent(tenantId, ChargingCompleted)]);
    const delivery = await until(endpointId, 'succeeded');
    expect(receiver.requests).toHaveLength(3);
    expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(1);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.requests.map(({ headers }) => headers['x-nonce'])).size).toBe(3);
    for (const request of receiver.requests)
      expect([passesStandard(request, secret), passesClassic(request, endpointId, secret)]).toEqual([true, true]);
    expect(delivery.attempts).toMatchObject([
      { attemptNo: 1, status: null, error: expect.stringMatching(/^broken: /) as string },
      { attemptNo: 2, status: 500, error: null, responseExcerpt: 'attempt seen' },
      { attemptNo: 3, status: 200 },
    ]);
  });

  it('I22 gives up after the schedule, and delivers again on demand with the same event id', async () => {
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answerStatus(503);
    await harness.bus.publishEvents([anEvent(tenantId)]);
    const dead = await until(endpointId, 'dead');
    expect(dead.attempts.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(dead.nextAttemptAt).toBeNull();
    receiver.answerStatus(200);
    const ref = { tenantId, endpointId, deliveryId: dead.deliveryId };
    expect(await harness.bus.ask(ResendWebhookDelivery, ref)).toMatchObject({ state: 'pending' });
    const delivered = await until(endpointId, 'succeeded');
    expect(delivered.attempts.map(({ attemptNo, status }) => [attemptNo, status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 503],
      [4, 503],
      [5, 200],
    ]);
    expect(new Set(receiver.eventIds).size).toBe(1);
    await expect(
      harness.bus.ask(ResendWebhookDelivery, { tenantId, endpointId, deliveryId: 'wd_0' }),
    ).rejects.toMatchObject({ name: 'WEBHOOK_DELIVERY_NOT_FOUND' });
  });

  it('I24 counts what was delivered at the first attempt, after retries, and never', async () => {
    const outcomes = ['succeeded_first', 'succeeded_retry', 'dead'];
    const counts = (): Promise<number[]> =>
      Promise.all(outcomes.map((outcome) => harness.count('chargebus_webhook_deliveries_total', { outcome })));
    const before = await counts();
    await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answer = ({ body }, response) => {
      const { sequence } = JSON.parse(body) as { sequence: number };
      const attempts = receiver.payloads.filter((payload) => payload.sequence === sequence).length;
      response.writeHead(attempts <= sequence ? 500 : 200).end(); // the sequence says how often it fails
    };
    const failing = (sequence: number) =>
      anEvent(tenantId, ChargingCompleted, { sequence, deviceId: `DEV${sequence.toString()}` as DeviceId });
    await harness.bus.publishEvents([failing(0), failing(1), failing(9)]);
    await eventually(async () => {
      expect((await counts()).map((count, i) => count - before[i]!)).toEqual([1, 1, 1]);
    });
    expect(await harness.count('chargebus_webhook_first_attempt_age_seconds', {})).toBeGreaterThan(0);
  });

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ])('I22 leaves a receiver that answers 429 alone for as long as it says, in %s', async (_form, retryAfter) => {
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answerStatus(429, { 'retry-after': retryAfter() });
    await harness.bus.publishEvents([anEvent(tenantId)]);
    await eventually(() => {
      expect(receiver.requests).toHaveLength(1);
    });
    receiver.answerStatus(200);
    await eventually(async () => {
      const [row] = await harness.database.query<{ paused: boolean }>(
        'SELECT paused_until > now() AS paused FROM webhook.endpoints WHERE endpoint_id = $1',
        [endpointId],
      );
      expect(row?.paused).toBe(true);
    });
    await harness.bus.publishEvents([anEvent(tenantId)]); // must wait as well
    await eventually(async () => {
      expect((await deliveries(endpointId)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    });
    const [first, ...later] = receiver.requests.map(({ atMs }) => atMs);
    for (const atMs of later) expect(atMs - first!).toBeGreaterThan(900);
  });

  it('I14 disables an endpoint that answers 410, tells the tenant, and delivers what it missed once it is enabled again', async () => {
    const watcher = await harness.receiver();
    await harness.createEndpoint(tenantId, { url: watcher.url, events: ['system.alarm'] });
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, events: ['charging.*'] });
    receiver.answerStatus(410);
    await harness.bus.publishEvents([anEvent(tenantId)]);
    await until(endpointId, 'dead');
    await eventually(async () => {
      expect(await harness.bus.ask(GetWebhookEndpoint, { tenantId, endpointId })).toMatchObject({
        status: 'disabled',
        disabledReason: 'gone',
      });
      expect(watcher.payloads).toMatchObject([
        {
          event: 'system.alarm',
          device_phy_id: null,
          data: { alarm_type: 'webhook_endpoint_disabled', details: { endpoint_id: endpointId, reason: 'gone' } },
        },
      ]);
    });
    await harness.bus.publishEvents([anEvent(tenantId), anEvent(tenantId)]);
    await eventually(async () => {
      expect((await deliveries(endpointId)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'dead']);
    });
    receiver.answerStatus(200);
    const changes = { status: 'enabled' } as const;
    expect(await harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes })).toMatchObject({
      status: 'enabled',
      disabledReason: null,
    });
    const since = new Date(Date.now() - 60_000).toISOString();
    expect(await harness.bus.ask(ResendWebhooksSince, { tenantId, endpointId, since, failedOnly: true })).toEqual({
      scheduled: 3,
    });
    await eventually(() => {
      expect(new Set(receiver.eventIds).size).toBe(3);
    });
    await eventually(async () => {
      expect((await deliveries(endpointId)).map(({ state }) => state)).toEqual(Array(3).fill('succeeded'));
    });
    expect(await harness.bus.ask(ResendWebhooksSince, { tenantId, endpointId, since, failedOnly: true })).toEqual({
      scheduled: 0,
    });
    expect(await harness.bus.ask(ResendWebhooksSince, { tenantId, endpointId, since, failedOnly: false })).toEqual({
      scheduled: 3,
    });
  });

  it('disables an endpoint that keeps failing, once, and forgets the failures when it is enabled', async () => {
    const watcher = await harness.receiver();
    await harness.createEndpoint(tenantId, { url: watcher.url, events: ['system.*'] });
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, events: ['charging.*'] });
    receiver.answerStatus(500);
    await eventually(async () => {
      await harness.bus.publishEvents([anEvent(tenantId)]);
      expect(await harness.bus.ask(GetWebhookEndpoint, { tenantId, endpointId })).toMatchObject({
        status: 'disabled',
        disabledReason: 'failing',
      });
    });
    await eventually(async () => {
      expect((await deliveries(endpointId)).filter(({ state }) => state === 'pending')).toEqual([]);
      expect(watcher.payloads.map(({ data }) => data.alarm_type)).toEqual(['webhook_endpoint_disabled']);
    });
    const changes = { status: 'enabled' } as const;
    await harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes });
    const rows = await harness.database.query(
      'SELECT failures, failing_since FROM webhook.endpoints WHERE endpoint_id = $1',
      [endpointId],
    );
    expect(rows).toEqual([{ failures: 0, failing_since: null }]);
  });

  it('I20 signs with both secrets after a rotation, the classic way with the new one', async () => {
    const { endpointId, secret: old } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const rotated = await harness.bus.ask(RotateWebhookSecret, { tenantId, endpointId });
    expect(rotated.secret).not.toBe(old);
    expect(rotated.secretHint).toBe(rotated.secret.slice(-4));
    const overlapMs = Date.parse(rotated.previousSecretUntil!) - Date.now();
    expect(Math.abs(overlapMs - 86_400_000)).toBeLessThan(10_000);
    await harness.bus.publishEvents([anEvent(tenantId)]);
    await until(endpointId, 'succeeded');
    const [request] = receiver.requests;
    expect(String(request!.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect([passesStandard(request!, rotated.secret), passesStandard(request!, old)]).toEqual([true, true]);
    expect(passesClassic(request!, endpointId, rotated.secret)).toBe(true);
    expect(passesClassic(request!, endpointId, old)).toBe(false);

    await harness.database.query('UPDATE webhook.endpoints SET previous_secret_until = now() WHERE endpoint_id = $1', [
      endpointId,
    ]);
    await harness.bus.publishEvents([anEvent(tenantId)]);
    await eventually(() => {
      expect(receiver.requests).toHaveLength(2);
    });
    expect(passesStandard(receiver.requests[1]!, old)).toBe(false);
    const seen = await harness.bus.ask(GetWebhookEndpoint, { tenantId, endpointId });
    expect(seen.previousSecretUntil).toBeNull();
  });

  it('stores secrets sealed only', async () => {
    const { endpointId, secret } = await harness.createEndpoint(tenantId, { url: receiver.url });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rows = await harness.database.query('SELECT * FROM webhook.endpoints WHERE endpoint_id = $1', [endpointId]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
  });

  it('answers a ping with its attempt, at a disabled endpoint too, and keeps it in the log', async () => {
    const { endpointId, secret } = await harness.createEndpoint(tenantId, {
      url: receiver.url,
      events: ['charging.*'],
    });
    expect(await harness.bus.ask(PingWebhookEndpoint, { tenantId, endpointId })).toMatchObject({
      attemptNo: 1,
      status: 204,
    });
    await harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes: { status: 'disabled' } });
    receiver.answerStatus(500);
    expect(await harness.bus.ask(PingWebhookEndpoint, { tenantId, endpointId })).toMatchObject({ status: 500 });
    expect(receiver.payloads).toMatchObject([
      { event: 'webhook.ping', device_phy_id: null, data: { endpoint_id: endpointId } },
      { event: 'webhook.ping' },
    ]);
    expect(new Set(receiver.eventIds).size).toBe(2);
    expect(passesStandard(receiver.requests[0]!, secret)).toBe(true);
    expect((await deliveries(endpointId)).map(({ eventType, state }) => [eventType, state])).toEqual([
      ['webhook.ping', 'dead'],
      ['webhook.ping', 'succeeded'],
    ]);
  });

  it('changes only what is given and deletes for good', async () => {
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, description: 'first' });
    const changes = { events: ['charging.*'], description: null };
    expect(await harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes })).toMatchObject({
      url: receiver.url,
      events: ['charging.*'],
      description: null,
      payloadVersion: 'v1',
      status: 'enabled',
    });
    await harness.bus.ask(DeleteWebhookEndpoint, { tenantId, endpointId });
    for (const asked of [GetWebhookEndpoint, DeleteWebhookEndpoint, RotateWebhookSecret, PingWebhookEndpoint])
      await expect(harness.bus.ask(asked, { tenantId, endpointId })).rejects.toMatchObject({
        name: 'WEBHOOK_ENDPOINT_NOT_FOUND',
      });
    expect(await harness.bus.ask(ListWebhookEndpoints, { tenantId, page: firstPage })).toEqual({
      items: [],
      total: 0,
      nextCursor: null,
    });
  });

  it('pages through endpoints and deliveries by cursor and by offset', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await harness.createEndpoint(tenantId, { url: receiver.url })).endpointId);
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page = { ...firstPage, limit: 2, cursor, order: 'asc' as const };
      const list: Awaited<ReturnType<typeof listEndpoints>> = await listEndpoints(page);
      seen.push(...list.items.map(({ endpointId }) => endpointId));
      expect(list.total).toBe(5);
      cursor = list.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(ids);
    const second = await listEndpoints({ ...firstPage, limit: 2, offset: 2 });
    expect(second.items.map(({ endpointId }) => endpointId)).toEqual([ids[2], ids[1]]);
  });
  const listEndpoints = (page: Parameters<typeof harness.bus.ask<typeof ListWebhookEndpoints>>[1]['page']) =>
    harness.bus.ask(ListWebhookEndpoints, { tenantId, page });

  it('refuses events that do not exist, addresses inside, and endpoints beyond the limit', async () => {
    await expect(
      harness.createEndpoint(tenantId, {
        url: receiver.url,
        events: ['charging.*', 'charging.begun', 'command.finished'],
      }),
    ).rejects.toMatchObject({
      name: 'VALIDATION_FAILED',
      details: [{ field: 'events.1' }, { field: 'events.2' }],
    });
    await expect(harness.createEndpoint(tenantId, { url: 'http://10.0.0.1/hook' })).rejects.toMatchObject({
      name: 'ADDRESS_REFUSED',
    });
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const changes = { url: 'http://169.254.169.254/latest' };
    await expect(harness.bus.ask(UpdateWebhookEndpoint, { tenantId, endpointId, changes })).rejects.toMatchObject({
      name: 'ADDRESS_REFUSED',
    });
    const many = await Promise.allSettled(
      Array.from({ length: 52 }, () => harness.createEndpoint(tenantId, { url: receiver.url })),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(49);
    expect(many.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'WEBHOOK_ENDPOINT_LIMIT' },
    });
  });
});
