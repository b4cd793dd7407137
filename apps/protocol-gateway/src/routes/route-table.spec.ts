import { DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { createLogger, Metrics } from '@chargebus/observability';
import { FakeClock } from '../../test/fake-clock';
import { fakeDriver, line, noFrames } from '../../test/fake-driver';
import { Link } from '../links/link';
import { declareMetrics } from '../metrics';
import { RouteTable } from './route-table';

const wire = {
  writableLength: 0,
  write: () => true,
  cork: () => undefined,
  uncork: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  destroySoon: () => undefined,
  destroy: () => undefined,
};

/** The routes of one process, with a note of what it announces and publishes. */
class Bench {
  readonly clock = new FakeClock(10_000);
  readonly announced: string[] = [];
  readonly said: string[] = [];
  readonly table: RouteTable;
  private readonly metrics = declareMetrics(new Metrics('test'));
  private readonly logger = createLogger('test', 'silent');
  private linkNo = 0;

  constructor() {
    this.table = new RouteTable(
      { instance: 'm', maxDevicesPerLink: 10 },
      {
        clock: this.clock,
        metrics: this.metrics,
        logger: this.logger,
        facts: { publish: (_part, facts) => this.said.push(...facts.map(describeFact)) },
        orders: { open: () => undefined, moved: () => undefined, close: () => undefined },
        claims: { announce: (deviceId) => this.announced.push(deviceId) },
      },
    );
  }

  link(): Link {
    const { clock, logger, metrics, table } = this;
    const host = {
      clock,
      logger,
      metrics,
      drivers: [fakeDriver],
      limits: { bytesPerS: 10_000, errorsPerMinute: 10, identifyMs: 60_000 },
      facts: { publish: () => undefined },
      routes: table,
      orders: { runErrands: () => undefined },
      questions: { settle: () => Promise.resolve({ facts: [], encode: () => null, errands: [] }) },
      frames: noFrames,
    };
    this.linkNo++;
    return new Link(host, this.linkNo, `c${this.linkNo}`, '127.0.0.1', wire);
  }
  hears(link: Link, ...devices: readonly string[]): void {
    for (const id of devices) link.receive(Buffer.from(line(id, 'note')));
  }
  claimElsewhere(id: string, claim: { instance: string; aheadMs: number }): void {
    this.table.claimedElsewhere(DeviceId.parse(id), {
      instance: claim.instance,
      atMs: this.clock.epochMs() + claim.aheadMs,
    });
  }
}
const describeFact = (fact: ProtocolEvent): string =>
  `${fact.type.replace('device.', '')} ${fact.deviceId} ${'connectionId' in fact ? fact.connectionId : ''}`;

describe('RouteTable', () => {
  it('announces a device when it comes and when it changes its connection, not with every frame', () => {
    const bench = new Bench();
    const [first, second] = [bench.link(), bench.link()];
    bench.hears(first, 'D1', 'D1');
    bench.hears(second, 'D1', 'D1');
    expect(bench.announced).toEqual(['D1', 'D1']);
    expect(bench.said).toEqual(['connected D1 c1', 'disconnected D1 c1', 'connected D1 c2']);
    expect(first.isOpen).toBe(false);
  });

  it('lets a slave go back to its first host once the second is silent about it', () => {
    const bench = new Bench();
    const [first, second] = [bench.link(), bench.link()];
    bench.hears(first, 'H1', 'S');
    bench.hears(second, 'H2', 'S');
    bench.hears(first, 'S');
    expect(bench.table.find(DeviceId.parse('S'))?.link).toBe(second);
    bench.clock.advance(60_001);
    bench.hears(first, 'S');
    expect(bench.table.find(DeviceId.parse('S'))?.link).toBe(first);
    expect([first.isOpen, second.isOpen]).toEqual([true, true]);
  });

  it('gives a device to the replica that claims it later, with its connection when nobody else is on it', () => {
    const bench = new Bench();
    const [alone, host] = [bench.link(), bench.link()];
    bench.hears(alone, 'D1');
    bench.hears(host, 'D2', 'D3');
    bench.clock.advance(5_000);
    bench.claimElsewhere('D1', { instance: 'z', aheadMs: -60_000 }); // its clock is slow
    bench.claimElsewhere('D2', { instance: 'z', aheadMs: 0 });
    bench.claimElsewhere('unknown', { instance: 'z', aheadMs: 0 });
    expect(bench.table.size).toBe(1);
    expect([alone.isOpen, host.isOpen]).toEqual([false, true]);
  });

  it('keeps a device when a claim crossed its own and is older', () => {
    const bench = new Bench();
    const link = bench.link();
    bench.hears(link, 'D1');
    bench.clock.advance(5);
    bench.claimElsewhere('D1', { instance: 'z', aheadMs: -10 });
    expect(bench.table.size).toBe(1);
    bench.claimElsewhere('D1', { instance: 'z', aheadMs: 0 });
    expect(bench.table.size).toBe(0);
  });

  it('announces again what was claimed while nobody could hear it', () => {
    const bench = new Bench();
    const link = bench.link();
    bench.hears(link, 'D1');
    bench.clock.advance(1_000);
    const lostAtMs = bench.clock.nowMs();
    bench.hears(link, 'D2');
    bench.announced.length = 0;
    bench.table.announceSince(lostAtMs);
    expect(bench.announced).toEqual(['D2']);
  });
});
