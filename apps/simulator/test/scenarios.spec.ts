import { Ap3000Bench } from './ap3000-bench';
import { Random } from '../src/core/random';
import { SCENARIOS } from '../src/scenarios';
import type { ScenarioName } from '../src/scenarios';

const HOUR_S = 3600;

/** Ten sockets behind one host for some hours; every byte that they sent. */
function watch(scenario: ScenarioName, seed: number, hours = 6): Ap3000Bench {
  const bench = new Ap3000Bench({ topology: 'host', replyDelayMs: [100, 200] }, { devices: 10, seed }).connect();
  const { clock, endpoint } = bench;
  const end = SCENARIOS[scenario].start({
    fleet: { clock, devices: endpoint.devices, random: new Random(seed) },
    framesPerS: 100,
  });
  bench.advanceS(hours * HOUR_S);
  end();
  return bench;
}
const bytesOf = (bench: Ap3000Bench): string =>
  bench.platform.frames.map(({ bytes }) => Buffer.from(bytes).toString('hex')).join('\n');

describe('Scenarios', () => {
  it.each(['card', 'mixed'] as const)(
    'A20 %s sends the same bytes for the same seed, and others for another',
    (name) => {
      const first = bytesOf(watch(name, 11));
      expect(bytesOf(watch(name, 11))).toBe(first);
      expect(bytesOf(watch(name, 12))).not.toBe(first);
    },
  );

  it('A20 idle leaves all ports empty', () => {
    const bench = watch('idle', 1);
    expect(new Set(bench.platform.of('21').flatMap(({ portStatuses }) => portStatuses))).toEqual(new Set([0]));
  });

  it('A20 charging puts a vehicle at every port and starts nothing itself', () => {
    const bench = watch('charging', 1);
    expect(bench.platform.of('21').at(-1)?.portStatuses).toEqual([2, 2]);
    expect(bench.statistics.chargesStarted).toBe(0);
  });

  it('A20 card starts charges by card, code and swipe, and settles every one that ended', () => {
    const bench = watch('card', 1);
    const modes = new Set(bench.platform.of('06').map(({ startMode }) => startMode));
    expect(modes).toEqual(new Set([0, 3]));
    expect(bench.platform.of('02').length).toBeGreaterThan(0);
    expect(bench.statistics.chargesEnded).toBeGreaterThan(20);
    const ended = bench.endpoint.devices.flatMap(({ ledger }) =>
      ledger.charges.filter(({ endedAtMs }) => endedAtMs !== null),
    );
    expect(ended).toHaveLength(bench.statistics.chargesEnded);
    expect(new Set(bench.platform.of('03').map(({ orderHex }) => orderHex))).toEqual(
      new Set(ended.map(({ orderHex }) => orderHex)),
    );
  });

  it('A20 mixed has both kinds of devices', () => {
    const bench = watch('mixed', 1);
    const withCharges = bench.endpoint.devices.map(({ ledger }) => ledger.charges.length > 0);
    expect(withCharges).toEqual(bench.endpoint.devices.map((_, index) => index % 3 === 2));
  });

  it('A20 stops when it is told to', () => {
    const bench = watch('card', 1, 1);
    const { chargesStarted } = bench.statistics;
    bench.advanceS(6 * HOUR_S);
    expect(bench.statistics.chargesStarted).toBe(chargesStarted);
  });
});
