import type { QuestionReply } from '@chargebus/protocol-core';
import type { IdTagInfo } from '../messages';

const MAX_TAG_CHARS = 20;
const STATUS_OF: Readonly<Record<QuestionReply['decision'], IdTagInfo['status']>> = {
  accepted: 'Accepted',
  unknown_card: 'Invalid',
  insufficient_balance: 'Blocked',
  expired: 'Expired',
  blocked: 'Blocked',
  device_not_registered: 'Invalid',
  port_fault: 'Invalid',
};

/** Null: nobody decided in time; `fallback` is the configured answer to that. */
export function idTagInfoOf(reply: QuestionReply | null, fallback: IdTagInfo['status']): IdTagInfo {
  if (reply === null) return { status: fallback };
  const { expiresAt, groupId } = reply;
  const hasGroup = groupId != null && groupId.length <= MAX_TAG_CHARS;
  return {
    status: STATUS_OF[reply.decision],
    ...(expiresAt !== null && { expiryDate: expiresAt }),
    ...(hasGroup && { parentIdTag: groupId }),
  };
}
