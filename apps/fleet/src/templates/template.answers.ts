import type { Bus } from '@chargebus/messaging';
import {
  AssignTemplate,
  CreateTemplate,
  DeleteTemplate,
  FindDrift,
  GetDeviceDrift,
  GetTemplate,
  ListTemplates,
  ListTemplateVersions,
  PushTemplate,
  ReviseTemplate,
} from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { JobService } from '../jobs/job.service';
import type { DriftService } from './drift.service';
import type { TemplatePushJob } from './template-push.job';
import type { TemplateService } from './template.service';

/** Each device may take a day: it may be away, or charge. */
const OPTIONS = { concurrency: 50, timeoutMs: 24 * 3_600_000, continueOnError: true };

/** What is asked about templates. */
export class TemplateAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly templates: TemplateService,
    private readonly jobs: JobService,
    private readonly push: TemplatePushJob,
    private readonly drift: DriftService,
  ) {}

  start(): void {
    const { bus, templates, drift } = this;
    bus.answer(CreateTemplate, (request) => templates.create(request));
    bus.answer(ReviseTemplate, (request) => templates.revise(request));
    bus.answer(AssignTemplate, (request) => templates.assign(request));
    bus.answer(DeleteTemplate, (request) => templates.remove(request));
    bus.answer(GetTemplate, (request) => templates.get(request));
    bus.answer(ListTemplates, (request) => templates.list(request));
    bus.answer(ListTemplateVersions, (request) => templates.versions(request));
    bus.answer(FindDrift, (request) => drift.ofTemplate(request));
    bus.answer(GetDeviceDrift, (request) => drift.ofDevice(request));
    bus.answer(PushTemplate, (request) => this.pushTemplate(request));
  }

  private async pushTemplate(request: RequestOf<typeof PushTemplate>): Promise<ReplyOf<typeof PushTemplate>> {
    const { tenantId, within = null, templateId, mode, hold, actor } = request;
    const { version } = await this.templates.seen(request, templateId);
    const clientId = actor.clientId as Parameters<JobService['create']>[1]['clientId'];
    const parameters = { templateId, version, mode, hold, actor };
    const { job, replayed } = await this.jobs.create(this.push, {
      tenantId,
      clientId,
      within,
      parameters,
      options: OPTIONS,
    });
    return this.jobs.report(tenantId, job.jobId, 0, replayed);
  }
}
