import { Statistics } from '../core/statistics';
import { StatisticsView } from './statistics-view';

function show(isTTY: boolean): string[] {
  const written: string[] = [];
  const view = new StatisticsView({ isTTY, write: (text) => written.push(text) }, '3 dual devices');
  const statistics = new Statistics();
  Object.assign(statistics, { devices: 3, connected: 2, charging: 1, framesUp: 100, framesDown: 50 });
  view.show(statistics.snapshot(), 1000);
  Object.assign(statistics, { framesUp: 400, framesDown: 150, settlementsSent: 2, settlementsAcknowledged: 1 });
  view.show(statistics.snapshot(), 3000);
  return written;
}

describe('StatisticsView', () => {
  it('A20 prints a plain line each time where there is no terminal', () => {
    const [, second] = show(false);
    expect(second).toMatch(/^connected 2\/3, .*frames\/s up 150 down 50,.*settlements 2 sent 1 acknowledged.*\n$/);
    expect(second).not.toContain('\u001b');
  });

  it('A20 redraws its block on a terminal', () => {
    const [first, second] = show(true);
    expect(first).toContain('3 dual devices');
    expect(first?.startsWith('\u001b[2K')).toBe(true);
    expect(second?.startsWith(`\u001b[${(first?.match(/\n/g) ?? []).length}A`)).toBe(true);
    expect(second).toContain('150 up, 50 down');
  });
});
