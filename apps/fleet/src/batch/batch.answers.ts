import type { Bus } from '@chargebus/messaging';
import { RunBatchControl } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { JobService } from '../jobs/job.service';
import type { BatchControlJob } from './batch-control.job';

/** Makes jobs of batches and waits for the small ones. */
export class BatchAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly jobs: JobService,
    private readonly control: BatchControlJob,
  ) {}

  start(): void {
    this.bus.answer(RunBatchControl, (request) => this.runControl(request));
  }

  private async runControl(request: RequestOf<typeof RunBatchControl>): Promise<ReplyOf<typeof RunBatchControl>> {
    const { tenantId, clientId, within = null, idempotencyKey, options, orders, waitMs } = request;
    const { job, replayed } = await this.jobs.create(this.control, {
      tenantId,
      clientId,
      within,
      idempotencyKey,
      parameters: {},
      items: orders.map(({ deviceId, order }) => ({ deviceId, input: order })),
      options,
    });
    return this.jobs.report(tenantId, job.jobId, waitMs, replayed);
  }
}
