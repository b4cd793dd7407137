import { cancelJob, getJob, listJobItems, listJobs, retryJob } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { CancelJob, GetJob, ListJobItems, ListJobs, RetryJob } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { jobItemView, jobView } from './job.view';
import { viewerOf } from './viewer';

/** What is done to many devices, as resources: asked of `fleet` (H01, H13). */
@Controller()
export class JobController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(listJobs)
  async list(@Call() call: CallOf<typeof listJobs>): Promise<ResultOf<typeof listJobs>> {
    const { kind, status, created_from, created_to } = call.query;
    const page = await this.bus.ask(
      ListJobs,
      {
        ...viewerOf(call.caller),
        kind: kind ?? null,
        status: status ?? null,
        createdFrom: created_from ?? null,
        createdTo: created_to ?? null,
        page: call.page,
      },
      { context: call.context },
    );
    return mapPage(page, jobView);
  }

  @Endpoint(getJob)
  async get(@Call() call: CallOf<typeof getJob>): Promise<ResultOf<typeof getJob>> {
    const waitMs = call.query.wait_seconds * 1000;
    const request = { ...viewerOf(call.caller), jobId: call.params.jobId, waitMs };
    return jobView(await this.bus.ask(GetJob, request, { extraTimeoutMs: waitMs, context: call.context }));
  }

  @Endpoint(listJobItems)
  async items(@Call() call: CallOf<typeof listJobItems>): Promise<ResultOf<typeof listJobItems>> {
    const status = call.query.status ?? null;
    const request = { ...viewerOf(call.caller), jobId: call.params.jobId, status, page: call.page };
    return mapPage(await this.bus.ask(ListJobItems, request, { context: call.context }), jobItemView);
  }

  @Endpoint(cancelJob)
  async cancel(@Call() call: CallOf<typeof cancelJob>): Promise<ResultOf<typeof cancelJob>> {
    const request = { ...viewerOf(call.caller), jobId: call.params.jobId };
    return jobView(await this.bus.ask(CancelJob, request, { context: call.context }));
  }

  @Endpoint(retryJob)
  async retry(@Call() call: CallOf<typeof retryJob>): Promise<ResultOf<typeof retryJob>> {
    const { job } = await this.bus.ask(
      RetryJob,
      {
        ...viewerOf(call.caller),
        ...audienceOf(call.caller),
        clientId: call.caller.clientId,
        jobId: call.params.jobId,
        idempotencyKey: call.headers['idempotency-key'] ?? null,
      },
      { context: call.context },
    );
    return jobView(job);
  }
}
