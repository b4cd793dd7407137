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
    ['call 13812345678 at noon', 'call 138****5678 at noon'],
    ['12345', '12345'],
    ['ORD13812345678', 'ORD13812345678'],
  ])('X05 masks the phone number %s as %s', (given, expected) => {
    expect(masked({ user: given })).toEqual({ user: expected });
  });
  it.each([
    ['110101199003071233', '110101********'],
    ['id 11010119900307123X, please', 'id 110101********, please'],
    ['4111111111111111', '411111******1111'],
    ['paid with 6222021234567890128', 'paid with 622202******0128'],
    ['4111111111111112', '4111111111111112'], // no check digit of a card
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', '***'],
    ['https://user:pass@host/x', 'https://***@host/x'],
    ['04AB373B', '04AB373B'],
  ])('X05 Z04 masks what is private in %s', (given, expected) => {
    expect(masked({ note: given })).toEqual({ note: expected });
  });
  it.each(['password', 'user_password', 'api_secret', 'apiKey', 'phone', 'id_card', 'card_no', 'refresh_token'])(
    'X05 never shows %s',
    (name) => {
      expect(masked({ [name]: 'x', deep: [{ [name]: 1 }] })).toEqual({ [name]: '***', deep: [{ [name]: '***' }] });
    },
  );
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
