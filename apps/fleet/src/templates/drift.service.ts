import { ANY_DEVICE } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { KnownValues, TemplateRepository } from '@chargebus/persistence/fleet';
import { ListDevices, SelectDevices } from '@chargebus/requests';
import type {
  Audience,
  DeviceParameter,
  FindDrift,
  GetDeviceDrift,
  ReplyOf,
  RequestOf,
  SelectedDevice,
} from '@chargebus/requests';
import type { DeviceDesk } from '../devices/device-desk';
import type { ParameterService } from '../params/parameter.service';
import { driftOf } from './drift';
import type { TemplateService } from './template.service';

/** Who differs from templates, and in what: by what is known, as old as it may be, unless the device is asked first. */
export class DriftService {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateRepository,
    private readonly service: Pick<TemplateService, 'seen'>,
    private readonly parameters: Pick<ParameterService, 'get'>,
    private readonly desk: Pick<DeviceDesk, 'inFull'>,
    private readonly bus: Pick<Bus, 'ask'>,
  ) {}

  /** A page of the devices of a template's groups. */
  async ofTemplate(request: RequestOf<typeof FindDrift>): Promise<ReplyOf<typeof FindDrift>> {
    const { tenantId, within, templateId, deviceId, page } = request;
    const template = await this.service.seen(request, templateId);
    const deviceIds = deviceId === null ? null : [deviceId as SelectedDevice['deviceId']];
    const filter = { ...ANY_DEVICE, groups: [...template.groups], deviceIds };
    const devices = await this.bus.ask(ListDevices, { tenantId, within, filter, page });
    const known = await this.read(request, (tx) =>
      this.templates.knownOf(
        tx,
        devices.items.map((device) => device.deviceId),
      ),
    );
    const now = new Date();
    const items = devices.items.map((device) =>
      driftOf(template, device, known.get(device.deviceId) ?? new Map<string, never>(), now),
    );
    return { ...devices, items };
  }

  /** One device against every template of its groups. Throws DEVICE_NOT_FOUND. */
  async ofDevice(request: RequestOf<typeof GetDeviceDrift>): Promise<ReplyOf<typeof GetDeviceDrift>> {
    const { deviceId, groups } = await this.desk.inFull(request, request.deviceId);
    const { refreshed, parameters } = await this.parameters.get({ ...request, deviceId });
    const device = await this.selected(request, deviceId);
    const templates = await this.read(request, (tx) => this.templates.ofGroups(tx, groups));
    const now = new Date();
    return {
      deviceId,
      refreshed,
      templates: templates.map((template) => {
        const { templateId, name, version } = template;
        const { status, differences, unknown, problems } = driftOf(template, device, knownOf(parameters), now);
        return { templateId, name, version, status, differences, unknown, problems };
      }),
    };
  }

  private async selected(
    { tenantId, within }: Audience,
    deviceId: SelectedDevice['deviceId'],
  ): Promise<SelectedDevice> {
    const filter = { ...ANY_DEVICE, deviceIds: [deviceId] };
    const { items } = await this.bus.ask(SelectDevices, { tenantId, within, filter, cursor: null, limit: 1 });
    if (items[0] === undefined) throw new DeviceNotFound({ deviceId });
    return items[0];
  }

  private read<T>({ tenantId }: Audience, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const knownOf = (parameters: readonly DeviceParameter[]): KnownValues =>
  new Map(
    parameters.flatMap(({ name, value, source, knownAt }) =>
      source === null || knownAt === null ? [] : [[name, { value, source, knownAt: new Date(knownAt) }]],
    ),
  );
