import { ANY_DEVICE, DeviceId } from '@chargebus/domain';
import { ValidationFailed } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { Actor, SelectDevices, SelectedDevice } from '@chargebus/requests';
import type { ParameterChangeView } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { z } from 'zod';
import type { FoundPage, Job, JobItem, JobKind, Step } from '../jobs/job-kind';
import type { ParameterService } from '../params/parameter.service';
import { resolvedFor } from './drift';
import type { TemplateService } from './template.service';

const PAGE = 1_000;
const PATIENCE_MS = 20_000;

const TemplatePush = z.object({
  templateId: z.string(),
  version: z.number().int(), // a later revision is another push
  mode: z.enum(['strict', 'loose']),
  hold: z.boolean(),
  actor: Actor,
});
type TemplatePush = z.infer<typeof TemplatePush>;
type Item = JobItem<TemplatePush, SelectedDevice>;

/** Gives every device of a template's groups what the template comes to for it, each as a change of its own. */
export class TemplatePushJob implements JobKind<TemplatePush, SelectedDevice> {
  readonly kind = 'template.push';
  readonly parameters = TemplatePush;
  readonly input = SelectedDevice;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly templates: TemplateService,
    private readonly parameterService: ParameterService,
  ) {}

  async find(
    { tenantId, within, parameters }: Job<TemplatePush>,
    after: string | null,
  ): Promise<FoundPage<SelectedDevice>> {
    const { groups } = await this.templates.find(tenantId, parameters.templateId, parameters.version);
    const filter = { ...ANY_DEVICE, groups: [...groups] };
    const cursor = after === null ? null : DeviceId.parse(after);
    const page = await this.bus.ask(SelectDevices, { tenantId, within, filter, cursor, limit: PAGE });
    return { items: page.items.map((device) => ({ deviceId: device.deviceId, input: device })), next: page.cursor };
  }

  async run(item: Item): Promise<Step> {
    const { tenantId, within, jobId, parameters } = item.job;
    const template = await this.templates.find(tenantId, parameters.templateId, parameters.version);
    const { values, problems } = resolvedFor(template, item.input);
    if (problems.length > 0)
      throw new ValidationFailed({ summary: problems.map(({ field, message }) => `${field}: ${message}`).join('; ') });
    const change = await this.parameterService.change({
      changeId: changeIdOf(item),
      audience: { tenantId, within },
      deviceId: item.input.deviceId,
      values,
      mode: parameters.mode,
      backup: false,
      hold: parameters.hold,
      source: 'template',
      actor: parameters.actor,
      note: `${template.name} ${template.version.toString()}`,
      jobId,
      expiresInMs: Math.max(1, item.deadlineMs - Date.now()),
    });
    const view = await this.parameterService.ended(change, Math.min(PATIENCE_MS, item.deadlineMs - Date.now()));
    return (
      stepOf(view) ?? { status: 'running', awaits: { key: change.changeId }, result: { change_id: change.changeId } }
    );
  }

  /** The change of a device that was away, or charged, is done some time later. */
  async look(item: Item): Promise<Step | null> {
    const { tenantId, within } = item.job;
    const changeId = changeIdOf(item);
    return stepOf(await this.parameterService.getChange({ tenantId, within, deviceId: item.input.deviceId, changeId }));
  }
}

const changeIdOf = ({ job, itemNo }: Item): string =>
  `prm_${uuidOf(['template', job.jobId, itemNo.toString()].join('\n'))}`;

/** Null: it is not over. */
function stepOf({ changeId, state, outcome, version, parameters }: ParameterChangeView): Step | null {
  if (state !== 'done' || outcome === null) return null;
  const result = { change_id: changeId, outcome, version };
  if (outcome === 'applied') return { status: 'succeeded', result };
  const reasons = (parameters ?? []).flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`]));
  return {
    status: 'failed',
    code: `PARAMETERS_${outcome.toUpperCase()}`,
    reason: reasons.length === 0 ? outcome : reasons.join('; '),
    result,
  };
}
