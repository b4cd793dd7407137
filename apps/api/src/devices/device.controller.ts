import {
  createDevice,
  deleteDevice,
  deviceFilterOf,
  getDevice,
  getPorts,
  getRealtime,
  listDevices,
  updateDevice,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import {
  DeleteDevice,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  RegisterDevice,
  UpdateDevice,
} from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { changeOf, deviceView, portView, realtimePortView } from './device.view';
import { SharedAnswers } from './shared-answers';

/** What is known of devices: asked of `session` (G01–G04). */
@Controller()
export class DeviceController {
  constructor(
    private readonly bus: Bus,
    private readonly shared: SharedAnswers,
  ) {}

  @Endpoint(listDevices)
  async list(@Call() call: CallOf<typeof listDevices>): Promise<ResultOf<typeof listDevices>> {
    const question = { ...audienceOf(call.caller), filter: deviceFilterOf(call.query), page: call.page };
    return mapPage(await this.shared.ask(ListDevices, question, call.context), deviceView);
  }

  @Endpoint(getDevice)
  async get(@Call() call: CallOf<typeof getDevice>): Promise<ResultOf<typeof getDevice>> {
    const device = await this.find(call);
    return {
      ...deviceView(device),
      ports: device.ports.map(portView),
      groups: device.groups,
      health: device.health,
      capabilities: device.capabilities,
    };
  }

  @Endpoint(createDevice)
  async create(@Call() call: CallOf<typeof createDevice>): Promise<ResultOf<typeof createDevice>> {
    const { phy_id: phyId, protocol = null, ...fields } = call.body;
    const { name = null, type = 'AC', region = null, portCount = 0, ...rest } = changeOf(fields);
    const { heartbeatIntervalS = null, offlineTimeoutS = null, ...optional } = rest;
    const request = {
      ...audienceOf(call.caller),
      ...optional,
      deviceId: DeviceId.parse(phyId),
      name,
      protocol,
      type,
      region,
      portCount,
      heartbeatIntervalS,
      offlineTimeoutS,
    };
    return deviceView(await this.bus.ask(RegisterDevice, request, { context: call.context }));
  }

  @Endpoint(updateDevice)
  async update(@Call() call: CallOf<typeof updateDevice>): Promise<ResultOf<typeof updateDevice>> {
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId, change: changeOf(call.body) };
    return deviceView(await this.bus.ask(UpdateDevice, request, { context: call.context }));
  }

  @Endpoint(deleteDevice)
  async remove(@Call() call: CallOf<typeof deleteDevice>): Promise<ResultOf<typeof deleteDevice>> {
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId };
    const { deviceId } = await this.bus.ask(DeleteDevice, request, { context: call.context });
    return { phy_id: deviceId };
  }

  @Endpoint(getPorts)
  async ports(@Call() call: CallOf<typeof getPorts>): Promise<ResultOf<typeof getPorts>> {
    const device = await this.bus.ask(
      GetDeviceRealtime,
      { ...audienceOf(call.caller), deviceId: call.params.phyId },
      { context: call.context },
    );
    return { phy_id: device.deviceId, online: device.online, ports: device.ports.map(portView) };
  }

  @Endpoint(getRealtime)
  async realtime(@Call() call: CallOf<typeof getRealtime>): Promise<ResultOf<typeof getRealtime>> {
    const device = await this.bus.ask(
      GetDeviceRealtime,
      { ...audienceOf(call.caller), deviceId: call.params.phyId },
      { context: call.context },
    );
    return {
      phy_id: device.deviceId,
      online: device.online,
      last_seen: device.lastSeenAt,
      voltage: device.voltageV,
      temperature: device.temperatureC,
      signal: device.signal,
      ports: device.ports.map(realtimePortView),
    };
  }

  private find(call: Pick<CallOf<typeof getDevice>, 'params' | 'caller' | 'context'>) {
    return this.bus.ask(
      GetDevice,
      { ...audienceOf(call.caller), deviceId: call.params.phyId },
      { context: call.context },
    );
  }
}
