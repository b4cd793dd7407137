import { Faults, FleetFaults } from './faults';
import type { FaultName } from './faults';
import { FaultyWriter } from './faulty-writer';
import { ManualClock } from './manual-clock';
import { Random } from './random';
import { Statistics } from './statistics';

const FRAMES = ['first-frame', 'second-frame', 'third-frame'].map((text) => Buffer.from(text));

function writing(...ordered: readonly FaultName[]) {
  const clock = new ManualClock();
  const statistics = new Statistics();
  const faults = new Faults(new FleetFaults(statistics), new Random(1));
  for (const fault of ordered) faults.next(fault);
  const writes: string[] = [];
  let cuts = 0;
  const writer = new FaultyWriter(
    (bytes) => writes.push(Buffer.from(bytes).toString('latin1')),
    () => (cuts += 1),
    faults,
    new Random(2),
    clock,
  );
  for (const frame of FRAMES) writer.send(frame);
  return { writes, clock, statistics, writer, cuts: () => cuts };
}

describe('FaultyWriter', () => {
  it('A20 passes frames through while nothing goes wrong', () => {
    expect(writing().writes).toEqual(['first-frame', 'second-frame', 'third-frame']);
  });

  it('A20 glues a frame to the next one', () => {
    expect(writing('glue').writes).toEqual(['first-framesecond-frame', 'third-frame']);
  });

  it('A20 sends a held frame alone when nothing follows', () => {
    const { writes, clock } = writing('glue', 'glue', 'glue');
    expect(writes).toEqual([]);
    clock.advance(500);
    expect(writes).toEqual(['first-framesecond-framethird-frame']);
  });

  it('A20 lets a frame be overtaken', () => {
    expect(writing('reorder').writes).toEqual(['second-framefirst-frame', 'third-frame']);
  });

  it('A20 splits a frame and keeps the others behind it', () => {
    const { writes, clock } = writing('split');
    expect(writes).toHaveLength(1);
    expect('first-frame'.startsWith(writes[0] ?? '-')).toBe(true);
    clock.advance(1000);
    expect(writes).toHaveLength(4);
    expect(writes.join('')).toBe('first-framesecond-framethird-frame');
  });

  it('A20 keeps the order when frame after frame is split', () => {
    const { writes, clock } = writing('split', 'split', 'split');
    clock.advance(1000);
    expect(writes).toHaveLength(6);
    expect(writes.join('')).toBe('first-framesecond-framethird-frame');
  });

  it('A20 changes one byte of a corrupted frame', () => {
    const { writes, statistics } = writing('corrupt');
    const wrong = Array.from('first-frame').filter((char, at) => char !== writes[0]?.[at]);
    expect(wrong).toHaveLength(1);
    expect(writes.slice(1)).toEqual(['second-frame', 'third-frame']);
    expect(statistics.faultsInjected).toBe(1);
  });

  it('A20 breaks the connection within a frame', () => {
    const { writes, cuts } = writing('cut');
    expect(cuts()).toBe(1);
    expect('first-frame'.startsWith(writes[0] ?? '-')).toBe(true);
    expect(writes[0]).not.toBe('first-frame');
  });
});
