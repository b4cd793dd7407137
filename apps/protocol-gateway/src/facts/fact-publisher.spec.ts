import type { ProtocolEvent } from '@chargebus/events';
import { DeviceId } from '@chargebus/domain';
import { createLogger, Metrics } from '@chargebus/observability';
import { FakeClock } from '../../test/fake-clock';
import { declareMetrics } from '../metrics';
import { FactPublisher } from './fact-publisher';

const base = (id: string) => ({ id, deviceId: DeviceId.parse('D1'), at: '2026-01-13T08:00:00.000Z' });
const fact = (id: string): ProtocolEvent => ({
  ...base(id),
  type: 'device.disconnected',
  connectionId: 'c',
  reason: 'r',
});
const heartbeat = (id: string): ProtocolEvent => ({
  ...base(id),
  type: 'device.heartbeat',
  voltageV: null,
  temperatureC: null,
  signal: null,
  ports: [],
  attributes: {},
});

/** A stream that answers when the test says so. */
class Bench {
  readonly clock = new FakeClock();
  readonly sent: { part: number; ids: string[]; messageId: string }[] = [];
  readonly pressure: boolean[] = [];
  readonly stored: string[] = [];
  private open: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly publisher: FactPublisher;

  constructor(options: { maxBatchBytes?: number; maxBacklogBytes?: number } = {}) {
    const stream = {
      publish: (part: number, payload: string, messageId: string) => {
        const { facts } = JSON.parse(payload) as { facts: { id: string }[] };
        this.sent.push({ part, messageId, ids: facts.map(({ id }) => id) });
        return new Promise<void>((resolve, reject) => this.open.push({ resolve, reject }));
      },
    };
    const metrics = declareMetrics(new Metrics('test'));
    this.publisher = new FactPublisher(stream, this.clock, metrics, createLogger('test', 'silent'), {
      instance: 'i',
      intervalMs: 10,
      patienceMs: 100,
      maxBatchBytes: options.maxBatchBytes ?? 10_000,
      maxBacklogBytes: options.maxBacklogBytes ?? 100_000,
    });
    this.publisher.whenPressureChanges((high) => this.pressure.push(high));
  }

