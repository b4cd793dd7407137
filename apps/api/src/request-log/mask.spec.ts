import { masked } from './mask';

describe('the mask of the request log', () => {
  it('Z04 stars out secrets at any depth and leaves the rest', () => {
    const body = { api_key: 'k', data: { secret: 's', items: [{ password: 'p', name: 'n' }] }, token: null };
    expect(masked(body)).toEqual({
      api_key: '***',
      data: { secret: '***', items: [{ password: '***', name: 'n' }] },
      token: null,
    });
  });
  it.each([
    ['13812345678', '138****5678'],
    ['+8613812345678', '+86138****5678'],
    ['12345', '12345'],
    ['ORD13812345678', 'ORD13812345678'],
  ])('X05 masks the phone number %s as %s', (given, expected) => {
    expect(masked({ user: given })).toEqual({ user: expected });
  });
  it('leaves text that Postgres takes, whatever was sent', () => {
    const given = { 'a\0': 'x\0y', half: '\ud800', pair: '😀', literal: '\\u0000' };
    expect(masked(given)).toEqual({ 'a\ufffd': 'x\ufffdy', half: '\ufffd', pair: '😀', literal: '\\u0000' });
  });
  it('keeps neither endless depth nor endless length nor endless lists', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 1000; i++) deep = [deep];
    expect(JSON.stringify(masked(deep)).length).toBeLessThan(100);
    expect(masked({ text: 'x'.repeat(20_000) })).toEqual({ truncated: true, chars: 20_004 });
    expect(masked(Array.from({ length: 1000 }, () => 1))).toHaveLength(200);
  });
  it('is null where there was no body', () => {
    expect([masked(undefined), masked(null)]).toEqual([null, null]);
  });
});
