import type { Bus } from '@chargebus/messaging';
import { CancelJob, GetJob, ListJobItems, ListJobs, RetryJob } from '@chargebus/requests';
import type { JobService } from './job.service';

/** Questions about jobs, asked by `api`. */
export class JobAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly jobs: JobService,
  ) {}

  start(): void {
    this.bus.answer(ListJobs, (request) => this.jobs.list(request));
    this.bus.answer(GetJob, (request) => this.jobs.get(request));
    this.bus.answer(ListJobItems, (request) => this.jobs.listItems(request));
    this.bus.answer(CancelJob, (request) => this.jobs.cancel(request));
    this.bus.answer(RetryJob, (request) => this.jobs.retry(request));
  }
}
