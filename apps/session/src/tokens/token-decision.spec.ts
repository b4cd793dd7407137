import type { TokenVerdict } from '@chargebus/requests';
import { tokenDecision } from './token-decision';

const NOW = Date.UTC(2026, 0, 2);
const said = (fields: Partial<TokenVerdict>) =>
  tokenDecision({ status: 'accepted', expiresAt: null, balanceFen: null, ...fields }, NOW);

describe('what was said of a token', () => {
  it.each([
    [{}, 'accepted'],
    [{ expiresAt: '2026-01-02T00:00:00.001Z' }, 'accepted'],
    [{ expiresAt: '2026-01-02T00:00:00.000Z' }, 'expired'],
    [{ balanceFen: 1 }, 'accepted'],
    [{ balanceFen: 0 }, 'insufficient_balance'],
    [{ balanceFen: -5 }, 'insufficient_balance'],
    [{ status: 'blocked', expiresAt: '2020-01-01T00:00:00.000Z' }, 'blocked'],
    [{ status: 'expired' }, 'expired'],
    [{ status: 'no_credit' }, 'insufficient_balance'],
    [{ status: 'unknown' }, 'unknown_card'],
  ] as const)('A09 makes of %j %s', (fields, wanted) => {
    expect(said(fields)).toBe(wanted);
  });
});
