import type { Bus } from '@chargebus/messaging';
import { AddBatchOrders, RunBatchControl, RunBatchParams } from '@chargebus/requests';
import type { BatchOrder, ReplyOf, RequestOf } from '@chargebus/requests';
import type { NewItem } from '../jobs/job-kind';
import type { JobService } from '../jobs/job.service';
import type { BatchControlJob } from './batch-control.job';
import type { ParamsPushJob } from './params-push.job';

/** Makes jobs of batches and waits for the small ones. */
export class BatchAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly jobs: JobService,
    private readonly control: BatchControlJob,
    private readonly push: ParamsPushJob,
  ) {}

  start(): void {
    this.bus.answer(RunBatchControl, (request) => this.runControl(request));
    this.bus.answer(RunBatchParams, (request) => this.runParams(request));
    this.bus.answer(AddBatchOrders, (request) => this.addOrders(request));
  }

  private async runControl(request: RequestOf<typeof RunBatchControl>): Promise<ReplyOf<typeof RunBatchControl>> {
    const { tenantId, clientId, within = null, idempotencyKey, options, orders, total, waitMs } = request;
    const { job, replayed } = await this.jobs.create(this.control, {
      tenantId,
      clientId,
      within,
      idempotencyKey,
      parameters: { total },
      items: orders.map(toItem),
      more: total > orders.length,
      options,
    });
    return this.jobs.report(tenantId, job.jobId, waitMs, replayed);
  }

  private async runParams(request: RequestOf<typeof RunBatchParams>): Promise<ReplyOf<typeof RunBatchParams>> {
    const { tenantId, clientId, within = null, idempotencyKey, options, waitMs } = request;
    const { filter, mode, dryRun, actor } = request;
    const values = this.push.check(request.values, mode);
    const { job, replayed } = await this.jobs.create(this.push, {
      tenantId,
      clientId,
      within,
      idempotencyKey,
      parameters: { filter, values, mode, dryRun, actor },
      options,
    });
    return this.jobs.report(tenantId, job.jobId, waitMs, replayed);
  }

  private async addOrders(request: RequestOf<typeof AddBatchOrders>): Promise<ReplyOf<typeof AddBatchOrders>> {
    const { tenantId, jobId, after, orders, last } = request;
    await this.jobs.addItems(tenantId, jobId, { after, items: orders.map(toItem), last });
    return this.jobs.report(tenantId, jobId, 0, false);
  }
}

const toItem = ({ deviceId, order }: RequestOf<typeof AddBatchOrders>['orders'][number]): NewItem<BatchOrder> => ({
  deviceId,
  input: order,
});
