import type { QuestionReply } from '@chargebus/protocol-core';
import type { IdTokenInfo } from '../messages';

const STATUS_OF: Readonly<Record<QuestionReply['decision'], IdTokenInfo['status']>> = {
  accepted: 'Accepted',
  unknown_card: 'Unknown',
  insufficient_balance: 'NoCredit',
  expired: 'Expired',
  blocked: 'Blocked',
  device_not_registered: 'Invalid',
  port_fault: 'NotAtThisTime',
};

/** Null: nobody decided in time; `fallback` is the configured answer to that. */
export function idTokenInfoOf(reply: QuestionReply | null, fallback: IdTokenInfo['status']): IdTokenInfo {
  if (reply === null) return { status: fallback };
  const { expiresAt, groupId } = reply;
  return {
    status: STATUS_OF[reply.decision],
    ...(expiresAt !== null && { cacheExpiryDateTime: expiresAt }),
    ...(groupId != null && { groupIdToken: { idToken: groupId.slice(0, 36), type: 'Central' as const } }),
  };
}
