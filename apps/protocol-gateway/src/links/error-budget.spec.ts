import { ErrorBudget } from './error-budget';

const none = { noiseBytes: 0, checksumErrors: 0, rejectedFrames: 0 };

describe('ErrorBudget', () => {
  it('covers as many errors a minute as it is given, of whatever kind', () => {
    const budget = new ErrorBudget(0);
    expect(budget.covers({ ...none, checksumErrors: 5, rejectedFrames: 5 }, 10, 0)).toBe(true);
    expect(budget.covers({ ...none, checksumErrors: 5, rejectedFrames: 6 }, 10, 0)).toBe(false);
  });

  it('forgets errors with time', () => {
    const budget = new ErrorBudget(0);
    expect(budget.covers({ ...none, checksumErrors: 10 }, 10, 0)).toBe(true);
    expect(budget.covers({ ...none, checksumErrors: 15 }, 10, 30_000)).toBe(true);
    expect(budget.covers({ ...none, checksumErrors: 16 }, 10, 30_000)).toBe(false);
  });

  it('takes 256 bytes of noise for one error', () => {
    const budget = new ErrorBudget(0);
    expect(budget.covers({ ...none, noiseBytes: 511 }, 1, 0)).toBe(true);
    expect(budget.covers({ ...none, noiseBytes: 512 }, 1, 0)).toBe(false);
  });
});
