import { randomUUID } from 'node:crypto';
import { templateProblems, toInstant } from '@chargebus/domain';
import type { TemplateValues } from '@chargebus/domain';
import { TemplateExists, TemplateNotFound, ValidationFailed } from '@chargebus/errors';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { TemplateRecord, TemplateRepository } from '@chargebus/persistence/fleet';
import type {
  AssignTemplate,
  Audience,
  CreateTemplate,
  DeleteTemplate,
  GetTemplate,
  ListTemplates,
  ListTemplateVersions,
  ReplyOf,
  RequestOf,
  ReviseTemplate,
  TemplateView,
} from '@chargebus/requests';
import type { TemplateReach } from './template-reach';

type TenantId = RequestOf<typeof GetTemplate>['tenantId'];

/** Templates of parameters, as far as a caller's data scope reaches. */
export class TemplateService {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateRepository,
    private readonly reach: TemplateReach,
  ) {}

  async create(request: RequestOf<typeof CreateTemplate>): Promise<TemplateView> {
    const { tenantId, name, groups } = request;
    refuseProblems(request);
    this.reach.refuseChange(request, request);
    await this.reach.refuseUnknown(request, request);
    const templateId = `tpl_${randomUUID()}`;
    const added = await this.within(tenantId, (tx) =>
      this.templates.add(tx, { ...contentOf(request), templateId, tenantId, name }, groups),
    );
    if (!added) throw new TemplateExists({ name });
    return toTemplateView(await this.find(tenantId, templateId, null));
  }

  async revise(request: RequestOf<typeof ReviseTemplate>): Promise<TemplateView> {
    const { tenantId, templateId } = request;
    refuseProblems(request);
    await this.changeable(request);
    await this.within(tenantId, (tx) => this.templates.revise(tx, templateId, tenantId, contentOf(request)));
    return toTemplateView(await this.find(tenantId, templateId, null));
  }

  async assign(request: RequestOf<typeof AssignTemplate>): Promise<TemplateView> {
    const { tenantId, templateId, groups } = request;
    await this.changeable(request);
    this.reach.refuseChange(request, request);
    await this.reach.refuseUnknown(request, request);
    await this.within(tenantId, (tx) => this.templates.assign(tx, templateId, groups));
    return toTemplateView(await this.find(tenantId, templateId, null));
  }

  async remove(request: RequestOf<typeof DeleteTemplate>): Promise<TemplateView> {
    const template = await this.changeable(request);
    await this.within(request.tenantId, (tx) => this.templates.remove(tx, request.templateId));
    return toTemplateView(template);
  }

  async get(request: RequestOf<typeof GetTemplate>): Promise<TemplateView> {
    return toTemplateView(await this.seen(request, request.templateId));
  }

  /** One that the caller sees. Throws TEMPLATE_NOT_FOUND. */
  async seen(audience: Audience, templateId: string): Promise<TemplateRecord> {
    const template = await this.find(audience.tenantId, templateId, null);
    if (!(await this.reach.sees(audience, template))) throw new TemplateNotFound({ templateId });
    return template;
  }

  /** One that the caller may change. Throws TEMPLATE_NOT_FOUND, BEYOND_DATA_SCOPE. */
  private async changeable(request: RequestOf<typeof GetTemplate>): Promise<TemplateRecord> {
    const template = await this.seen(request, request.templateId);
    this.reach.refuseChange(request, template);
    return template;
  }

  /** Whoever asks. Throws TEMPLATE_NOT_FOUND. `version` null: the latest. */
  async find(tenantId: TenantId, templateId: string, version: number | null): Promise<TemplateRecord> {
    const found = await this.within(tenantId, (tx) => this.templates.find(tx, templateId, version));
    if (found === null) throw new TemplateNotFound({ templateId });
    return found;
  }

  async list(request: RequestOf<typeof ListTemplates>): Promise<ReplyOf<typeof ListTemplates>> {
    const { tenantId, within, page } = request;
    const groups = within == null ? [] : await this.within(tenantId, (tx) => this.templates.groups(tx));
    const visibility = await this.reach.visibility(request, groups);
    const found = await this.within(tenantId, (tx) => this.templates.list(tx, visibility, page));
    return { ...found, items: found.items.map(toTemplateView) };
  }

  async versions(request: RequestOf<typeof ListTemplateVersions>): Promise<ReplyOf<typeof ListTemplateVersions>> {
    const { tenantId, templateId, page } = request;
    await this.seen(request, templateId);
    const found = await this.within(tenantId, (tx) => this.templates.versions(tx, templateId, page));
    return { ...found, items: found.items.map(toTemplateView) };
  }

  private within<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

type Content = Pick<RequestOf<typeof CreateTemplate>, 'values' | 'variables' | 'actor' | 'note'>;
const contentOf = ({ values, variables, actor, note }: Content) => ({
  values,
  variables: variables.map(asVariable),
  actor,
  note,
});
const asVariable = ({ name, defaultValue, by }: Content['variables'][number]) => ({
  name,
  defaultValue,
  by: by as TemplateRecord['variables'][number]['by'],
});
function refuseProblems({ values, variables }: Content): void {
  const problems = templateProblems(values, variables.map(asVariable));
  if (problems.length > 0)
    throw new ValidationFailed(
      { summary: problems.map(({ field, message }) => `${field}: ${message}`).join('; ') },
      { details: problems },
    );
}

const copied = (values: TemplateValues): TemplateView['values'] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? [value[0], value[1]] : value]),
  );
const toTemplateView = (template: TemplateRecord): TemplateView => ({
  ...template,
  groups: [...template.groups],
  values: copied(template.values),
  variables: template.variables.map((variable) => ({ ...variable, by: { ...variable.by } })),
  createdAt: toInstant(template.createdAt.getTime()),
});
