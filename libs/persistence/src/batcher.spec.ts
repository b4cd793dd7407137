import { Batcher } from './batcher';

describe('a batcher', () => {
  it('gathers what comes while batches are under way', async () => {
    const batches: number[][] = [];
    const release: (() => void)[] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        batches.push([...items]);
        await new Promise<void>((resolve) => release.push(resolve));
        return items.map((n) => n * 2);
      },
      { maxItems: 3, maxBatches: 1 },
    );
    const first = batcher.push(1);
    await new Promise(setImmediate);
    const rest = [2, 3, 4, 5].map((n) => batcher.push(n));
    for (let done = 0; done < 3; done++) {
      release[done]?.();
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
    expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('tries one by one what failed together, so that one bad item fails alone', async () => {
    const batcher = new Batcher<string, string>((items) =>
      items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items),
    );
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((item) => batcher.push(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('keeps batches apart where that is asked for, and lets the first one go at once', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const batches: number[][] = [];
    const batcher = new Batcher<number, number>(
      (items) => {
        batches.push([...items]);
        return Promise.resolve(items);
      },
      { everyMs: 20 },
    );
    await batcher.push(1);
    const rest = [2, 3].map((n) => batcher.push(n));
    await new Promise(setImmediate);
    expect(batches).toEqual([[1]]);
    jest.advanceTimersByTime(20);
    await Promise.all(rest);
    expect(batches).toEqual([[1], [2, 3]]);
    jest.useRealTimers();
  });
});
