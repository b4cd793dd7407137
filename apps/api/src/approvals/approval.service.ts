import { randomUUID } from 'node:crypto';
import { ApprovalLifetimeMinutes, toInstant } from '@chargebus/domain';
import type { DeviceCommand, DeviceId } from '@chargebus/domain';
import { ApprovalNeedsAnother, ApprovalNotFound, ApprovalNotPending } from '@chargebus/errors';
import type { Bus, RequestContext } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { Approval, ApprovalFilter, ApprovalRepository } from '@chargebus/persistence/iam';
import { SubmitCommand } from '@chargebus/requests';
import type { Page, PageQuery } from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import { uuidOf } from '@chargebus/security';
import type { Caller } from '../auth/caller';
import type { Reach } from '../devices/reach';
import type { Settings } from '../settings/settings';
import type { ApprovalNews } from './approval-news';
import { commandIdOf } from './command-id';

export interface DangerousOrder {
  readonly deviceId: DeviceId;
  readonly command: DeviceCommand;
  readonly reason: string;
  readonly expiresInS: number; // of the command, from its approval
  readonly idempotencyKey: string | null;
}

const SWEEP_EVERY_MS = 5_000;
const STRANDED_AFTER_S = 10;

/**
 * Dangerous orders and the second person that they need. A decision is one guarded statement, so one counts; the order
 * that follows has an id made of the approval's, so it is one order however often it is given; and what was approved by a
 * process that died is given by the next sweep of any replica.
 */
export class ApprovalService {
  private readonly ticker: Ticker;

  constructor(
    private readonly approvals: ApprovalRepository,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly reach: Pick<Reach, 'refuseBeyond' | 'within'>,
    private readonly settings: Pick<Settings, 'get'>,
    private readonly news: Pick<ApprovalNews, 'tell' | 'tellLeftBehind'>,
    logger: Logger,
  ) {
    this.ticker = new Ticker('approvals', SWEEP_EVERY_MS, logger, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.ticker.start(SWEEP_EVERY_MS);
  }
  onModuleDestroy(): Promise<void> {
    return this.ticker.stop();
  }

  async request(caller: Caller, order: DangerousOrder): Promise<Approval> {
    const { tenantId, clientId } = caller;
    const { idempotencyKey: key, ...asked } = order;
    const approvalId =
      key === null ? randomUUID() : uuidOf(['approval', tenantId, clientId, order.deviceId, key].join('\n'));
    const lifetimeMs = this.settings.get(ApprovalLifetimeMinutes, tenantId) * 60_000;
    const expiresAt = toInstant(Date.now() + lifetimeMs);
    await this.approvals.insert({ ...asked, approvalId, tenantId, requestedBy: clientId, expiresAt });
    const approval = await this.get(caller, approvalId);
    await this.news.tell(approval);
    return approval;
  }

  /** Those of devices that the caller may touch. */
  async list(
    caller: Caller,
    filter: Omit<ApprovalFilter, 'deviceIds'>,
    page: PageQuery,
    context: RequestContext,
  ): Promise<Page<Approval>> {
    const deviceIds =
      caller.within === null
        ? null
        : await this.reach.within(caller, await this.approvals.deviceIds(caller.tenantId), context);
    return this.approvals.list(caller.tenantId, { ...filter, deviceIds }, page);
  }

  /** Throws APPROVAL_NOT_FOUND: also where the device is not the caller's to touch. */
  async find(caller: Caller, approvalId: string, context: RequestContext): Promise<Approval> {
    const approval = await this.get(caller, approvalId);
    await this.reach.refuseBeyond(caller, approval.deviceId, () => new ApprovalNotFound({ approvalId }), context);
    return approval;
  }

  /** Throws APPROVAL_NOT_FOUND, APPROVAL_NEEDS_ANOTHER, APPROVAL_NOT_PENDING. Agreeing again gives no second order. */
  async approve(
    caller: Caller,
    approvalId: string,
    comment: string | null,
    context: RequestContext,
  ): Promise<Approval> {
    const approval = await this.decide(caller, approvalId, 'approved', comment, context);
    await this.give(approval, context);
    return this.get(caller, approvalId);
  }

  /** Throws as `approve`. */
  reject(caller: Caller, approvalId: string, comment: string | null, context: RequestContext): Promise<Approval> {
    return this.decide(caller, approvalId, 'rejected', comment, context);
  }

  private async decide(
    caller: Caller,
    approvalId: string,
    status: 'approved' | 'rejected',
    comment: string | null,
    context: RequestContext,
  ): Promise<Approval> {
    const before = await this.find(caller, approvalId, context);
    if (before.requestedBy === caller.clientId || before.requestedByHand === caller.hand)
      throw new ApprovalNeedsAnother();
    await this.approvals.decide(caller.tenantId, approvalId, { status, decidedBy: caller.clientId, comment });
    const after = await this.get(caller, approvalId);
    if (after.status !== status || after.decidedBy !== caller.clientId)
      throw new ApprovalNotPending({ approvalId, status: after.status });
    await this.news.tell(after);
    return after;
  }

  private async give(approval: Approval, context: RequestContext): Promise<void> {
    const { tenantId, approvalId, deviceId, command, requestedBy } = approval;
    if (approval.commandId !== null) return;
    const commandId = commandIdOf(approval);
    const decidedAtMs = Date.parse(approval.decidedAt ?? approval.requestedAt);
    await this.bus.ask(
      SubmitCommand,
      {
        commandId,
        tenantId,
        deviceId,
        clientId: requestedBy,
        sessionId: null,
        command,
        expiresAt: toInstant(decidedAtMs + approval.expiresInS * 1000),
        wait: null,
      },
      { context },
    );
    await this.approvals.setCommand(tenantId, approvalId, commandId);
  }

  private async sweep(): Promise<void> {
    await this.news.tellLeftBehind();
    for (const approval of await this.approvals.findStranded(STRANDED_AFTER_S))
      await this.give(approval, { requestId: null });
  }

  private async get({ tenantId }: Caller, approvalId: string): Promise<Approval> {
    const approval = await this.approvals.find(tenantId, approvalId);
    if (approval === null) throw new ApprovalNotFound({ approvalId });
    return approval;
  }
}
