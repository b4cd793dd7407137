import { ValidationFailed } from '@chargebus/errors';
import type {
  DeviceGroupRecord,
  DeviceGroupRepository,
  RegionRecord,
  RegionRepository,
  StationRecord,
  StationRepository,
} from '@chargebus/persistence/session';
import type {
  ChangeGroupMembers,
  DeleteRegion,
  DeviceGroupView,
  GetRegion,
  ListDeviceGroups,
  ListRegions,
  ListStations,
  RegionView,
  ReplyOf,
  RequestOf,
  SaveDeviceGroup,
  SaveRegion,
  SaveStation,
  StationView,
} from '@chargebus/requests';

type OfCode = RequestOf<typeof GetRegion>;

/** Regions, stations and groups: what owners say about where devices are and which belong together. */
export class OrganizationService {
  constructor(
    private readonly regions: RegionRepository,
    private readonly stations: StationRepository,
    private readonly groups: DeviceGroupRepository,
  ) {}

  async saveRegion({ create, code, change, ...viewer }: RequestOf<typeof SaveRegion>): Promise<RegionView> {
    return regionView(await this.regions[create ? 'create' : 'update'](viewer, code, change));
  }
  async getRegion({ code, ...viewer }: OfCode): Promise<RegionView> {
    return regionView(await this.regions.get(viewer, code));
  }
  async deleteRegion({ code, ...viewer }: OfCode): Promise<ReplyOf<typeof DeleteRegion>> {
    await this.regions.remove(viewer, code);
    return { code };
  }
  async listRegions(request: RequestOf<typeof ListRegions>): Promise<ReplyOf<typeof ListRegions>> {
    const page = await this.regions.list(request, request, request.page);
    return { ...page, items: page.items.map(regionView) };
  }

  async saveStation({ create, code, change, ...viewer }: RequestOf<typeof SaveStation>): Promise<StationView> {
    return stationView(await this.stations[create ? 'create' : 'update'](viewer, code, change));
  }
  async getStation({ code, ...viewer }: OfCode): Promise<StationView> {
    return stationView(await this.stations.get(viewer, code));
  }
  async deleteStation({ code, ...viewer }: OfCode): Promise<ReplyOf<typeof DeleteRegion>> {
    await this.stations.remove(viewer, code);
    return { code };
  }
  async listStations(request: RequestOf<typeof ListStations>): Promise<ReplyOf<typeof ListStations>> {
    const page = await this.stations.list(request, request, request.page);
    return { ...page, items: page.items.map(stationView) };
  }

  async saveGroup({ create, code, change, ...viewer }: RequestOf<typeof SaveDeviceGroup>): Promise<DeviceGroupView> {
    if (change.filter?.groups != null) refuseField('filter.group', 'a group is found by no other group');
    return groupView(await this.groups[create ? 'create' : 'update'](viewer, code, change));
  }
  async getGroup({ code, ...viewer }: OfCode): Promise<DeviceGroupView> {
    return groupView(await this.groups.get(viewer, code));
  }
  async deleteGroup({ code, ...viewer }: OfCode): Promise<ReplyOf<typeof DeleteRegion>> {
    await this.groups.remove(viewer, code);
    return { code };
  }
  async listGroups(request: RequestOf<typeof ListDeviceGroups>): Promise<ReplyOf<typeof ListDeviceGroups>> {
    const page = await this.groups.list(request, request.text, request.page);
    return { ...page, items: page.items.map(groupView) };
  }
  async changeMembers(request: RequestOf<typeof ChangeGroupMembers>): Promise<ReplyOf<typeof ChangeGroupMembers>> {
    const { group, unknown, ...counts } = await this.groups.members(request, request.code, request.add, request.remove);
    return { ...counts, unknown: [...unknown], group: groupView(group) };
  }
}

interface Written {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
const times = ({ createdAt, updatedAt }: Written) => ({
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
const regionView = ({ code, name, parent, path, ...written }: RegionRecord): RegionView => ({
  code,
  name,
  parent,
  path: [...path],
  ...times(written),
});
const stationView = ({ createdAt, updatedAt, ...station }: StationRecord): StationView => ({
  code: station.code,
  name: station.name,
  region: station.region,
  state: station.state,
  address: station.address,
  longitude: station.longitude,
  latitude: station.latitude,
  contact: station.contact,
  openingHours: station.openingHours,
  attributes: station.attributes,
  deviceCount: station.deviceCount,
  ...times({ createdAt, updatedAt }),
});
const groupView = ({
  code,
  name,
  description,
  filter,
  namedMembers,
  ...written
}: DeviceGroupRecord): DeviceGroupView => ({
  code,
  name,
  description,
  filter,
  namedMembers,
  ...times(written),
});

function refuseField(field: string, message: string): never {
  throw new ValidationFailed({ summary: `${field}: ${message}` }, { details: [{ field, message }] });
}
