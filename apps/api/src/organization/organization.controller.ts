import { deviceFilterOf, getOrganization } from '@chargebus/api-contract';
import type { DeviceNode, RegionNode, ResultOf, StationNode } from '@chargebus/api-contract';
import { TenantNotFound } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { TenantRepository } from '@chargebus/persistence/iam';
import { GetOrganization } from '@chargebus/requests';
import type { ReplyOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

type Parts = ReplyOf<typeof GetOrganization>;

/** The tree operator → region → station → device → port (U09): `session` counts it, this nests it. */
@Controller()
export class OrganizationController {
  constructor(
    private readonly bus: Bus,
    private readonly tenants: TenantRepository,
  ) {}

  @Endpoint(getOrganization)
  async tree(
    @Call() { query, caller, context }: CallOf<typeof getOrganization>,
  ): Promise<ResultOf<typeof getOrganization>> {
    const { tenantId } = caller;
    const request = { ...audienceOf(caller), filter: deviceFilterOf(query), depth: query.depth };
    const [parts, tenant] = await Promise.all([
      this.bus.ask(GetOrganization, request, { context }),
      this.tenants.find(tenantId),
    ]);
    if (tenant === null) throw new TenantNotFound({ tenantId });
    const { regions, stations, ...counts } = parts.counts;
    return {
      operator: { tenant_id: tenantId, name: tenant.name },
      counts: { regions, stations, ...countsOf(counts) },
      ...below(parts, null),
    };
  }
}

/** What stands right below a region, or below the operator for null. */
function below(parts: Parts, region: string | null): Pick<RegionNode, 'regions' | 'stations' | 'devices'> {
  return {
    regions: parts.regions
      .filter(({ parent }) => parent === region)
      .map(({ code, name, counts: { stations, ...counts } }) => ({
        code,
        name,
        counts: { stations, ...countsOf(counts) },
        ...below(parts, code),
      })),
    stations: parts.stations.filter((station) => station.region === region).map((station) => stationOf(parts, station)),
    devices: parts.devices
      .filter((device) => device.station === null && device.region === region)
      .map((device) => deviceOf(device)),
  };
}

const stationOf = (parts: Parts, { code, name, state, counts }: Parts['stations'][number]): StationNode => ({
  code,
  name,
  state,
  counts: countsOf(counts),
  devices: parts.devices.filter(({ station }) => station === code).map((device) => deviceOf(device)),
});

const deviceOf = ({ deviceId, name, type, online, ports }: Parts['devices'][number]): DeviceNode => ({
  phy_id: deviceId,
  name,
  type,
  online,
  ports: ports.map(({ portNo, state }) => ({ port_no: portNo, status: state })),
});

const countsOf = ({ devices, onlineDevices, ports }: Parts['stations'][number]['counts']) => ({
  devices,
  online_devices: onlineDevices,
  ports,
});
