import { createLogger } from '@chargebus/observability';
import { WakeLoop } from './wake-loop';

const silent = createLogger('test', 'silent');
/** Work that ends when it is told to. */
function held(): { readonly work: (ids: readonly string[] | null) => Promise<void>; seen: unknown[]; end: () => void } {
  const seen: unknown[] = [];
  let release = (): void => undefined;
  const work = (ids: readonly string[] | null): Promise<void> => {
    seen.push(ids);
    return new Promise((resolve) => (release = resolve));
  };
  return {
    work,
    seen,
    end: () => {
      release();
    },
  };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('wake loop', () => {
  it('gathers what is wanted while it works, and does it in one go', async () => {
    const { work, seen, end } = held();
    const loop = new WakeLoop(work, silent);
    loop.wake(['a']);
    loop.wake(['b']);
    loop.wake(['c', 'b']);
    expect(seen).toEqual([['a']]);
    end();
    await settle();
    expect(seen).toEqual([['a'], ['b', 'c']]);
    loop.wake(['d']);
    loop.wake(null);
    end();
    await settle();
    expect(seen).toEqual([['a'], ['b', 'c'], null]);
    end();
    await settle();
    loop.wake(['e']);
    expect(seen).toHaveLength(4);
  });

  it('goes on after work that failed', async () => {
    let calls = 0;
    const loop = new WakeLoop(() => {
      calls += 1;
      return Promise.reject(new Error('away'));
    }, silent);
    loop.wake(null);
    await settle();
    loop.wake(null);
    await settle();
    expect(calls).toBe(2);
  });

  it('begins nothing after a stop, and waits for what is under way', async () => {
    const { work, seen, end } = held();
    const loop = new WakeLoop(work, silent);
    loop.wake(['a']);
    loop.wake(['b']);
    const stopped = loop.stop();
    end();
    await stopped;
    expect(seen).toEqual([['a']]);
  });
});
