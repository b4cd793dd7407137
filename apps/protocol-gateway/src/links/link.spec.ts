import type { ProtocolEvent } from '@chargebus/events';
import { createLogger, Metrics } from '@chargebus/observability';
import { FakeClock } from '../../test/fake-clock';
import { fakeDriver, line, noFrames } from '../../test/fake-driver';
import { declareMetrics } from '../metrics';
import { RouteTable } from '../routes/route-table';
import { Link } from './link';
import type { Wire } from './link';

/** One connection with a wire that only takes notes. */
class Bench {
  readonly clock = new FakeClock();
  readonly closed: string[] = [];
  flowing = true;
  unsentBytes = 0;
  readonly link: Link;

  constructor() {
    const { clock } = this;
    const logger = createLogger('test', 'silent');
    const metrics = declareMetrics(new Metrics('test'));
    const facts = {
      publish: (_part: number, published: readonly ProtocolEvent[]) => {
        for (const fact of published) if (fact.type === 'device.disconnected') this.closed.push(fact.reason);
      },
    };
    const routes = new RouteTable(
      { instance: 'i', maxDevicesPerLink: 10 },
      {
        clock,
        facts,
        metrics,
        logger,
        orders: { open: () => undefined, moved: () => undefined, close: () => undefined },
        claims: { announce: () => undefined },
      },
    );
    const orders = { runErrands: () => undefined };
    const limits = { bytesPerS: 100, errorsPerMinute: 10, identifyMs: 60_000 };
    const questions = { settle: () => Promise.resolve({ facts: [], encode: () => null, errands: [] }) };
    this.link = new Link(
      { clock, logger, drivers: [fakeDriver], limits, facts, routes, orders, questions, metrics, frames: noFrames },
      1,
      'c1',
      '127.0.0.1',
      this.aWire(),
    );
  }

  private aWire(): Wire {
    const unsent = (): number => this.unsentBytes;
    return {
      get writableLength() {
        return unsent();
      },
      write: () => true,
      cork: () => undefined,
      uncork: () => undefined,
      pause: () => (this.flowing = false),
      resume: () => (this.flowing = true),
      destroySoon: () => undefined,
      destroy: () => undefined,
    };
  }
  say(text: string): void {
    this.link.receive(Buffer.from(text));
  }
  /** As the registry does: once a second. */
  seconds(count: number): void {
    for (let i = 0; i < count && this.link.isOpen; i++) {
      this.clock.advance(1_000);
      this.link.sweep(this.clock.nowMs());
    }
  }
}

describe('Link', () => {
  it('closes a connection that says nothing for longer than the protocol allows', () => {
    const bench = new Bench();
    bench.say(line('D1', 'hb'));
    bench.seconds(299);
    bench.say(line('D1', 'hb'));
    bench.seconds(300);
    expect(bench.link.isOpen).toBe(true);
    bench.seconds(1);
    expect(bench.closed).toEqual(['idle']);
  });

  it('closes a connection without a whole frame at its deadline, bytes or not', () => {
    const bench = new Bench();
    for (let i = 0; i < 60; i++) {
      bench.say('#');
      bench.seconds(1);
    }
    expect(bench.link.isOpen).toBe(true);
    bench.seconds(1);
    expect(bench.link.isOpen).toBe(false);
  });

  it('gives up bytes that wait for the rest of a frame that never comes', () => {
    const bench = new Bench();
    bench.say(`${line('D1', 'hb')}#D1|half`);
    expect(bench.link.protocolConnection?.pendingBytes).toBe(8);
    bench.seconds(16);
    expect(bench.link.protocolConnection?.pendingBytes).toBe(0);
    expect(bench.link.isOpen).toBe(true);
  });

  it('closes a device that does not take its answers', () => {
    const bench = new Bench();
    bench.say(line('D1', 'hb'));
    bench.unsentBytes = 65_537;
    bench.seconds(1);
    expect(bench.closed).toEqual(['not_reading']);
  });

  it('does not hold our own silence against the device', () => {
    const bench = new Bench();
    bench.say(line('D1', 'hb'));
    bench.link.hold();
    expect(bench.flowing).toBe(false);
    bench.seconds(1_000);
    bench.link.release();
    expect(bench.flowing).toBe(true);
    bench.seconds(299);
    expect(bench.link.isOpen).toBe(true);
  });

  it('pauses a flood until the burst has leaked, also across a hold', () => {
    const bench = new Bench();
    bench.say(line('D1', 'note', 'x'.repeat(1_000)));
    expect(bench.flowing).toBe(false);
    bench.link.hold();
    bench.link.release();
    expect(bench.flowing).toBe(false);
    bench.seconds(4);
    expect(bench.flowing).toBe(true);
  });
});
