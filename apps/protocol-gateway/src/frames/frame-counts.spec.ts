import { DeviceId } from '@chargebus/domain';
import { createLogger } from '@chargebus/observability';
import type { CountFrames, RequestOf } from '@chargebus/requests';
import { FakeClock } from '../../test/fake-clock';
import { FrameCounts } from './frame-counts';

type Report = RequestOf<typeof CountFrames>;
const [A, B] = [DeviceId.parse('A'), DeviceId.parse('B')];

/** Counts of one process; the registry can be away. */
class Bench {
  readonly clock = new FakeClock();
  readonly reports: Report[] = [];
  isAway = false;
  readonly counts = new FrameCounts(
    {
      ask: (_definition: unknown, report: unknown) => {
        if (this.isAway) return Promise.reject(new Error('away'));
        this.reports.push(report as Report);
        return Promise.resolve({} as never);
      },
    },
    this.clock,
    createLogger('test', 'silent'),
    'g1',
    10_000,
  );

  async passes(ms: number): Promise<void> {
    this.clock.advance(ms);
    this.counts.beat();
    await this.counts.flush();
  }
  get last(): Report | undefined {
    return this.reports.at(-1);
  }
}

describe('FrameCounts', () => {
  it('A18 tells the sums of the hour of those that sent something since', async () => {
    const bench = new Bench();
    bench.counts.count(A, 'ap3000', null);
    bench.counts.count(B, 'ap3000', 'payload_too_short');
    await bench.passes(10_000);
    expect(bench.last).toEqual({
      gateway: 'g1',
      hour: '2026-01-13T08:00:00.000Z',
      counts: [
        { deviceId: A, protocol: 'ap3000', outcome: 'ok', frames: 1 },
        { deviceId: B, protocol: 'ap3000', outcome: 'payload_too_short', frames: 1 },
      ],
    });
    bench.counts.count(A, 'ap3000', null);
    bench.counts.count(A, 'ap3000', 'checksum', 3);
    await bench.passes(10_000);
    expect(bench.last?.counts).toEqual([
      { deviceId: A, protocol: 'ap3000', outcome: 'ok', frames: 2 },
      { deviceId: A, protocol: 'ap3000', outcome: 'checksum', frames: 3 },
    ]);
    await bench.passes(10_000);
    expect(bench.reports).toHaveLength(2);
  });

  it('A18 makes good what the registry did not take, also of an hour that is over', async () => {
    const bench = new Bench();
    bench.isAway = true;
    bench.counts.count(A, 'ocpp1.6', 'required /idTag');
    await bench.passes(10_000);
    await bench.passes(3_600_000);
    bench.counts.count(A, 'ocpp1.6', null);
    bench.isAway = false;
    await bench.passes(10_000);
    expect(bench.reports).toMatchObject([
      { hour: '2026-01-13T08:00:00.000Z', counts: [{ outcome: 'required', frames: 1 }] },
      { hour: '2026-01-13T09:00:00.000Z', counts: [{ outcome: 'ok', frames: 1 }] },
    ]);
  });
});
