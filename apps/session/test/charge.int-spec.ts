import { randomUUID } from 'node:crypto';
import type { DeviceId, OrderRef } from '@chargebus/domain';
import { GetChargeStatus, GetDevice, StartCharge, StopCharge } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Facts } from './facts';
import { CLIENT, OTHER_TENANT, TENANT, World } from './harness';

describe('a charge', () => {
  let world: World;
  let deviceId: DeviceId;
  let facts: Facts;

  beforeAll(async () => {
    world = await World.create();
    await world.replica();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    deviceId = await world.registerDevice();
    facts = new Facts(deviceId, world.clock);
    world.command.away = false;
    world.command.full = false;
    world.command.cancellable = false;
  });

  const start = (fields: Partial<RequestOf<typeof StartCharge>> = {}): Promise<ReplyOf<typeof StartCharge>> =>
    world.bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: `ORD-${randomUUID()}`,
      idempotencyKey: null,
      userId: 'USER001',
      limits: { mode: 1, timeLimitMin: 120, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: { port_no: 1 },
      waitMs: null,
      requireOnline: false,
      ...fields,
    });
  const stop = (fields: Partial<RequestOf<typeof StopCharge>> = {}): Promise<ReplyOf<typeof StopCharge>> =>
    world.bus.ask(StopCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: null,
      reason: 'user_stop',
      force: false,
      waitMs: null,
      ...fields,
    });
  const status = (portNo = 1): Promise<ReplyOf<typeof GetChargeStatus>> =>
    world.bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId, portNo });
  const orderRefOf = async (sessionId: string): Promise<OrderRef> => {
    const rows = await world.postgres.query<{ order_ref: OrderRef }>(
      'SELECT order_ref FROM session.charging_sessions WHERE session_id = $1',
      [sessionId],
    );
    return rows[0]!.order_ref;
  };
  const reaches = (state: string, portNo = 1) =>
    eventually(async () => {
      const answer = await status(portNo);
      expect(answer.session?.state).toBe(state);
      return answer;
    });

  it('E14 E15 E16 E17 E18 answers a start with session, number, estimate, command status and timeout', async () => {
    const reply = await start();
    expect(reply).toMatchObject({ commandStatus: 'queued', deviceResponseTimeoutS: 15, replayed: false });
    expect(reply.session.sessionId).toMatch(/^SES\d{8}[0-9A-Z]{14}$/);
    expect(reply.session.internalOrderId).toBeGreaterThan(0);
    expect(reply.session.state).toBe('starting');
    expect(Date.parse(reply.estimatedStartAt)).toBeGreaterThan(world.clock.ms);
    expect(world.command.ordersOf(reply.session.sessionId)).toEqual(['charge.start']);
  });

  it('C07 takes an order again that was refused for want of room, and tells nobody of the first try', async () => {
    const orderNo = `ORD-${randomUUID()}`;
    world.command.full = true;
    await expect(start({ orderNo })).rejects.toMatchObject({ name: 'QUEUE_FULL' });
    await expect(start({ orderNo })).rejects.toMatchObject({ name: 'QUEUE_FULL' });
    world.command.full = false;
    expect(await start({ orderNo })).toMatchObject({ commandStatus: 'queued', replayed: false });
    expect(world.typesOf(deviceId)).toEqual([]);
  });

  it('AC01 I02 I04 I06 runs from start to settlement with one terminal event', async () => {
    const { session } = await start();
    const ref = await orderRefOf(session.sessionId);
    await world.say(facts.connected(), facts.registered());
    await world.say(facts.replied(ref));
    await reaches('charging');
    world.clock.advance(60_000);
    await world.say(facts.progress(ref));
    const { session: running } = await eventually(async () => {
      const answer = await status();
      expect(answer.session?.energyWh).toBe(10);
      return answer;
    });
    expect(running).toMatchObject({ durationS: 60, progressPct: 0.8, lastSample: { voltageV: 221.5, powerW: 600 } });
    world.clock.advance(7_200_000);
    await world.say(facts.settled(ref, { durationS: 7200 }));
    const { session: settled } = await reaches('settled');
    expect(settled).toMatchObject({ energyWh: 580, durationS: 7200, detail: 'time_limit_reached' });
    await eventually(() => {
      expect(world.typesOf(deviceId)).toEqual(['charging.started', 'charging.progress', 'charging.completed']);
    });
    expect(world.eventsOf(deviceId, 'charging.completed')[0]?.data).toMatchObject({
      sessionId: session.sessionId,
      endReason: 'time_limit_reached',
      abnormal: false,
      energyWh: 580,
      averagePowerW: 290,
      peakPowerW: 720,
      minPowerW: 550,
    });
  });

  it('A17 gives samples and a settlement that name no order to the charge that holds the port', async () => {
    const { session } = await start();
    await world.say(facts.connected(), facts.registered());
    await world.say(facts.replied(await orderRefOf(session.sessionId)));
    await reaches('charging');
    world.clock.advance(60_000);
    await world.say(facts.progress(null));
    await eventually(async () => {
      expect((await status()).session).toMatchObject({ sessionId: session.sessionId, energyWh: 10 });
    });
    world.clock.advance(60_000);
    await world.say(facts.settled(null, { durationS: 120 }));
    expect((await reaches('settled')).session?.sessionId).toBe(session.sessionId);
    await eventually(() => {
      expect(world.typesOf(deviceId)).toEqual(['charging.started', 'charging.progress', 'charging.completed']);
    });
  });

  it('AC02 I07 tells of a confirmed stop before the terminal event', async () => {
    const { session } = await start();
    const ref = await orderRefOf(session.sessionId);
    await world.say(facts.replied(ref));
    await reaches('charging');
    const reply = await stop();
    expect(reply.session.state).toBe('stopping');
    expect(reply.commandId).not.toBeNull();
    expect(world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop']);
    await world.say(facts.replied(ref, { action: 'stop' }));
    await world.say(facts.settled(ref, { endReason: 'remote', endClass: 'stopped' }));
    const { session: settled } = await reaches('settled');
    expect(settled?.detail).toBe('user_stop');
    await eventually(() => {
      expect(world.typesOf(deviceId)).toEqual(['charging.started', 'charging.stopped', 'charging.completed']);
    });
  });

  it('E32 answers the same order again with the same session, and another body with a conflict', async () => {
    const orderNo = `ORD-${randomUUID()}`;
    const [first, second] = await Promise.all([start({ orderNo }), start({ orderNo })]);
    expect(second.session.sessionId).toBe(first.session.sessionId);
    expect([first.replayed, second.replayed].sort()).toEqual([false, true]);
    await expect(start({ orderNo, userId: 'USER002' })).rejects.toMatchObject({ name: 'ORDER_CONFLICT' });
    await expect(start({ orderNo, portNo: 2 })).rejects.toMatchObject({ name: 'ORDER_CONFLICT' });
  });

  it('E34 refuses a busy port, a port that is not there, and a device of somebody else', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ name: 'PORT_BUSY' });
    await expect(start({ portNo: 3 })).rejects.toMatchObject({ name: 'PORT_NOT_FOUND' });
    await expect(start({ tenantId: OTHER_TENANT })).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    await expect(stop({ portNo: 2 })).rejects.toMatchObject({ name: 'NOTHING_TO_STOP' });
  });

  it('E34 refuses a port that reports a fault', async () => {
    await world.say(facts.heartbeat({ ports: [{ portNo: 1, state: 'fault', fault: 'relay_stuck' }] }));
    await eventually(async () => {
      expect((await status()).portState).toBe('fault');
    });
    await expect(start()).rejects.toMatchObject({ name: 'PORT_FAULTED' });
  });

  it('C06 takes a start back that had not left', async () => {
    const { session } = await start();
    world.command.cancellable = true;
    const reply = await stop();
    expect(reply).toMatchObject({ commandId: null, commandStatus: 'cancelled', session: { state: 'failed' } });
    await eventually(() => {
      expect(world.eventsOf(deviceId, 'charging.failed')[0]?.data).toMatchObject({
        sessionId: session.sessionId,
        reason: 'stopped_before_start',
      });
    });
  });

  it('G02 B10 finds a device by its printed number, with its ports', async () => {
    const deviceNo = Math.floor(Math.random() * 1e8).toString();
    await world.say(facts.connected(), facts.registered({ deviceNo }), facts.heartbeat());
    await eventually(async () => {
      const device = await world.bus.ask(GetDevice, { tenantId: TENANT, deviceId: deviceNo });
      expect(device).toMatchObject({ deviceId, online: true, onlineScore: 1, firmwareVersion: '6.40' });
      expect(device.ports.map(({ state }) => state)).toEqual(['idle', 'idle']);
    });
    await expect(world.bus.ask(GetDevice, { tenantId: OTHER_TENANT, deviceId })).rejects.toMatchObject({
      name: 'DEVICE_NOT_FOUND',
    });
  });
});
