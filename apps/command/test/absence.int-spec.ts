import { randomUUID } from 'node:crypto';
import type { CommandOutcome, TenantId } from '@chargebus/domain';
import { ChargingFailed, ChargingStarted, CommandFinished } from '@chargebus/events';
import { eventConsumer } from '@chargebus/messaging';
import type { EventEnvelope } from '@chargebus/events';
import { ListCommands, ReplayCommand } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ACKS, IS_SILENT } from './fake-gateway';
import {
  aDevice,
  anOrder,
  aSession,
  aStart,
  aStop,
  aSubmission,
  inMs,
  logger,
  TENANT,
  UNTIL_FINISHED,
  World,
} from './harness';

const GONE_BEFORE = { vanish: 'before_sent' } as const;

describe('a device, or its gateway, that is not there', () => {
  let world: World;
  const finished: EventEnvelope[] = [];
  beforeAll(async () => {
    world = await World.start(1, { SEND_WINDOW_MS: '300', ATTEMPTS_MAX: '3' });
    const consumer = eventConsumer(world.bus, logger, {
      durable: 'test-finished',
      types: [CommandFinished.type],
      maxMessages: 100,
      handle: (events) => {
        finished.push(...events);
        return Promise.resolve();
      },
    });
    await consumer.start();
    const stop = world.stop.bind(world);
    world.stop = async () => {
      await consumer.stop();
      await stop();
    };
  });
  afterAll(() => world.stop());
  const finishesOf = (commandId: string) =>
    finished.filter(({ data }) => (data as { commandId: string }).commandId === commandId);

  it('A04 C01 waits for an absent device and sends as soon as it is online', async () => {
    const order = aSubmission(aStart());
    await world.submit(order);
    await eventually(async () => {
      expect((await world.get(order.commandId)).log.length).toBeGreaterThanOrEqual(3);
    });
    expect(await world.get(order.commandId)).toMatchObject({ status: 'queued', sentAt: null });

    await world.gateway.holdDevice(order.deviceId);
    const since = Date.now();
    await world.announceOnline(order.deviceId);
    const done = await world.becomes(order.commandId, 'acked');
    expect(Date.now() - since).toBeLessThan(1_000);
    expect(done.log.slice(0, -1).every(({ outcome }) => outcome === 'offline')).toBe(true);
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });

  it('C01 tells each end once, as an event', async () => {
    const order = aSubmission(aStart(), { sessionId: aSession(), wait: UNTIL_FINISHED });
    await world.gateway.holdDevice(order.deviceId);
    await world.submit(order);
    await eventually(() => {
      expect(finishesOf(order.commandId)).toHaveLength(1);
    });
    expect(finishesOf(order.commandId)[0]).toMatchObject({
      tenantId: TENANT,
      deviceId: order.deviceId,
      data: { kind: 'charge.start', sessionId: order.sessionId, outcome: 'acked', attempts: 1 },
    });
  });

  it('C01 gives a start again under the same order when its gateway vanished, and takes "same state" for done', async () => {
    const order = aSubmission(aStart());
    await world.gateway.holdDevice(order.deviceId, GONE_BEFORE);
    await world.submit(order);
    await eventually(() => {
      expect(world.gateway.timesAsked(order.commandId)).toBe(1);
    });
    await world.gateway.holdDevice(order.deviceId, { outcome: { status: 'rejected', reason: 'same_state' } });
    const done = await world.becomes(order.commandId, 'acked');
    expect(done.log).toMatchObject([{ outcome: 'lost' }, { outcome: 'rejected' }]);
    const asked = world.gateway.received.filter(({ commandId }) => commandId === order.commandId);
    expect(new Set(asked.map(({ command }) => JSON.stringify(command))).size).toBe(1);
  });

  it('C01 does not wait for a mute gateway once the device is elsewhere, but opens no door again for it', async () => {
    const start = aSubmission(aStart());
    const door = aSubmission({ kind: 'cabinet.open', portNo: 4 }, { deviceId: start.deviceId });
    let speak: (outcome: CommandOutcome) => void = () => undefined;
    await world.gateway.holdDevice(start.deviceId, { hold: new Promise((resolve) => (speak = resolve)) });
    for (const order of [start, door]) await world.submit({ ...order, wait: { until: 'sent', timeoutMs: 5_000 } });

    await world.gateway.holdDevice(start.deviceId, { outcome: { status: 'rejected', reason: 'same_state' } });
    await world.gateway.claim(start.deviceId);
    const done = await world.becomes(start.commandId, 'acked'); // its reply window is 105 s
    expect(done.log).toMatchObject([{ outcome: 'moved' }, { outcome: 'rejected' }]);
    const asked = world.gateway.received.filter(({ commandId }) => commandId === start.commandId);
    expect(asked.map(({ reissued }) => reissued)).toEqual([false, true]);

    expect(await world.get(door.commandId)).toMatchObject({ status: 'sent' });
    speak({ status: 'acked', result: {} }); // it lives after all
    expect(await world.becomes(door.commandId, 'acked')).toMatchObject({ attempts: 1 });
    expect(world.gateway.timesAsked(door.commandId)).toBe(1);
  });

  it('E34 does not open a door again when nobody knows whether it opened', async () => {
    const order = aSubmission({ kind: 'cabinet.open', portNo: 4 });
    await world.gateway.holdDevice(order.deviceId, GONE_BEFORE);
    await world.submit(order);
    expect(await world.becomes(order.commandId, 'no_reply', 15_000)).toMatchObject({ reason: 'gateway_lost' });
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });

  it('C03 puts a stop that stays unanswered among the dead letters, and a replay brings it to the device', async () => {
    const order = aSubmission(aStop());
    await world.gateway.holdDevice(order.deviceId, IS_SILENT);
    await world.submit(order);
    expect(await world.becomes(order.commandId, 'dead')).toMatchObject({ attempts: 3, reason: 'no_reply' });

    const page = { limit: 10, offset: 0, cursor: null, sort: null, order: 'desc' as const };
    const dead = await world.bus.ask(ListCommands, { tenantId: TENANT, deviceId: null, status: 'dead', page });
    expect(dead.items.map(({ commandId }) => commandId)).toContain(order.commandId);

    await world.gateway.holdDevice(order.deviceId, ACKS);
    const replay = { tenantId: TENANT, commandId: order.commandId, expiresAt: inMs(60_000) };
    const theirs = { ...replay, tenantId: randomUUID() as TenantId };
    await expect(world.bus.ask(ReplayCommand, theirs)).rejects.toMatchObject({ name: 'COMMAND_NOT_FOUND' });
    expect(await world.bus.ask(ReplayCommand, replay)).toMatchObject({ status: 'queued' });
    const done = await world.becomes(order.commandId, 'acked');
    expect(done.log.map(({ outcome }) => outcome)).toEqual(['no_reply', 'no_reply', 'no_reply', 'acked']);
    await expect(world.bus.ask(ReplayCommand, replay)).rejects.toMatchObject({ name: 'COMMAND_NOT_REPLAYABLE' });
    await eventually(() => {
      expect(finishesOf(order.commandId).map(({ data }) => (data as { outcome: string }).outcome)).toEqual([
        'dead',
        'acked',
      ]);
    });
  });

  it('C03 refuses to replay the start of a session that was told that it failed', async () => {
    const order = aSubmission(aStart(), { sessionId: aSession() });
    await world.gateway.holdDevice(order.deviceId, GONE_BEFORE);
    await world.submit(order);
    await world.becomes(order.commandId, 'dead');
    const replay = { tenantId: TENANT, commandId: order.commandId, expiresAt: inMs(60_000) };
    await expect(world.bus.ask(ReplayCommand, replay)).rejects.toMatchObject({ name: 'COMMAND_NOT_REPLAYABLE' });
  });

  it('E20 never repeats a start that was lost once its stop is there', async () => {
    const device = aDevice();
    const orderRef = anOrder();
    const start = aSubmission(aStart(1, orderRef), { deviceId: device });
    await world.gateway.holdDevice(device, GONE_BEFORE);
    await world.submit(start);
    await eventually(() => {
      expect(world.gateway.timesAsked(start.commandId)).toBe(1);
    });
    await world.gateway.holdDevice(device);
    const stop = aSubmission(aStop(orderRef), { deviceId: device, wait: UNTIL_FINISHED });
    expect(await world.submit(stop)).toMatchObject({ status: 'acked' });
    expect(await world.becomes(start.commandId, 'no_reply')).toMatchObject({ reason: 'stopped' });
    expect(world.gateway.timesAsked(start.commandId)).toBe(1);
  });

  it('E33 takes a start for done whose charge is seen, and drops one whose session is over', async () => {
    const base = { orderNo: null, userId: null, clientId: null, portNo: 1 };
    const seen = aSubmission(aStart(), { sessionId: aSession() });
    await world.submit(seen);
    await world.announce(ChargingStarted.type, seen.deviceId, {
      ...ChargingStarted.example,
      ...base,
      sessionId: seen.sessionId,
    });
    expect(await world.becomes(seen.commandId, 'acked')).toMatchObject({ reason: 'charge_seen' });

    const over = aSubmission(aStart(), { sessionId: aSession() });
    await world.submit(over);
    await world.announce(ChargingFailed.type, over.deviceId, {
      ...ChargingFailed.example,
      ...base,
      sessionId: over.sessionId,
    });
    expect(await world.becomes(over.commandId, 'withdrawn')).toMatchObject({ reason: 'session_over' });
  });
});
