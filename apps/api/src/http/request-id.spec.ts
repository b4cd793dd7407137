import { requestIdOf } from './request-id';

describe('requestIdOf', () => {
  it.each(['a', 'order-7.1:x_Y', 'x'.repeat(100)])('X14 keeps %j', (given) => {
    expect(requestIdOf(given)).toBe(given);
  });
  it.each([undefined, '', 'a b', 'x'.repeat(101), 'a\nb', '<script>', ['a', 'b']])('X14 replaces %j', (given) => {
    expect(requestIdOf(given)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
