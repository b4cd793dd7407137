import type { Approval as ApprovalBody } from '@chargebus/api-contract';
import type { Approval } from '@chargebus/persistence/iam';
import { snakeKeys } from '../commands/command.view';

export function approvalView(approval: Approval): ApprovalBody {
  const { kind, ...parameters } = approval.command;
  return {
    approval_id: approval.approvalId,
    status: approval.status,
    phy_id: approval.deviceId,
    action: kind,
    parameters: snakeKeys(parameters),
    reason: approval.reason,
    requested_by: { client_id: approval.requestedBy, name: approval.requestedByName },
    requested_at: approval.requestedAt,
    expires_at: approval.expiresAt,
    decided_by:
      approval.decidedBy === null ? null : { client_id: approval.decidedBy, name: approval.decidedByName ?? '' },
    decided_at: approval.decidedAt,
    comment: approval.comment,
    command_id: approval.commandId,
  };
}