  publish(ids: readonly string[], part = 0, waiting: string | null = null): void {
    const whenStored = waiting === null ? null : { stored: () => this.stored.push(waiting) };
    this.publisher.publish(part, ids.map(fact), whenStored);
  }
  beat(id: string, part = 0): void {
    this.publisher.publish(part, [heartbeat(id)], null);
  }
  async settle(how: 'ack' | 'lose' = 'ack'): Promise<void> {
    const next = this.open.shift();
    if (how === 'ack') next?.resolve();
    else next?.reject(new Error('no answer'));
    await this.tick();
  }
  async tick(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
  get batches(): string[] {
    return this.sent.map(({ ids }) => ids.join(' '));
  }
}

describe('FactPublisher', () => {
  it('sends what one read brought at the end of the tick, as one message', async () => {
    const bench = new Bench();
    bench.publish(['a', 'b']);
    bench.publish(['c']);
    expect(bench.sent).toEqual([]);
    await bench.tick();
    expect(bench.batches).toEqual(['a b c']);
  });

  it('A16 gathers what comes while a publish is under way, one publish per partition', async () => {
    const bench = new Bench();
    bench.publish(['a']);
    await bench.tick();
    bench.publish(['b']);
    bench.publish(['x'], 1);
    bench.clock.advance(100);
    bench.publish(['c']);
    await bench.tick();
    expect(bench.batches).toEqual(['a', 'x']);
    await bench.settle();
    expect(bench.batches).toEqual(['a', 'x', 'b c']);
  });

  it('keeps a busy partition to its interval', async () => {
    const bench = new Bench();
    bench.publish(['a']);
    await bench.tick();
    await bench.settle();
    bench.publish(['b']);
    await bench.tick();
    bench.clock.advance(9);
    bench.publish(['c']);
    expect(bench.batches).toEqual(['a']);
    bench.clock.advance(1);
    expect(bench.batches).toEqual(['a', 'b c']);
  });

  it('A16 lets readings and heartbeats of all partitions wait for company, and leave together', async () => {
    const bench = new Bench();
    bench.beat('a');
    bench.clock.advance(60);
    bench.beat('b');
    bench.beat('x', 1);
    bench.clock.advance(39);
    await bench.tick();
    expect(bench.batches).toEqual([]);
    bench.clock.advance(1);
    expect(bench.batches).toEqual(['a b', 'x']);
  });

  it('keeps the order when something comes that cannot wait, and takes along what does', async () => {
    const bench = new Bench();
    bench.beat('a');
    bench.publish(['b']);
    await bench.tick();
    expect(bench.batches).toEqual(['a b']);
    await bench.settle();
    bench.clock.advance(100);
    await bench.tick();
    expect(bench.batches).toEqual(['a b']);
  });

  it('A07 does not let a repeat wait for company whose facts are still here', async () => {
    const bench = new Bench();
    bench.beat('a');
    bench.publish([], 0, 'repeat');
    await bench.tick();
    await bench.settle();
    expect([bench.batches, bench.stored]).toEqual([['a'], ['repeat']]);
  });

  it('waits no longer than a busy partition does once there is company enough', () => {
    const bench = new Bench();
    for (let part = 0; part < 16; part++) for (let n = 0; n < 4; n++) bench.beat(`${part}.${n}`, part);
    bench.clock.advance(9);
    expect(bench.sent).toHaveLength(0);
    bench.clock.advance(1);
    expect(bench.sent).toHaveLength(16);
  });

  it('sends at once what waits when it is told to end', async () => {
    const bench = new Bench();
    bench.beat('a');
    const flushed = bench.publisher.flush(1_000);
    expect(bench.batches).toEqual(['a']);
    await bench.settle();
    expect(await flushed).toBe(true);
  });

  it('bounds a message in bytes', async () => {
    const bench = new Bench({ maxBatchBytes: 600 });
    bench.publish(['a', 'b', 'c']);
    await bench.tick();
    await bench.settle();
    bench.clock.advance(10);
    expect(bench.batches).toEqual(['a b', 'c']);
  });

  it('A15 tries again under the same message id until the stream has it, and keeps the order', async () => {
    const bench = new Bench();
    bench.publish(['a'], 0, 'answer');
    await bench.tick();
    bench.publish(['b']);
    await bench.settle('lose');
    bench.clock.advance(50);
    await bench.tick();
    await bench.settle('lose');
    bench.clock.advance(100);
    await bench.tick();
    expect(bench.stored).toEqual([]);
    await bench.settle();
    bench.clock.advance(10);
    await bench.tick();
    expect(bench.batches).toEqual(['a', 'a', 'a', 'b']);
    expect(new Set(bench.sent.slice(0, 3).map(({ messageId }) => messageId)).size).toBe(1);
    expect(bench.stored).toEqual(['answer']);
  });

  it('A07 does not answer a repeat whose facts are still on their way', async () => {
    const bench = new Bench();
    bench.publish(['settlement'], 0, 'first');
    await bench.tick();
    bench.publish([], 0, 'repeat');
    expect(bench.stored).toEqual([]);
    await bench.settle();
    expect(bench.stored).toEqual(['first', 'repeat']);
    bench.publish([], 0, 'later');
    expect(bench.stored).toEqual(['first', 'repeat', 'later']);
  });

  it('tells when too much is unstored, and when half of it is gone', async () => {
    const bench = new Bench({ maxBacklogBytes: 700, maxBatchBytes: 600 });
    bench.publish(['a', 'b']);
    expect(bench.pressure).toEqual([]);
    bench.publish(['c']);
    expect(bench.pressure).toEqual([true]);
    await bench.tick();
    await bench.settle();
    expect(bench.pressure).toEqual([true, false]);
  });

  it('flushes: true once all is stored, false when that takes too long', async () => {
    const bench = new Bench();
    await expect(bench.publisher.flush(10)).resolves.toBe(true);
    bench.publish(['a']);
    await bench.tick();
    const inTime = bench.publisher.flush(1_000);
    const late = bench.publisher.flush(10);
    bench.clock.advance(10);
    await expect(late).resolves.toBe(false);
    await bench.settle();
    await expect(inTime).resolves.toBe(true);
  });
});
