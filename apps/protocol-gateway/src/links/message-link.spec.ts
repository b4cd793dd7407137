import { DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { createLogger, Metrics } from '@chargebus/observability';
import { FakeClock } from '../../test/fake-clock';
import { noFrames } from '../../test/fake-driver';
import { fakeMessageDrivers } from '../../test/fake-message-driver';
import type { WhenStored } from '../facts/batch';
import { declareMetrics } from '../metrics';
import { RouteTable } from '../routes/route-table';
import type { LinkHost } from './link';
import { MessageLink } from './message-link';
import type { MessageLinkOptions } from './message-link';

const deviceId = DeviceId.parse('S1');
const [driver] = fakeMessageDrivers;

/** Connections of one station with wires that only take notes, and a bus that stores when it is told to. */
class Bench {
  readonly clock = new FakeClock();
  readonly ended: string[] = [];
  readonly unstored: WhenStored[] = [];
  private readonly host: LinkHost;
  private no = 0;

  constructor() {
    const { clock } = this;
    const logger = createLogger('test', 'silent');
    const metrics = declareMetrics(new Metrics('test'));
    const facts = {
      publish: (_part: number, published: readonly ProtocolEvent[], whenStored: WhenStored | null) => {
        for (const fact of published) if (fact.type === 'device.disconnected') this.ended.push(fact.reason);
        if (whenStored !== null) this.unstored.push(whenStored);
      },
    };
    const orders = { open: () => undefined, moved: () => undefined, close: () => undefined };
    const claims = { announce: () => undefined };
    this.host = {
      clock,
      logger,
      metrics,
      facts,
      drivers: [],
      limits: { bytesPerS: 100, errorsPerMinute: 3, identifyMs: 60_000 },
      routes: new RouteTable(
        { instance: 'i', maxDevicesPerLink: 10 },
        { clock, facts, metrics, logger, orders, claims },
      ),
      orders: { runErrands: () => undefined },
      questions: { settle: () => new Promise(() => undefined) },
      frames: noFrames,
    };
  }

  connect(options: Partial<MessageLinkOptions> = {}): { link: MessageLink; wire: FakeWire; say(text: string): void } {
    if (driver === undefined) throw new Error('no driver');
    const wire = new FakeWire();
    const { clock, host } = this;
    const link = new MessageLink(host, ++this.no, `c${this.no}`, '127.0.0.1', wire, {
      driver,
      deviceId,
      limits: { bytesPerS: 1_000, pingIntervalMs: 30_000, maxUnsentBytes: 1_000 },
      answersPings: true,
      heartbeatIntervalS: null,
      acceptedBefore: true,
      whenAccepted: () => undefined,
      predecessor: null,
      ...options,
    });
    host.routes.seen(link, deviceId, clock.nowMs());
    return {
      link,
      wire,
      say: (text) => {
        link.receive(Buffer.from(text));
      },
    };
  }
  /** As the registry does: once a second. */
  seconds(count: number, ...links: readonly MessageLink[]): void {
    for (let i = 0; i < count; i++) {
      this.clock.advance(1_000);
      for (const link of links) if (link.isOpen) link.sweep(this.clock.nowMs());
    }
  }
  /** The bus acknowledges all it has. */
  store(): void {
    for (const { stored } of this.unstored.splice(0)) stored();
  }
}

class FakeWire {
  bufferedAmount = 0;
  flowing = true;
  pings = 0;
  closed: number | 'terminated' | null = null;
  readonly sent: string[] = [];
  send(message: Uint8Array): void {
    this.sent.push(new TextDecoder().decode(message));
  }
  ping(): void {
    this.pings++;
  }
  close(code: number): void {
    this.closed = code;
  }
  terminate(): void {
    this.closed = 'terminated';
  }
  pause(): void {
    this.flowing = false;
  }
  resume(): void {
    this.flowing = true;
  }
}

describe('MessageLink', () => {
  it('pings once an interval and cuts off who gives no sign for two', () => {
    const bench = new Bench();
    const { link, wire } = bench.connect();
    bench.seconds(60, link);
    expect([wire.pings, wire.closed]).toEqual([2, null]);
    bench.seconds(1, link);
    expect([wire.closed, bench.ended]).toEqual(['terminated', ['idle']]);
  });

  it('takes any sign for life', () => {
    const bench = new Bench();
    const { link, say } = bench.connect();
    for (const sign of ['pong', 'message', 'pong']) {
      bench.seconds(59, link);
      if (sign === 'pong') link.isAlive();
      else say('note|');
    }
    bench.seconds(59, link);
    expect(link.isOpen).toBe(true);
  });

  it('goes by messages where a library answers no pings', () => {
    const bench = new Bench();
    const { link } = bench.connect({ answersPings: false });
    bench.seconds(150, link); // two heartbeats of 60 s, and 30 s
    expect(link.isOpen).toBe(true);
    bench.seconds(1, link);
    expect(bench.ended).toEqual(['idle']);
  });

  it('does not hold our own silence against the station', () => {
    const bench = new Bench();
    const { link, wire } = bench.connect();
    link.hold();
    expect(wire.flowing).toBe(false);
    bench.seconds(500, link);
    link.release();
    bench.seconds(59, link);
    expect([wire.flowing, link.isOpen]).toEqual([true, true]);
  });

  it('answers when the bus has what was said, in order, and reads no more while that takes long', () => {
    const bench = new Bench();
    const { link, wire, say } = bench.connect();
    say('settle|1');
    say('hb|2');
    bench.seconds(3, link);
    expect([wire.sent, wire.flowing]).toEqual([[], false]);
    bench.store();
    expect([wire.sent, wire.flowing]).toEqual([['settle|1', 'hb|2'], true]);
  });

  it('says that it failed when storing takes too long, once, and goes on', () => {
    const bench = new Bench();
    const { link, wire, say } = bench.connect();
    say('settle|1');
    say('hb|2');
    bench.seconds(10, link);
    expect(wire.sent).toEqual([]);
    bench.seconds(1, link);
    expect(wire.sent).toEqual(['failed|1', 'hb|2']);
    bench.store();
    expect(wire.sent).toEqual(['failed|1', 'hb|2']);
  });

  it('lets the driver answer for itself when nobody decides', () => {
    const bench = new Bench();
    const { link, wire, say } = bench.connect();
    say('card|x');
    bench.seconds(11, link);
    expect(wire.sent).toEqual(['card|nobody']);
  });

  it('holds the first message back until the replaced connection has done with its last', () => {
    const bench = new Bench();
    const older = bench.connect();
    older.say('settle|old');
    older.say('hb|never heard');
    const newer = bench.connect({ predecessor: older.link });
    newer.say('hb|new');
    expect([older.wire.closed, newer.wire.sent]).toEqual([1008, []]);
    bench.store();
    expect([older.wire.sent, newer.wire.sent]).toEqual([[], ['hb|new']]);
  });

  it('cuts off a station that does not take its answers', () => {
    const bench = new Bench();
    const { link, wire } = bench.connect();
    wire.bufferedAmount = 1_001;
    bench.seconds(1, link);
    expect([wire.closed, bench.ended]).toEqual(['terminated', ['not_reading']]);
  });

  it('closes who makes too many errors, and pauses a flood', () => {
    const bench = new Bench();
    const faulty = bench.connect();
    for (let i = 0; i < 4; i++) faulty.say('bad|');
    expect([faulty.wire.closed, bench.ended]).toEqual([1008, ['error_budget']]);
    const flood = bench.connect();
    flood.say(`note|${'x'.repeat(10_000)}`);
    expect(flood.wire.flowing).toBe(false);
    bench.seconds(4, flood.link);
    expect(flood.wire.flowing).toBe(true);
  });
});
