import { preferredLanguage } from './language';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr-FR', 'zh'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['zh-TW,en;q=0.9', 'zh'],
    ['zh;q=0.1, en;q=0.2', 'en'],
    ['en;q=0, zh;q=0.1', 'zh'],
    ['en;q=abc', 'zh'],
  ] as const)('reads %j as %s', (accept, expected) => {
    expect(preferredLanguage(accept, 'zh')).toBe(expected);
  });
});
