import { createLogger } from '@chargebus/observability';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { BatchConsumer, Bus, DEVICE_STREAM, listParked, replayParked, Unrecoverable } from '../src';

const logger = createLogger('test', 'silent');

describe('BatchConsumer on a real NATS', () => {
  let nats: ThrowAwayServer;
  let bus: Bus;
  const consumers: BatchConsumer<number>[] = [];

  beforeEach(async () => {
    nats = await throwAwayNats();
    bus = await Bus.connect({ url: nats.url, app: 'test', logger });
  });
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    await bus.close();
    await nats.stop();
  });

  const consume = async (
    handle: (batch: readonly number[]) => Promise<void>,
    exclusive = true,
    on = bus,
  ): Promise<void> => {
    const consumer = new BatchConsumer<number>(on, logger, {
      stream: DEVICE_STREAM,
      durable: 'numbers',
      filter: 'cb.dev.0',
      maxMessages: 50,
      exclusive,
      decode: (message) => Number(message.string()),
      handle,
    });
    consumers.push(consumer);
    await consumer.start();
  };
  const publish = async (from: number, to: number): Promise<void> => {
    for (let n = from; n <= to; n++) await bus.js.publish('cb.dev.0', String(n));
  };
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('A15 hands over every message in order and in batches', async () => {
    const seen: number[] = [];
    await publish(1, 200);
    let batches = 0;
    await consume((batch) => {
      batches++;
      seen.push(...batch);
      return Promise.resolve();
    });
    await eventually(() => {
      expect(seen).toEqual(numbers(1, 200));
    });
    expect(batches).toBeLessThan(200);
  });

  it('A15 keeps order when a batch fails at first', async () => {
    const done: number[] = [];
    let failures = 2;
    await consume((batch) => {
      if (failures-- > 0) return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
      done.push(...batch);
      return Promise.resolve();
    });
    await publish(1, 30);
    await eventually(() => {
      expect(done).toEqual(numbers(1, 30));
    });
  });

  it('parks what can never be handled, with its reason, and goes on', async () => {
    const done: number[] = [];
    await consume((batch) => {
      if (batch.includes(7)) return Promise.reject(new Unrecoverable('seven is not a number we like'));
      done.push(...batch);
      return Promise.resolve();
    });
    await publish(1, 10);
    await eventually(() => {
      expect(done).toEqual(numbers(1, 10).filter((n) => n !== 7));
    });
    await eventually(async () => {
      expect(await listParked(bus, 10)).toMatchObject([
        { consumer: 'numbers', subject: 'cb.dev.0', reason: 'seven is not a number we like', payload: '7' },
      ]);
    });
  });

  it('C03 replays a parked message once the reason is gone', async () => {
    const done: number[] = [];
    let broken = true;
    await consume((batch) => {
      if (broken && batch.includes(3)) return Promise.reject(new Unrecoverable('not yet'));
      done.push(...batch);
      return Promise.resolve();
    });
    await publish(1, 5);
    const [parked] = await eventually(async () => {
      const list = await listParked(bus, 10);
      expect(list).toHaveLength(1);
      return list;
    });
    broken = false;
    expect(await replayParked(bus, parked?.sequence ?? 0)).toBe(true);
    await eventually(() => {
      expect([...done].sort()).toEqual([1, 2, 3, 4, 5]);
    });
    expect(await listParked(bus, 10)).toEqual([]);
    expect(await replayParked(bus, parked?.sequence ?? 0)).toBe(false);
  });

  it('lets one replica at a time take batches, and another take over when it dies', async () => {
    const other = await Bus.connect({ url: nats.url, app: 'test-2', logger });
    const byFirst: number[] = [];
    const bySecond: number[] = [];
    await consume((batch) => {
      byFirst.push(...batch);
      return Promise.resolve();
    });
    await publish(1, 1);
    await eventually(() => {
      expect(byFirst).toEqual([1]);
    });
    await consume(
      (batch) => {
        bySecond.push(...batch);
        return Promise.resolve();
      },
      true,
      other,
    );
    await publish(2, 40);
    await eventually(() => {
      expect(byFirst).toEqual(numbers(1, 40));
    });
    await consumers.shift()?.stop();
    await publish(41, 80);
    await eventually(() => {
      expect(bySecond).toEqual(numbers(41, 80));
    }, 20_000);
    await consumers.shift()?.stop();
    await other.close();
  });

  it('goes on after the server was restarted, losing nothing', async () => {
    const done = new Set<number>();
    await consume((batch) => {
      for (const n of batch) done.add(n);
      return Promise.resolve();
    });
    await publish(1, 20);
    await eventually(() => {
      expect(done.size).toBe(20);
    });
    await nats.restart();
    await eventually(() => bus.js.publish('cb.dev.0', '21', { timeout: 500 }), 15_000);
    await publish(22, 40);
    await eventually(() => {
      expect([...done].sort((a, b) => a - b)).toEqual(numbers(1, 40));
    }, 20_000);
  });
});
