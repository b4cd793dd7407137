import type { AuthoriseCard, ReplyOf, TokenVerdict } from '@chargebus/requests';

export type TokenDecision = ReplyOf<typeof AuthoriseCard>['decision'];

const DECISIONS: Readonly<Record<TokenVerdict['status'], TokenDecision>> = {
  accepted: 'accepted',
  blocked: 'blocked',
  expired: 'expired',
  no_credit: 'insufficient_balance',
  unknown: 'unknown_card',
};

/** What was said of a token, now: an accepted one may have expired or have nothing left. */
export function tokenDecision(
  { status, expiresAt, balanceFen }: Pick<TokenVerdict, 'status' | 'expiresAt' | 'balanceFen'>,
  nowMs: number,
): TokenDecision {
  if (status !== 'accepted') return DECISIONS[status];
  if (expiresAt !== null && Date.parse(expiresAt) <= nowMs) return 'expired';
  return balanceFen !== null && balanceFen <= 0 ? 'insufficient_balance' : 'accepted';
}
