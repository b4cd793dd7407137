import { createLogger } from '@chargebus/observability';
import { Ticker } from './ticker';

const logger = createLogger('test', 'silent');
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('a ticker', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('works at once and then every so often, also after a failure', async () => {
    const work = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(undefined);
    const ticker = new Ticker('test', 1_000, logger, work);
    ticker.start();
    await pass(0);
    expect(work).toHaveBeenCalledTimes(1);
    await pass(2_000);
    expect(work).toHaveBeenCalledTimes(3);
    await ticker.stop();
  });

  it('begins later where that is asked for, sooner when it is woken, and goes on while there is more', async () => {
    const work = jest.fn().mockResolvedValueOnce(true).mockResolvedValue(false);
    const ticker = new Ticker('test', 1_000, logger, work);
    ticker.start(60_000);
    await pass(59_999);
    expect(work).not.toHaveBeenCalled();
    ticker.wake();
    await pass(1);
    expect(work).toHaveBeenCalledTimes(2);
    await ticker.stop();
  });

  it('works once more when it is woken in the middle, however often, and never twice at a time', async () => {
    let finish: () => void = () => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const ticker = new Ticker('test', 1_000, logger, work);
    ticker.start();
    await pass(0);
    ticker.wake();
    ticker.wake();
    await pass(5_000);
    expect(work).toHaveBeenCalledTimes(1);
    finish();
    await pass(0);
    expect(work).toHaveBeenCalledTimes(2);
    finish();
    await pass(999);
    expect(work).toHaveBeenCalledTimes(2);
    await ticker.stop();
  });

  it('lets the turn under way end at a stop, and begins no other', async () => {
    let finish: () => void = () => undefined;
    const work = jest.fn(() => new Promise<boolean>((resolve) => (finish = resolve.bind(null, true))));
    const ticker = new Ticker('test', 1_000, logger, work);
    ticker.start();
    await pass(0);
    let isStopped = false;
    const stopped = ticker.stop().then(() => (isStopped = true));
    ticker.wake();
    await pass(5_000);
    expect(isStopped).toBe(false);
    finish();
    await stopped;
    ticker.wake();
    await pass(5_000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
