import { randomUUID } from 'node:crypto';
import type { DeviceId, OrderRef } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { GetChargeStatus, StartCharge } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import fc from 'fast-check';
import { FactConsumer } from '../src/consumers/fact.consumer';
import { Sweeper } from '../src/sweeper/sweeper';
import { Facts } from './facts';
import { CLIENT, TENANT, World } from './harness';
import type { Replica } from './harness';

const ref = (): OrderRef => randomUUID().replaceAll('-', '') as OrderRef;
const TERMINAL = ['charging.completed', 'charging.failed'];

describe('charges under faults', () => {
  let world: World;
  let first: Replica;
  let second: Replica;

  beforeAll(async () => {
    world = await World.create();
    [first, second] = await Promise.all([world.replica(), world.replica()]);
  });
  afterAll(() => world.close());

  const sessionsOf = (deviceId: DeviceId) =>
    world.postgres.query<{ status: string; energy_wh: number; n: number }>(
      `SELECT s.status, s.energy_wh, (SELECT count(*)::int FROM session.meter_values m
         WHERE m.internal_order_id = s.internal_order_id) AS n
       FROM session.charging_sessions s WHERE device_id = $1 ORDER BY internal_order_id`,
      [deviceId],
    );
  const startOn = (deviceId: DeviceId, orderNo = `ORD-${randomUUID()}`) =>
    world.bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo,
      idempotencyKey: null,
      userId: null,
      limits: { mode: 4, timeLimitMin: null, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: null,
      waitMs: null,
      requireOnline: false,
    });

  it('decision 11 ends every order and repetition of a charge with one terminal event and the right energy', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(6), fc.nat(1)), { minLength: 1, maxLength: 25 }),
        fc.boolean(),
        async (script, ordered) => {
          const deviceId = await world.registerDevice();
          const facts = new Facts(deviceId, world.clock);
          const orderRef = ordered ? await orderedRef(deviceId) : ref();
          const charge: ProtocolEvent[] = [
            facts.replied(orderRef),
            facts.started(orderRef),
            facts.progress(orderRef, { durationS: 60, energyWh: 100, at: world.clock.iso(1_000) }),
            facts.progress(orderRef, { durationS: 120, energyWh: 200, at: world.clock.iso(2_000) }),
            facts.heartbeat({ ports: [{ portNo: 1, state: 'finished', fault: null }], at: world.clock.iso(3_000) }),
            facts.settled(orderRef, { durationS: 180, energyWh: 300 }),
            facts.replied(orderRef, { action: 'stop', alreadyDone: true, executed: false, reason: 'same_state' }),
          ];
          // Either replica may get a fact, as when one takes a partition over while the other still works on it.
          const consumers = [first, second].map(({ context }) => context.get(FactConsumer));
          for (const [fact, who] of [...script, [5, 0] as const]) await consumers[who]!.handle([charge[fact]!]);
          const rows = await sessionsOf(deviceId);
          expect(rows.map(({ status, energy_wh }) => [status, energy_wh])).toEqual([['settled', 300]]);
          await eventually(() => {
            const types = world.typesOf(deviceId);
            expect(types.filter((type) => TERMINAL.includes(type))).toEqual(['charging.completed']);
            expect(types.filter((type) => type === 'charging.started')).toHaveLength(1);
            expect(types.at(-1)).toBe('charging.completed');
          });
          const sequences = world.eventsOf(deviceId).map(({ sequence }) => sequence);
          expect(new Set(sequences).size).toBe(sequences.length);
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  async function orderedRef(deviceId: DeviceId): Promise<OrderRef> {
    const { session } = await startOn(deviceId);
    const [row] = await world.postgres.query<{ order_ref: OrderRef }>(
      'SELECT order_ref FROM session.charging_sessions WHERE session_id = $1',
      [session.sessionId],
    );
    return row!.order_ref;
  }

  it('decides races of two replicas: one session per order reference, one per port, one per order number', async () => {
    const deviceId = await world.registerDevice();
    const facts = new Facts(deviceId, world.clock);
    const order = ref();
    await Promise.all(
      [first, second, first, second].map(({ context }, i) =>
        context.get(FactConsumer).handle([facts.progress(order, { durationS: 60 + i, energyWh: 10 + i })]),
      ),
    );
    expect(await sessionsOf(deviceId)).toEqual([{ status: 'charging', energy_wh: 0, n: 4 }]);

    const other = await world.registerDevice();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => startOn(other)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const third = await world.registerDevice();
    const orderNo = `ORD-${randomUUID()}`;
    const same = await Promise.all(Array.from({ length: 8 }, () => startOn(third, orderNo)));
    expect(new Set(same.map(({ session }) => session.sessionId)).size).toBe(1);
    expect(same.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('B06 sweeps a device once, however many replicas sweep', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => world.registerDevice()));
    for (const id of ids) {
      const facts = new Facts(id, world.clock);
      await world.say(facts.connected(), facts.heartbeat());
    }
    await eventually(() => {
      for (const id of ids) expect(world.eventsOf(id, 'device.online')).toHaveLength(1);
    });
    world.clock.advance(400_000);
    const sweepers = [first, second].map(({ context }) => context.get(Sweeper));
    await Promise.all([...sweepers, ...sweepers].map((sweeper) => sweeper.sweep()));
    await eventually(() => {
      for (const id of ids) expect(world.eventsOf(id, 'device.offline')).toHaveLength(1);
    });
  });

  it('A15 loses and doubles nothing while Postgres connections break and Redis restarts', async () => {
    const deviceId = await world.registerDevice();
    const facts = new Facts(deviceId, world.clock);
    const order = ref();
    const count = 60;
    for (let i = 1; i <= count; i++) {
      await world.say(facts.progress(order, { durationS: i, energyWh: i * 10, at: world.clock.iso(i) }));
      if (i % 15 === 0)
        await world.postgres.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'chargebus-session' AND datname = current_database()`,
        );
      if (i === 30) await world.redisServer.restart();
    }
    await world.say(facts.settled(order, { energyWh: count * 10 }));
    await eventually(async () => {
      expect(await sessionsOf(deviceId)).toEqual([{ status: 'settled', energy_wh: 600, n: count }]);
      expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(1);
      const { session } = await world.bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId, portNo: 1 });
      expect(session).toMatchObject({ state: 'settled', energyWh: 600 });
    }, 30_000);
  }, 60_000);

  it('gives an order that follows from a fact again when the process died before it could', async () => {
    const deviceId = await world.registerDevice();
    const facts = new Facts(deviceId, world.clock);
    world.command.away = true;
    const orderNo = `ORD-${randomUUID()}`;
    const starting = startOn(deviceId, orderNo);
    await eventually(async () => {
      expect(await sessionsOf(deviceId)).toHaveLength(1);
    });
    const [row] = await world.postgres.query<{ order_ref: OrderRef; session_id: string }>(
      'SELECT order_ref, session_id FROM session.charging_sessions WHERE device_id = $1',
      [deviceId],
    );
    await world.postgres.query(
      `UPDATE session.charging_sessions SET limits = '{"mode":2,"timeLimitMin":null,"energyLimitKwh":1,"powerLimitW":null}' WHERE device_id = $1`,
      [deviceId],
    );
    await world.postgres.query('UPDATE session.devices SET version = version + 1 WHERE device_id = $1', [deviceId]);
    await world.say(facts.progress(row!.order_ref, { energyWh: 1_050 }));
    await eventually(async () => {
      expect(await sessionsOf(deviceId)).toMatchObject([{ status: 'stopping' }]);
    });
    expect(world.command.ordersOf(row!.session_id)).toEqual([]);
    world.command.away = false;
    world.clock.advance(6_000);
    const sweeper = second.context.get(Sweeper);
    await eventually(async () => {
      world.clock.advance(3_001);
      await sweeper.sweep();
      expect(world.command.ordersOf(row!.session_id)).toContain('charge.stop');
    });
    await starting;
  }, 30_000);

  it('U05 keeps the tables of one tenant from the other', async () => {
    const tables = await world.postgres.query<{ name: string; secured: boolean }>(
      `SELECT c.relname AS name, c.relrowsecurity AS secured FROM pg_class c
       WHERE c.relnamespace = 'session'::regnamespace AND c.relkind IN ('r', 'p')`,
    );
    expect(tables.length).toBeGreaterThan(8);
    expect(tables.filter(({ secured }) => !secured)).toEqual([]);
  });
});
