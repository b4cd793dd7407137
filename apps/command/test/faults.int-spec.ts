import { fork } from 'node:child_process';
import path from 'node:path';
import type { CommandOutcome } from '@chargebus/domain';
import { eventually } from '@chargebus/testing';
import { aDevice, aStart, aStop, aSubmission, inMs, UNTIL_FINISHED, World } from './harness';
import type { Submission } from './harness';

const MAIN = path.resolve(__dirname, '..', 'dist', 'main.js');

describe('servers and processes that die', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start(0, { SEND_WINDOW_MS: '500' });
  });
  afterEach(() => world.stop());

  /** One after the other: hundreds of askers at once would be the load that they wait for. */
  const everyOne = async (orders: readonly Submission[], status: 'acked' | 'expired', timeoutMs = 30_000) => {
    for (const { commandId } of orders) await world.becomes(commandId, status, timeoutMs);
  };
  const startsFor = async (devices: number): Promise<Submission[]> => {
    const orders = Array.from({ length: devices }, () => aSubmission(aStart()));
    await Promise.all(orders.map((order) => world.submit(order)));
    return orders;
  };

  it('C02 sends what was waiting when the app was stopped, Redis emptied, and the app started again', async () => {
    const first = await world.startApp();
    const orders = await startsFor(50);
    await world.stopApp(first);
    await world.emptyRedis();
    await Promise.all(orders.map(({ deviceId }) => world.gateway.holdDevice(deviceId)));
    await world.startApp();
    await everyOne(orders, 'acked');
    expect(orders.map(({ commandId }) => world.gateway.timesAsked(commandId))).toEqual(orders.map(() => 1));
  });

  it('C02 loses nothing when Redis is emptied while commands wait', async () => {
    await world.startApp();
    const waiting = await startsFor(30);
    await eventually(async () => {
      for (const { commandId } of waiting) expect((await world.get(commandId)).log.length).toBeGreaterThan(0);
    });
    await world.emptyRedis();
    await Promise.all(waiting.map(({ deviceId }) => world.gateway.holdDevice(deviceId)));
    const [woken] = waiting;
    if (woken !== undefined) await world.announceOnline(woken.deviceId); // finds no job to wake
    await everyOne(waiting, 'acked');
    expect(waiting.every(({ commandId }) => world.gateway.timesAsked(commandId) === 1)).toBe(true);
  });

  it('C02 accepts orders while Redis is away and sends them when it is back', async () => {
    await world.startApp();
    await world.redis.kill();
    const order = aSubmission(aStart());
    await world.gateway.holdDevice(order.deviceId);
    expect(await world.submit(order)).toMatchObject({ status: 'queued' });
    const short = aSubmission(aStart(), { expiresAt: inMs(500) });
    await world.submit(short);
    await everyOne([short], 'expired');
    await world.redis.restart();
    await everyOne([order], 'acked');
    const next = aSubmission(aStop(), { deviceId: order.deviceId, wait: UNTIL_FINISHED });
    expect(await world.submit(next)).toMatchObject({ status: 'acked' });
  });

  it('C02 finishes an attempt whose job Redis lost, without a second one', async () => {
    await world.startApp();
    let answer: () => void = () => undefined;
    const order = aSubmission(aStart());
    const hold = new Promise<CommandOutcome>((resolve) => {
      answer = () => {
        resolve({ status: 'acked', result: {} });
      };
    });
    await world.gateway.holdDevice(order.deviceId, { hold });
    await world.submit({ ...order, wait: { until: 'sent', timeoutMs: 5_000 } });
    await world.emptyRedis();
    await eventually(async () => {
      const [row] = await world.database.query<{ renewed: boolean }>(
        `SELECT leased_until > created_at + interval '3 s' AS renewed FROM command.commands WHERE id = $1`,
        [order.commandId],
      );
      expect(row?.renewed).toBe(true); // the lease outlived its first term, and nobody else took the command
    });
    answer();
    expect(await world.becomes(order.commandId, 'acked')).toMatchObject({ attempts: 1 });
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });

  it('C02 goes on after NATS was restarted', async () => {
    await world.startApp();
    const waiting = await startsFor(10);
    await world.nats.restart();
    for (const { deviceId } of waiting) {
      await eventually(() => world.gateway.holdDevice(deviceId));
      await eventually(() => world.announceOnline(deviceId), 40_000);
    }
    await everyOne(waiting, 'acked');
    const next = aSubmission(aStart());
    await world.gateway.holdDevice(next.deviceId);
    await eventually(() => world.submit(next));
    await everyOne([next], 'acked');
  }, 60_000); // a publish that the restart swallowed is given up after 10 s

  it('C02 C07 goes on in another process when one is killed in the middle of 200 starts', async () => {
    const doomed = fork(MAIN, [], { env: { ...process.env, ...world.settings({ CHARGEBUS_PROFILE: 'test' }) } });
    await new Promise<void>((resolve) =>
      doomed.once('message', () => {
        resolve();
      }),
    );
    const orders = Array.from({ length: 200 }, () => aSubmission(aStart()));
    await Promise.all(orders.map(({ deviceId }) => world.gateway.holdDevice(deviceId)));
    const submissions = orders.map((order) => world.submit(order).catch(() => null));
    await eventually(() => {
      expect(world.gateway.received.length).toBeGreaterThan(20);
    });
    const gone = new Promise((resolve) => doomed.once('exit', resolve));
    doomed.kill('SIGKILL');
    await gone;
    await world.startApp();
    await Promise.all(submissions);
    await Promise.all(orders.map((order) => world.submit(order))); // as `session` does when no answer came
    await everyOne(orders, 'acked');
    const given = new Map<string, Set<string>>();
    for (const { commandId, command } of world.gateway.received)
      given.set(commandId, (given.get(commandId) ?? new Set()).add(JSON.stringify(command)));
    expect(given.size).toBe(200);
    expect([...given.values()].every((commands) => commands.size === 1)).toBe(true); // repeats are the same order
  }, 60_000);
});

