import type { TokenVerdict } from '@chargebus/requests';
import { readCallbackAnswer, weigh } from './callback-answer';

const said = (status: TokenVerdict['status']): TokenVerdict => ({
  status,
  expiresAt: null,
  groupId: null,
  balanceFen: null,
});

describe('the answer of a token callback', () => {
  it('A09 is read with what it says', () => {
    const body = { status: 'accepted', expiry: '2026-01-02T08:00:00+08:00', group: 'fleet', balance: 500, more: 1 };
    expect(readCallbackAnswer(200, Buffer.from(JSON.stringify(body)))).toEqual({
      status: 'accepted',
      expiresAt: '2026-01-02T00:00:00.000Z',
      groupId: 'fleet',
      balanceFen: 500,
    });
  });

  it.each([
    [204, ''],
    [500, '{"status":"accepted"}'],
    [200, 'accepted'],
    [200, '{"status":"perhaps"}'],
    [200, '{"status":"accepted","expiry":"tomorrow"}'],
    [200, '{"status":"accepted","group":7}'],
  ])('A09 is none when it is %d %s', (status, body) => {
    expect(readCallbackAnswer(status, Buffer.from(body))).toBeNull();
  });

  it.each([
    ['accepted by one of them', [said('blocked'), said('accepted')], said('accepted')],
    ['the first that knows the token', [said('unknown'), said('expired'), said('blocked')], said('expired')],
    ['known to nobody', [null, said('unknown')], said('unknown')],
    ['nothing when nobody answers', [null, null], null],
  ])('A09 of several clients is %s', (_, answers, wanted) => {
    expect(weigh(answers)).toEqual(wanted);
  });
});
