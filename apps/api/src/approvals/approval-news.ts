import { ApprovalDecided, ApprovalRequested } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { Approval, ApprovalRepository } from '@chargebus/persistence/iam';
import { AnnounceDeviceEvent } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { commandIdOf } from './command-id';

type Announcement = Pick<RequestOf<typeof AnnounceDeviceEvent>, 'type' | 'occurredAt' | 'data'>;

const LEFT_BEHIND_AFTER_S = 10;

/** Tells the tenant of approvals, in the order of the device's events; the same state again is the same event. */
export class ApprovalNews {
  constructor(
    private readonly approvals: Pick<ApprovalRepository, 'markTold' | 'findUntold'>,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly logger: Logger,
  ) {}

  /** Never throws: what could not be told is told by `tellLeftBehind`. */
  async tell(approval: Approval): Promise<void> {
    const { tenantId, deviceId, approvalId } = approval;
    const causeId = `approval:${approvalId}`;
    try {
      for (const announcement of untold(approval))
        await this.bus.ask(AnnounceDeviceEvent, { tenantId, deviceId, causeId, ...announcement });
      await this.approvals.markTold(approval);
    } catch (error) {
      this.logger.warn({ err: error, approvalId }, 'an approval is not told yet');
    }
  }

  /** What a process that died has not told, and what nobody decided in time. */
  async tellLeftBehind(): Promise<void> {
    for (const approval of await this.approvals.findUntold(LEFT_BEHIND_AFTER_S)) await this.tell(approval);
  }
}

function untold(approval: Approval): readonly Announcement[] {
  const { approvalId, status, told, reason, requestedAt, expiresAt } = approval;
  const common = {
    approvalId,
    action: approval.command.kind,
    reason,
    requestedBy: { clientId: approval.requestedBy, name: approval.requestedByName },
  };
  const requested = {
    type: ApprovalRequested.type,
    occurredAt: requestedAt,
    data: { ...common, requestedAt, expiresAt },
  };
  if (status === 'pending') return told === null ? [requested] : [];
  const decidedAt = approval.decidedAt ?? expiresAt;
  const decided = {
    type: ApprovalDecided.type,
    occurredAt: decidedAt,
    data: {
      ...common,
      status,
      decidedBy:
        approval.decidedBy === null ? null : { clientId: approval.decidedBy, name: approval.decidedByName ?? '' },
      decidedAt,
      comment: approval.comment,
      commandId: status === 'approved' ? commandIdOf(approval) : null,
    },
  };
  return told === null ? [requested, decided] : [decided];
}
