import {
  changeGroupMembers,
  createDeviceGroup,
  deleteDeviceGroup,
  deviceFilterOf,
  getDeviceGroup,
  listDeviceGroups,
  listGroupDevices,
  updateDeviceGroup,
} from '@chargebus/api-contract';
import type { DeviceGroup, ResultOf } from '@chargebus/api-contract';
import { ANY_DEVICE, DeviceId } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import {
  ChangeGroupMembers,
  DeleteDeviceGroup,
  GetDeviceGroup,
  ListDeviceGroups,
  ListDevices,
  SaveDeviceGroup,
} from '@chargebus/requests';
import type { DeviceGroupChange, DeviceGroupView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { deviceView } from '../devices/device.view';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

/** Devices that belong together, wherever they are: kept by `session`. */
@Controller()
export class DeviceGroupController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(createDeviceGroup)
  async create(@Call() call: CallOf<typeof createDeviceGroup>): Promise<ResultOf<typeof createDeviceGroup>> {
    const { code, ...fields } = call.body;
    const request = { ...audienceOf(call.caller), code, create: true, change: changeOf(fields) };
    return groupView(await this.bus.ask(SaveDeviceGroup, request, { context: call.context }));
  }

  @Endpoint(listDeviceGroups)
  async list(@Call() call: CallOf<typeof listDeviceGroups>): Promise<ResultOf<typeof listDeviceGroups>> {
    const request = { ...audienceOf(call.caller), text: call.query.q ?? null, page: call.page };
    return mapPage(await this.bus.ask(ListDeviceGroups, request, { context: call.context }), groupView);
  }

  @Endpoint(getDeviceGroup)
  async get(@Call() call: CallOf<typeof getDeviceGroup>): Promise<ResultOf<typeof getDeviceGroup>> {
    return groupView(await this.bus.ask(GetDeviceGroup, groupOf(call), { context: call.context }));
  }

  @Endpoint(updateDeviceGroup)
  async update(@Call() call: CallOf<typeof updateDeviceGroup>): Promise<ResultOf<typeof updateDeviceGroup>> {
    const request = { ...groupOf(call), create: false, change: changeOf(call.body) };
    return groupView(await this.bus.ask(SaveDeviceGroup, request, { context: call.context }));
  }

  @Endpoint(deleteDeviceGroup)
  async remove(@Call() call: CallOf<typeof deleteDeviceGroup>): Promise<ResultOf<typeof deleteDeviceGroup>> {
    return this.bus.ask(DeleteDeviceGroup, groupOf(call), { context: call.context });
  }

  /** Asks for the group first: a code that means nothing is not found, rather than a group without members. */
  @Endpoint(listGroupDevices)
  async devices(@Call() call: CallOf<typeof listGroupDevices>): Promise<ResultOf<typeof listGroupDevices>> {
    const { code } = await this.bus.ask(GetDeviceGroup, groupOf(call), { context: call.context });
    const request = { ...audienceOf(call.caller), filter: { ...ANY_DEVICE, groups: [code] }, page: call.page };
    return mapPage(await this.bus.ask(ListDevices, request, { context: call.context }), deviceView);
  }

  @Endpoint(changeGroupMembers)
  async members(@Call() call: CallOf<typeof changeGroupMembers>): Promise<ResultOf<typeof changeGroupMembers>> {
    const idsOf = (phyIds: readonly string[]): DeviceId[] => phyIds.map((phyId) => DeviceId.parse(phyId));
    const request = { ...groupOf(call), add: idsOf(call.body.add), remove: idsOf(call.body.remove) };
    const { group, ...changed } = await this.bus.ask(ChangeGroupMembers, request, { context: call.context });
    return { ...groupView(group), ...changed };
  }
}

const groupOf = ({ caller, params }: Pick<CallOf<typeof getDeviceGroup>, 'caller' | 'params'>) => ({
  ...audienceOf(caller),
  code: params.code,
});

/** Absent stays absent: as it is. */
const changeOf = ({ filter, ...same }: CallOf<typeof updateDeviceGroup>['body']): DeviceGroupChange => ({
  ...same,
  filter: filter == null ? filter : deviceFilterOf(filter),
});

function groupView({ filter, namedMembers, createdAt, updatedAt, ...same }: DeviceGroupView): DeviceGroup {
  return {
    ...same,
    filter:
      filter === null
        ? null
        : {
            online: filter.online,
            type: filter.types,
            region: filter.regions,
            station: filter.stations,
            tag: filter.tags,
            model: filter.models,
            protocol: filter.protocols,
            maintenance: filter.maintenance,
            q: filter.text,
          },
    named_members: namedMembers,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
