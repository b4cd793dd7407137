import { randomUUID } from 'node:crypto';
import { ANY_DEVICE, isSameValue, resolveTemplate, templateProblems, toInstant } from '@chargebus/domain';
import type { DeviceNames, Resolved, TemplateValues } from '@chargebus/domain';
import { TemplateExists, TemplateNotFound, ValidationFailed } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { KnownValue, TemplateRecord, TemplateRepository } from '@chargebus/persistence/fleet';
import { SelectDevices } from '@chargebus/requests';
import type {
  AssignTemplate,
  CreateTemplate,
  DeleteTemplate,
  FindDrift,
  GetTemplate,
  ListTemplates,
  ListTemplateVersions,
  ReplyOf,
  RequestOf,
  ReviseTemplate,
  SelectedDevice,
  TemplateDrift,
  TemplateView,
} from '@chargebus/requests';
import { toWireValue } from '../params/parameter-view';

type TenantId = RequestOf<typeof GetTemplate>['tenantId'];

/** Templates of parameters, what they come to for each device, and who differs from them. */
export class TemplateService {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateRepository,
    private readonly bus: Pick<Bus, 'ask'>,
  ) {}

  async create(request: RequestOf<typeof CreateTemplate>): Promise<TemplateView> {
    const { tenantId, name, groups } = request;
    refuseProblems(request);
    const templateId = `tpl_${randomUUID()}`;
    const added = await this.within(tenantId, (tx) =>
      this.templates.add(tx, { ...contentOf(request), templateId, tenantId, name }, groups),
    );
    if (!added) throw new TemplateExists({ name });
    return this.get({ tenantId, templateId });
  }

  async revise(request: RequestOf<typeof ReviseTemplate>): Promise<TemplateView> {
    const { tenantId, templateId } = request;
    refuseProblems(request);
    await this.within(tenantId, (tx) => this.templates.revise(tx, templateId, tenantId, contentOf(request)));
    return this.get(request);
  }

  async assign(request: RequestOf<typeof AssignTemplate>): Promise<TemplateView> {
    await this.within(request.tenantId, (tx) => this.templates.assign(tx, request.templateId, request.groups));
    return this.get(request);
  }

  async remove(request: RequestOf<typeof DeleteTemplate>): Promise<TemplateView> {
    const template = await this.get(request);
    await this.within(request.tenantId, (tx) => this.templates.remove(tx, request.templateId));
    return template;
  }

  async get({ tenantId, templateId }: RequestOf<typeof GetTemplate>): Promise<TemplateView> {
    return toTemplateView(await this.find(tenantId, templateId, null));
  }

  /** Throws TEMPLATE_NOT_FOUND. `version` null: the latest. */
  async find(tenantId: TenantId, templateId: string, version: number | null): Promise<TemplateRecord> {
    const found = await this.within(tenantId, (tx) => this.templates.find(tx, templateId, version));
    if (found === null) throw new TemplateNotFound({ templateId });
    return found;
  }

  async list({ tenantId, page }: RequestOf<typeof ListTemplates>): Promise<ReplyOf<typeof ListTemplates>> {
    const found = await this.within(tenantId, (tx) => this.templates.list(tx, page));
    return { ...found, items: found.items.map(toTemplateView) };
  }

  async versions(request: RequestOf<typeof ListTemplateVersions>): Promise<ReplyOf<typeof ListTemplateVersions>> {
    const { tenantId, templateId, page } = request;
    await this.find(tenantId, templateId, null);
    const found = await this.within(tenantId, (tx) => this.templates.versions(tx, templateId, page));
    return { ...found, items: found.items.map(toTemplateView) };
  }

  async drift(request: RequestOf<typeof FindDrift>): Promise<ReplyOf<typeof FindDrift>> {
    const { tenantId, within, templateId, deviceId, cursor, limit } = request;
    const template = await this.find(tenantId, templateId, null);
    const deviceIds = deviceId === null ? null : [deviceId as SelectedDevice['deviceId']];
    const filter = { ...ANY_DEVICE, groups: [...template.groups], deviceIds };
    const devices = await this.bus.ask(SelectDevices, { tenantId, within, filter, cursor, limit });
    const known = await this.within(tenantId, (tx) =>
      this.templates.knownOf(
        tx,
        devices.items.map((device) => device.deviceId),
      ),
    );
    const items = devices.items.map((device) => driftOf(template, device, known.get(device.deviceId) ?? new Map()));
    return { items, cursor: devices.cursor, total: devices.total };
  }

  private within<T>(tenantId: TenantId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

/** What a device gets by the template. */
export function resolvedFor(
  { values, variables }: Pick<TemplateRecord, 'values' | 'variables'>,
  device: SelectedDevice,
): Resolved {
  const { deviceId, station, region, model, type, protocol } = device;
  const names: DeviceNames = { device: deviceId, station, region, model, type, protocol };
  return resolveTemplate(values, variables, names);
}

/** unknown: of a parameter nothing was ever told; it counts only where nothing differs. */
export function driftOf(
  template: TemplateRecord,
  device: SelectedDevice,
  known: ReadonlyMap<string, KnownValue['value']>,
): TemplateDrift {
  const { values, problems } = resolvedFor(template, device);
  const entries = Object.entries(values);
  const differing = entries.filter(([name, value]) => known.has(name) && !isSameValue(value, known.get(name) ?? null));
  const untold = entries.some(([name]) => !known.has(name));
  const status = problems.length > 0 ? 'unresolved' : differing.length > 0 ? 'drifted' : untold ? 'unknown' : 'in_sync';
  return {
    deviceId: device.deviceId,
    status,
    differences: differing.map(([name, value]) => ({
      name,
      expected: toWireValue(value),
      actual: toWireValue(known.get(name) ?? null),
    })),
    problems: problems.map(({ field, message }) => `${field}: ${message}`),
  };
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
