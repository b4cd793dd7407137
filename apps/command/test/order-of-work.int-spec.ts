import { eventually } from '@chargebus/testing';
import { aDevice, anOrder, aStart, aStop, aSubmission, UNTIL_FINISHED, World } from './harness';

const SILENT = 200; // devices that never answer
const NEVER = { hold: new Promise<never>(() => undefined) };

describe('what goes first', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(1, { WORKER_CONCURRENCY: '1', QUEUE_MAX_COMMANDS: '60' });
  });
  afterAll(() => world.stop());

  it('C01 takes starts before changes, queries, parameters and firmware; a stop before all', async () => {
    let free: () => void = () => undefined;
    const done = new Promise<{ status: 'acked'; result: Record<string, unknown> }>((resolve) => {
      free = () => {
        resolve({ status: 'acked', result: {} });
      };
    });
    for (let hand = 0; hand < 2; hand++) {
      const busy = aDevice(); // one goes at once, one takes the only worker
      await world.gateway.holdDevice(busy, { hold: done });
      await world.submit(aSubmission(aStart(), { deviceId: busy, wait: { until: 'sent', timeoutMs: 5_000 } }));
    }

    const device = aDevice();
    await world.gateway.holdDevice(device);
    const orderRef = anOrder();
    const update = {
      kind: 'firmware.update',
      target: 'self',
      imageBase64: null,
      version: null,
      deviceType: null,
    } as const;
    const modify = {
      kind: 'charge.modify',
      portNo: 1,
      orderRef,
      durationLimitS: 60,
      energyLimitWh: null,
      stopWhenFull: false,
    } as const;
    const upwards = [
      update,
      { kind: 'params.get', group: 'run1' },
      { kind: 'status.query' },
      modify,
      aStart(2),
    ] as const;
    for (const command of upwards) await world.submit(aSubmission(command, { deviceId: device }));
    const stop = aSubmission(aStop(orderRef), { deviceId: device, wait: UNTIL_FINISHED });
    expect(await world.submit(stop)).toMatchObject({ status: 'acked' }); // while the others still wait
    expect(world.gateway.askedOf(device)).toEqual(['charge.stop']);
    free();
    await eventually(() => {
      expect(world.gateway.askedOf(device)).toEqual([
        'charge.stop',
        'charge.start',
        'charge.modify',
        'status.query',
        'params.get',
        'firmware.update',
      ]);
    });
  });

  it('C07 refuses new orders when the whole queue is full, answers repeats, and takes stops', async () => {
    const orders = Array.from({ length: 70 }, () => aSubmission(aStart()));
    const answers = await Promise.allSettled(orders.map((order) => world.submit(order)));
    const accepted = orders.filter((_, n) => answers[n]?.status === 'fulfilled');
    expect(accepted.length).toBeGreaterThan(50);
    expect(accepted.length).toBeLessThanOrEqual(60);
    await eventually(() => expect(world.submit(aSubmission(aStart()))).rejects.toMatchObject({ name: 'QUEUE_FULL' }));
    expect(await world.submit(accepted[0]!)).toMatchObject({ status: 'queued' });
    expect(await world.submit(aSubmission(aStop()))).toMatchObject({ finishedAt: null });
  });
});

describe('silent devices', () => {
  let world: World;
  beforeAll(async () => {
    // Fewer workers than the silent ones have orders.
    world = await World.start(1, { SEND_WINDOW_MS: '60000', WORKER_CONCURRENCY: '1000' });
  });
  afterAll(() => world.stop());

  it('C07 keep nobody else waiting, hundreds of them with a full queue each', async () => {
    const silent = Array.from({ length: SILENT }, () => aDevice());
    await Promise.all(silent.map((device) => world.gateway.holdDevice(device, NEVER)));
    const stuck = silent.flatMap((deviceId) =>
      Array.from({ length: 8 }, () => aSubmission({ kind: 'status.query' }, { deviceId })),
    );
    for (let n = 0; n < stuck.length; n += 200)
      await Promise.all(stuck.slice(n, n + 200).map((order) => world.submit(order)));
    await eventually(() => {
      expect(world.gateway.received.length).toBeGreaterThanOrEqual(SILENT * 4);
    }, 40_000);

    const order = aSubmission(aStart(), { wait: UNTIL_FINISHED });
    await world.gateway.holdDevice(order.deviceId);
    const since = Date.now();
    expect(await world.submit(order)).toMatchObject({ status: 'acked' });
    expect(Date.now() - since).toBeLessThan(2_000);
    expect(Math.max(...silent.map((device) => world.gateway.askedOf(device).length))).toBe(4);
  }, 60_000);
});
