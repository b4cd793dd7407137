import {
  assignTemplate,
  createTemplate,
  deleteTemplate,
  deviceDrift,
  getTemplate,
  listTemplates,
  listTemplateVersions,
  pushTemplate,
  reviseTemplate,
  templateDrift,
} from '@chargebus/api-contract';
import type { InputOf, ResultOf, Template } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
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
import type { ReplyOf, RequestOf, TemplateView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { jobView } from '../jobs/job.view';
import { actorOf, ageS, refreshOf } from '../params/parameter.view';

/** Templates of parameters: asked of `fleet` (P01, P02). */
@Controller()
export class TemplateController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(createTemplate)
  async create(@Call() call: CallOf<typeof createTemplate>): Promise<ResultOf<typeof createTemplate>> {
    const { body, caller, context } = call;
    const request = {
      ...audienceOf(caller),
      name: body.name,
      groups: body.groups,
      ...contentOf(body),
      actor: actorOf(caller),
    };
    return templateView(await this.bus.ask(CreateTemplate, request, { context }));
  }
  @Endpoint(listTemplates)
  async list(@Call() call: CallOf<typeof listTemplates>): Promise<ResultOf<typeof listTemplates>> {
    const request = { ...audienceOf(call.caller), page: call.page };
    return mapPage(await this.bus.ask(ListTemplates, request, { context: call.context }), templateView);
  }
  @Endpoint(getTemplate)
  async get(@Call() call: CallOf<typeof getTemplate>): Promise<ResultOf<typeof getTemplate>> {
    return templateView(await this.bus.ask(GetTemplate, refOf(call), { context: call.context }));
  }
  @Endpoint(reviseTemplate)
  async revise(@Call() call: CallOf<typeof reviseTemplate>): Promise<ResultOf<typeof reviseTemplate>> {
    const request = { ...refOf(call), ...contentOf(call.body), actor: actorOf(call.caller) };
    return templateView(await this.bus.ask(ReviseTemplate, request, { context: call.context }));
  }
  @Endpoint(deleteTemplate)
  async remove(@Call() call: CallOf<typeof deleteTemplate>): Promise<ResultOf<typeof deleteTemplate>> {
    return templateView(await this.bus.ask(DeleteTemplate, refOf(call), { context: call.context }));
  }
  @Endpoint(listTemplateVersions)
  async versions(@Call() call: CallOf<typeof listTemplateVersions>): Promise<ResultOf<typeof listTemplateVersions>> {
    const request = { ...refOf(call), page: call.page };
    return mapPage(await this.bus.ask(ListTemplateVersions, request, { context: call.context }), templateView);
  }
  @Endpoint(assignTemplate)
  async assign(@Call() call: CallOf<typeof assignTemplate>): Promise<ResultOf<typeof assignTemplate>> {
    const request = { ...refOf(call), groups: call.body.groups };
    return templateView(await this.bus.ask(AssignTemplate, request, { context: call.context }));
  }

  @Endpoint(templateDrift)
  async drift(@Call() call: CallOf<typeof templateDrift>): Promise<ResultOf<typeof templateDrift>> {
    const { phy_id, drifted_only } = call.query;
    const request = { ...refOf(call), deviceId: phy_id ?? null, page: call.page };
    const found = await this.bus.ask(FindDrift, request, { context: call.context });
    const items = found.items.filter(({ status }) => drifted_only !== true || status !== 'in_sync');
    return mapPage({ ...found, items }, (drift) => ({ phy_id: drift.deviceId, ...driftView(drift) }));
  }

  @Endpoint(deviceDrift)
  async ofDevice(@Call() call: CallOf<typeof deviceDrift>): Promise<ResultOf<typeof deviceDrift>> {
    const refresh = refreshOf(call.query.refresh);
    const { deviceId, refreshed, templates } = await this.bus.ask(
      GetDeviceDrift,
      { ...audienceOf(call.caller), deviceId: call.params.phyId, ...refresh },
      { extraTimeoutMs: refresh.waitMs, context: call.context },
    );
    return {
      phy_id: deviceId,
      status: WORST_FIRST.find((status) => templates.some((drift) => drift.status === status)) ?? null,
      refreshed,
      templates: templates.map((drift) => ({
        template_id: drift.templateId,
        name: drift.name,
        version: drift.version,
        ...driftView(drift),
      })),
    };
  }

  @Endpoint(pushTemplate)
  async push(@Call() call: CallOf<typeof pushTemplate>): Promise<ResultOf<typeof pushTemplate>> {
    const { validation_mode: mode, apply_immediately } = call.body;
    const request = { ...refOf(call), mode, hold: !apply_immediately, actor: actorOf(call.caller) };
    return jobView((await this.bus.ask(PushTemplate, request, { context: call.context })).job);
  }
}

const refOf = ({ caller, params }: Pick<CallOf<typeof getTemplate>, 'caller' | 'params'>) => ({
  ...audienceOf(caller),
  templateId: params.templateId,
});

type Content = InputOf<typeof reviseTemplate>['body'];
const contentOf = ({
  params,
  variables,
  note,
}: Content): Pick<RequestOf<typeof ReviseTemplate>, 'values' | 'variables' | 'note'> => ({
  values: Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ),
  variables: variables.map(({ name, default: defaultValue, ...by }) => ({
    name,
    defaultValue: defaultValue ?? null,
    by: Object.fromEntries(Object.entries(by).filter(([, values]) => values !== undefined)),
  })),
  note: note ?? null,
});

const WORST_FIRST = ['drifted', 'unresolved', 'unknown', 'in_sync'] as const;
type Drift = Omit<ReplyOf<typeof FindDrift>['items'][number], 'deviceId'>;
const driftView = ({ status, differences, unknown, problems }: Drift) => ({
  status,
  differences: differences.map(({ knownAt, ...same }) => ({ ...same, known_at: knownAt, age_s: ageS(knownAt) })),
  unknown,
  problems,
});

const templateView = (template: TemplateView): Template => ({
  template_id: template.templateId,
  name: template.name,
  groups: template.groups,
  version: template.version,
  params: template.values,
  variables: template.variables.map(({ name, defaultValue, by }) => ({ name, default: defaultValue, ...by })),
  changed_by: { client_id: template.actor.clientId, name: template.actor.name },
  note: template.note,
  created_at: template.createdAt,
});
