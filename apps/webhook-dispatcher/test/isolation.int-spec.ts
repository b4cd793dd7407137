import { randomUUID } from 'node:crypto';
import type { ClientId, DeviceId } from '@chargebus/domain';
import { ChargingProgress, DeviceOnline } from '@chargebus/events';
import { createLogger } from '@chargebus/observability';
import { asSystem, Database, forTenant, RetentionKeeper, RetentionRepository } from '@chargebus/persistence';
import { DeliveryLogRepository, DeliveryQueueRepository, deliveryRetention } from '@chargebus/persistence/webhook';
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
import type { RequestDefinition } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { anEvent, aTenant, Harness } from './harness';

const page = { limit: 50, offset: 0, cursor: null, sort: null, order: 'desc' } as const;

describe('webhooks of several parties', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({ WEBHOOK_ENDPOINT_CONCURRENCY: '4', WEBHOOK_TIMEOUT_MS: '5000' }, 2);
  });
  afterAll(() => harness.stop());

  const states = async (endpointId: string): Promise<Record<string, number>> => {
    const rows = await harness.database.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM webhook.deliveries WHERE endpoint_id = $1 GROUP BY state',
      [endpointId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };

  it('U05 sends one tenant nothing of another and answers no question about it', async () => {
    const [a, b] = [aTenant(), aTenant()];
    const [receiverA, receiverB] = [await harness.receiver(), await harness.receiver()];
    const endpointA = await harness.createEndpoint(a, { url: receiverA.url });
    const endpointB = await harness.createEndpoint(b, { url: receiverB.url });
    const events = Array.from({ length: 40 }, (_, i) => anEvent(i % 2 === 0 ? a : b));
    await harness.bus.publishEvents(events);
    await eventually(async () => {
      expect([await states(endpointA.endpointId), await states(endpointB.endpointId)]).toEqual([
        { succeeded: 20 },
        { succeeded: 20 },
      ]);
    });
    const idsOf = (tenantId: string): string[] =>
      events.filter((event) => event.tenantId === tenantId).map(({ id }) => id);
    expect([...receiverA.eventIds].sort()).toEqual(idsOf(a).sort());
    expect([...receiverB.eventIds].sort()).toEqual(idsOf(b).sort());

    const stranger = { tenantId: b, endpointId: endpointA.endpointId };
    const [delivery] = await harness.database.query<{ delivery_id: string }>(
      'SELECT delivery_id FROM webhook.deliveries WHERE endpoint_id = $1',
      [endpointA.endpointId],
    );
    const questions: readonly [RequestDefinition, object][] = [
      [GetWebhookEndpoint, stranger],
      [UpdateWebhookEndpoint, { ...stranger, changes: { status: 'disabled' } }],
      [DeleteWebhookEndpoint, stranger],
      [RotateWebhookSecret, stranger],
      [PingWebhookEndpoint, stranger],
      [ListWebhookDeliveries, { ...stranger, state: null, eventType: null, page }],
      [ResendWebhookDelivery, { ...stranger, deliveryId: delivery!.delivery_id }],
      [ResendWebhooksSince, { ...stranger, since: '2020-01-01T00:00:00.000Z', failedOnly: false }],
    ];
    for (const [question, body] of questions)
      await expect(harness.bus.ask(question, body)).rejects.toMatchObject({ name: 'WEBHOOK_ENDPOINT_NOT_FOUND' });
    const own = await harness.bus.ask(ListWebhookEndpoints, { tenantId: b, page });
    expect(own.items.map(({ endpointId }) => endpointId)).toEqual([endpointB.endpointId]);
    expect(await states(endpointA.endpointId)).toEqual({ succeeded: 20 });
  });

  it('U02 U05 shows every table of the schema to its tenant only, partitions to nobody, and throws without a tenant', async () => {
    const [a, b] = [aTenant(), aTenant()];
    const receiver = await harness.receiver();
    await harness.createEndpoint(a, { url: receiver.url });
    await harness.bus.publishEvents([anEvent(a)]);
    await eventually(() => {
      expect(receiver.requests).toHaveLength(1);
    });
    const tables = await harness.database.query<{ name: string; partition: boolean; secured: boolean }>(
      `SELECT c.relname AS name, c.relispartition AS partition, c.relrowsecurity AS secured
       FROM pg_class c WHERE c.relnamespace = 'webhook'::regnamespace AND c.relkind IN ('r', 'p')`,
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['endpoints', 'deliveries', 'attempts', 'outbox', 'attempts_rest']),
    );
    const database = await Database.connect({ url: harness.database.url, app: 'test', poolSize: 1 });
    try {
      for (const { name, partition, secured } of tables) {
        expect([name, secured]).toEqual([name, true]);
        const look = database.query(forTenant(b), `SELECT * FROM webhook.${name}`);
        if (partition) await expect(look).rejects.toThrow(/permission denied/);
        else expect((await look).count).toBe(0);
      }
      await eventually(async () => {
        for (const name of ['endpoints', 'deliveries', 'attempts'])
          expect((await database.query(forTenant(a), `SELECT * FROM webhook.${name}`)).count).toBe(1);
      });
      await expect(database.query({ tenants: [] }, 'SELECT * FROM webhook.endpoints')).rejects.toMatchObject({
        name: 'TENANT_CONTEXT_MISSING',
      });
    } finally {
      await database.close();
    }
  });

  it('U06 shows who reaches a part of the tenant its own endpoints only', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const [mine, theirs] = [randomUUID() as ClientId, randomUUID() as ClientId];
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, clientId: mine });
    await harness.createEndpoint(tenantId, { url: receiver.url, clientId: theirs });
    const seenBy = async (ownedBy: ClientId | null): Promise<number> =>
      (await harness.bus.ask(ListWebhookEndpoints, { tenantId, ownedBy, page })).total;
    expect([await seenBy(mine), await seenBy(theirs), await seenBy(null)]).toEqual([1, 1, 2]);
    const beyond = { tenantId, endpointId, ownedBy: theirs };
    const questions: readonly [RequestDefinition, object][] = [
      [GetWebhookEndpoint, beyond],
      [UpdateWebhookEndpoint, { ...beyond, changes: { url: receiver.url } }],
      [RotateWebhookSecret, beyond],
      [PingWebhookEndpoint, beyond],
      [ListWebhookDeliveries, { ...beyond, state: null, eventType: null, page }],
      [ResendWebhooksSince, { ...beyond, since: '2020-01-01T00:00:00.000Z', failedOnly: false }],
      [DeleteWebhookEndpoint, beyond],
    ];
    for (const [question, body] of questions)
      await expect(harness.bus.ask(question, body as never)).rejects.toMatchObject({
        name: 'WEBHOOK_ENDPOINT_NOT_FOUND',
      });
    expect(await harness.bus.ask(GetWebhookEndpoint, { ...beyond, ownedBy: mine })).toMatchObject({ endpointId });
  });

  it('I19 lets no endpoint that is slow, silent or broken hold back another one', async () => {
    const tenantId = aTenant();
    const receivers = await Promise.all(Array.from({ length: 30 }, () => harness.receiver()));
    const ids: string[] = [];
    for (const { url } of receivers) ids.push((await harness.createEndpoint(tenantId, { url })).endpointId);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const [slow, silent, ...broken] = receivers.slice(0, 4);
    slow!.answer = (_request, response) => void held.then(() => response.writeHead(204).end());
    silent!.answer = (_request, response) => void held.then(() => response.destroy());
    for (const receiver of broken) receiver.answer = (_request, response) => response.destroy();
    const events = Array.from({ length: 20 }, (_, i) =>
      anEvent(tenantId, ChargingProgress, { deviceId: `DEV${i.toString()}` as DeviceId }),
    );
    await harness.bus.publishEvents(events);
    await eventually(async () => {
      const rows = await harness.database.query<{ id: string; count: number }>(
        `SELECT endpoint_id AS id, count(*)::int AS count FROM webhook.deliveries WHERE endpoint_id = ANY ($1) AND state = 'succeeded' GROUP BY 1`,
        [ids],
      );
      const done = new Map(rows.map(({ id, count }) => [id, count]));
      expect(ids.map((id) => done.get(id) ?? 0)).toEqual([0, 0, 0, 0, ...Array<number>(26).fill(20)]);
    });
    release();
    silent!.answerStatus(204);
    await eventually(async () => {
      expect(await states(ids[0]!)).toEqual({ succeeded: 20 });
    });
  });

  it('Z03 sends no faster than an endpoint allows, however many replicas there are', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url, rateLimitPerMin: 300 });
    const published = Array.from({ length: 12 }, () => anEvent(tenantId, DeviceOnline));
    for (const event of published) await harness.bus.publishEvents([event]); // one by one, so that both replicas take some
    await eventually(() => {
      expect(receiver.requests).toHaveLength(12);
    });
    const [begin, end] = [receiver.requests[0]!.atMs, receiver.requests.at(-1)!.atMs];
    expect(end - begin).toBeGreaterThan(1_000); // five a second, after a second's worth
    const ref = { tenantId, endpointId };
    const changed = await harness.bus.ask(UpdateWebhookEndpoint, { ...ref, changes: { rateLimitPerMin: null } });
    expect(changed.rateLimitPerMin).toBeNull();
  });

  it('I23 sends nothing twice with two replicas at work', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const events = Array.from({ length: 400 }, (_, i) =>
      anEvent(tenantId, ChargingProgress, { deviceId: `DEV${(i % 40).toString()}` as DeviceId }),
    );
    await harness.bus.publishEvents(events);
    await eventually(async () => {
      expect(await states(endpointId)).toEqual({ succeeded: 400 });
    });
    expect(receiver.requests).toHaveLength(400);
    expect(new Set(receiver.eventIds).size).toBe(400);
  });

  it('Q09 keeps the log as long as its tenant wants: old deliveries go, waiting ones stay, deleted endpoints vanish', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const [kept, deleted] = [
      await harness.createEndpoint(tenantId, { url: receiver.url }),
      await harness.createEndpoint(tenantId, { url: receiver.url }),
    ];
    await harness.bus.publishEvents([anEvent(tenantId), anEvent(tenantId)]);
    await eventually(async () => {
      expect([await states(kept.endpointId), await states(deleted.endpointId)]).toEqual([
        { succeeded: 2 },
        { succeeded: 2 },
      ]);
    });
    await harness.bus.ask(DeleteWebhookEndpoint, { tenantId, endpointId: deleted.endpointId });
    await harness.database.query(
      `UPDATE webhook.deliveries SET state = 'pending', due_at = now() + interval '1 hour'
       WHERE delivery_id = (SELECT min(delivery_id) FROM webhook.deliveries WHERE endpoint_id = $1)`,
      [kept.endpointId],
    );
    const database = await Database.connect({ url: harness.database.url, app: 'test', poolSize: 1 });
    try {
      const kept30 = deliveryRetention(database, new DeliveryLogRepository(), 30);
      const [policies, silent] = [new RetentionRepository(database), createLogger('test', 'silent')];
      const after = (days: number): Promise<void> =>
        new RetentionKeeper([kept30], policies, silent, () => Date.now() + days * 86_400_000).run();
      await after(0);
      expect(await states(kept.endpointId)).toEqual({ pending: 1, succeeded: 1 });
      expect(await states(deleted.endpointId)).toEqual({});
      await policies.put(tenantId, { deliveries: 60 });
      await after(31);
      expect(await states(kept.endpointId)).toEqual({ pending: 1, succeeded: 1 });
      await policies.put(tenantId, { deliveries: 20 });
      await after(21);
      expect(await states(kept.endpointId)).toEqual({ pending: 1 });
      const gone = await harness.database.query('SELECT FROM webhook.endpoints WHERE endpoint_id = $1', [
        deleted.endpointId,
      ]);
      expect(gone).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('takes over what a dead replica had claimed, once its lease has ended, and ignores what the dead one says later', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const queue = new DeliveryQueueRepository();
    const database = await Database.connect({ url: harness.database.url, app: 'test', poolSize: 1 });
    try {
      const [event, body] = [anEvent(tenantId), '{}'];
      const claims = await database.transaction(asSystem('a replica that dies'), async (tx) => {
        const { id: eventId, type: eventType, ...rest } = event;
        const delivery = { ...rest, endpointId, eventId, eventType, body, priority: 1, coalesceKey: null } as const;
        return queue.insert(tx, [{ ...delivery, state: 'pending', taken: true }], 700);
      });
      expect(claims).toHaveLength(1);
      await eventually(async () => {
        expect(await states(endpointId)).toEqual({ succeeded: 1 });
      });
      expect(receiver.requests).toHaveLength(1);
      const attempt = {
        attemptNo: 1,
        at: new Date(),
        status: null,
        error: 'late',
        durationMs: 1,
        responseExcerpt: null,
      };
      const late = { claim: claims[0]!, attempt, state: 'dead', dueInMs: 0 } as const;
      const changed = await database.transaction(forTenant(tenantId), (tx) => queue.finish(tx, [late]));
      expect(changed.size).toBe(0);
      expect(await states(endpointId)).toEqual({ succeeded: 1 });
    } finally {
      await database.close();
    }
  });
});
