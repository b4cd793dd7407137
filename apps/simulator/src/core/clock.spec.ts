import { WheelClock } from './clock';
import { ManualClock } from './manual-clock';

describe('WheelClock', () => {
  let clock: WheelClock;
  afterEach(() => {
    clock.close();
  });
  const passed = (delayMs: number): Promise<number> => {
    const started = clock.nowMs();
    return new Promise((resolve) => {
      clock.after(delayMs, () => {
        resolve(clock.nowMs() - started);
      });
    });
  };

  it('A20 runs as fast as it is told', async () => {
    clock = new WheelClock(1000);
    const realMs = performance.now();
    expect(await passed(60_000)).toBeGreaterThanOrEqual(60_000);
    expect(performance.now() - realMs).toBeLessThan(1000);
    expect(clock.fromReal(10)).toBe(10_000);
  });

  it('A20 is never early, and keeps the order of appointments', async () => {
    clock = new WheelClock(1);
    const order: number[] = [];
    const all = [60, 20, 40, 0].map((delayMs) =>
      passed(delayMs).then((ms) => {
        expect(ms).toBeGreaterThanOrEqual(delayMs);
        order.push(delayMs);
      }),
    );
    await Promise.all(all);
    expect(order).toEqual([0, 20, 40, 60]);
  });

  it('A20 keeps an appointment that is more than a revolution away', async () => {
    clock = new WheelClock(1);
    let early = false;
    // 4096 slots of 5 ms: due in the slot that comes round after 20.48 s, so it must not run after 40 ms.
    clock.after(4096 * 5 + 40, () => {
      early = true;
    });
    await passed(100);
    expect(early).toBe(false);
  });

  it('A20 does not run what was cancelled', async () => {
    clock = new WheelClock(1);
    let ran = false;
    clock
      .after(10, () => {
        ran = true;
      })
      .cancel();
    await passed(30);
    expect(ran).toBe(false);
  });
});

describe('ManualClock', () => {
  it('A20 runs appointments in order of time, those made on the way included', () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    clock.after(20, () => seen.push(`b at ${clock.nowMs()}`));
    clock.after(10, () => {
      seen.push(`a at ${clock.nowMs()}`);
      clock.after(5, () => seen.push(`a2 at ${clock.nowMs()}`));
    });
    clock.advance(15);
    expect(seen).toEqual(['a at 10', 'a2 at 15']);
    clock.advance(5);
    expect(seen).toEqual(['a at 10', 'a2 at 15', 'b at 20']);
  });
});
