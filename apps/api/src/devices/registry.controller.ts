import { adoptDevice, listQuarantined, registerDevice } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { TenantNotFound } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { TenantRepository } from '@chargebus/persistence/iam';
import { AdoptDevice, ListQuarantined, RegisterDevice } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { deviceView } from './device.view';

/** Which device belongs to whom, for operators of the installation: kept by `session`. */
@Controller()
export class RegistryController {
  constructor(
    private readonly bus: Bus,
    private readonly tenants: TenantRepository,
  ) {}

  @Endpoint(registerDevice)
  async register(@Call() call: CallOf<typeof registerDevice>): Promise<ResultOf<typeof registerDevice>> {
    const tenantId = await this.tenantOf(call);
    const request = { tenantId, ...registrationOf(call.body.phy_id, call.body) };
    return deviceView(await this.bus.ask(RegisterDevice, request, { context: call.context }));
  }

  @Endpoint(listQuarantined)
  async quarantined(@Call() call: CallOf<typeof listQuarantined>): Promise<ResultOf<typeof listQuarantined>> {
    const page = await this.bus.ask(ListQuarantined, { page: call.page }, { context: call.context });
    return mapPage(page, (device) => ({
      phy_id: device.deviceId,
      protocol: device.protocol,
      remote_address: device.remoteAddress,
      first_seen: device.firstSeenAt,
      last_seen: device.lastSeenAt,
      kept_facts: device.keptFacts,
      reason: device.reason,
    }));
  }

  @Endpoint(adoptDevice)
  async adopt(@Call() call: CallOf<typeof adoptDevice>): Promise<ResultOf<typeof adoptDevice>> {
    const tenantId = await this.tenantOf(call);
    const request = { tenantId, ...registrationOf(call.params.phyId, call.body) };
    return deviceView(await this.bus.ask(AdoptDevice, request, { context: call.context }));
  }

  /** The tenant that the operator names, else the operator's own. Throws TENANT_NOT_FOUND. */
  private async tenantOf({ body, caller }: Pick<CallOf<typeof adoptDevice>, 'body' | 'caller'>): Promise<TenantId> {
    const tenantId = body.tenant_id ?? caller.tenantId;
    if ((await this.tenants.find(tenantId)) === null) throw new TenantNotFound({ tenantId });
    return tenantId;
  }
}

const registrationOf = (phyId: string, body: CallOf<typeof adoptDevice>['body']) => ({
  deviceId: DeviceId.parse(phyId),
  name: body.name ?? null,
  protocol: body.protocol ?? null,
  type: body.type,
  region: body.region ?? null,
  portCount: body.port_count,
  heartbeatIntervalS: body.heartbeat_interval ?? null,
  offlineTimeoutS: body.offline_timeout ?? null,
});