describe('two instances side by side', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(2);
  });
  afterAll(() => world.stop());

  it('C07 share the work and give each order once, also when all of it is submitted twice', async () => {
    const orders = Array.from({ length: 300 }, () => aSubmission(aStart()));
    await Promise.all(orders.map(({ deviceId }) => world.gateway.holdDevice(deviceId)));
    await Promise.all([...orders, ...orders].map((order) => world.submit(order)));
    for (const { commandId } of orders) await world.becomes(commandId, 'acked', 30_000);
    const asNew = world.gateway.received.filter(({ reissued }) => !reissued); // a slow machine may send one again, marked
    expect(asNew).toHaveLength(300);
  });

  it('E17 answer a wait wherever the job runs', async () => {
    const orders = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const order = aSubmission(aStart(), { wait: { until: n % 2 === 0 ? 'sent' : 'finished', timeoutMs: 5_000 } });
        await world.gateway.holdDevice(order.deviceId);
        return order;
      }),
    );
    const answers = await Promise.all(orders.map((order) => world.submit(order)));
    expect(answers.every(({ status }) => status === 'sent' || status === 'acked')).toBe(true);
  });

  it('C01 wake what waits once, and both expire side by side', async () => {
    const device = aDevice();
    const order = aSubmission(aStart(), { deviceId: device });
    const short = Array.from({ length: 50 }, () => aSubmission(aStart(), { expiresAt: inMs(1_000) }));
    await Promise.all([order, ...short].map((each) => world.submit(each)));
    for (const { commandId } of short) await world.becomes(commandId, 'expired');
    await world.gateway.holdDevice(device);
    await Promise.all([world.announceOnline(device), world.announceOnline(device)]);
    await world.becomes(order.commandId, 'acked');
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });
});
