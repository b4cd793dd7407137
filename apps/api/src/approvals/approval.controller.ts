import { approve, getApproval, listApprovals, reject } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { ApprovalService } from './approval.service';
import { approvalView } from './approval.view';

/** The second person's desk: what dangerous orders wait for. */
@Controller()
export class ApprovalController {
  constructor(private readonly approvals: ApprovalService) {}

  @Endpoint(listApprovals)
  async list(@Call() call: CallOf<typeof listApprovals>): Promise<ResultOf<typeof listApprovals>> {
    const { caller, context, page, query } = call;
    const filter = { status: query.status ?? null, deviceId: query.phy_id ?? null };
    return mapPage(await this.approvals.list(caller, filter, page, context), approvalView);
  }

  @Endpoint(getApproval)
  async get(@Call() call: CallOf<typeof getApproval>): Promise<ResultOf<typeof getApproval>> {
    return approvalView(await this.approvals.find(call.caller, call.params.approvalId, call.context));
  }

  @Endpoint(approve)
  async approve(@Call() call: CallOf<typeof approve>): Promise<ResultOf<typeof approve>> {
    const { body, caller, context, params } = call;
    const approval = await this.approvals.approve(caller, params.approvalId, body.comment ?? null, context);
    call.note({ before: { status: 'pending' }, after: approvalView(approval), reason: approval.reason });
    return approvalView(approval);
  }

  @Endpoint(reject)
  async reject(@Call() call: CallOf<typeof reject>): Promise<ResultOf<typeof reject>> {
    const { body, caller, context, params } = call;
    const approval = await this.approvals.reject(caller, params.approvalId, body.comment ?? null, context);
    call.note({ before: { status: 'pending' }, after: approvalView(approval), reason: approval.reason });
    return approvalView(approval);
  }
}
