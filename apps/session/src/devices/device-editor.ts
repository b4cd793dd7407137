import type { DeviceId } from '@chargebus/domain';
import { DeviceIsCharging, DeviceNotFound, PortNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { RegistryRepository } from '@chargebus/persistence/session';
import type { DeleteDevice, DeviceChange, ReplyOf, RequestOf, SetMaintenance, UpdateDevice } from '@chargebus/requests';
import { announceAdmission } from '../credentials/admission-news';
import { decideOn } from '../engine/decide';
import type { Engine } from '../engine/engine';
import type { DeviceShadow } from '../shadow/device-shadow';
import type { DeviceFinder } from './device-finder';
import type { DeviceService } from './device.service';
import type { DeviceWork } from './device-work';
import { setMaintenance } from './maintenance';
import { placeAndName, refusalOf } from './profile-change';
import { changedSettings } from './settings-change';

/**
 * What operators do to a device. What its owner keeps is a row that no fact touches, and is written directly; what
 * decisions about facts need goes through the engine like a fact.
 */
export class DeviceEditor {
  constructor(
    private readonly registry: RegistryRepository,
    private readonly finder: DeviceFinder,
    private readonly devices: Pick<DeviceService, 'viewOf'>,
    private readonly engine: Pick<Engine, 'run'>,
    private readonly shadow: Pick<DeviceShadow, 'forget'>,
    private readonly bus: Pick<Bus, 'nc'>,
    private readonly now: () => number,
  ) {}

  async update(request: RequestOf<typeof UpdateDevice>): Promise<ReplyOf<typeof UpdateDevice>> {
    const { change, tenantId } = request;
    const deviceId = await this.finder.resolve(request, request.deviceId);
    const edited = await this.registry.edit(request, new Map([[deviceId, placeAndName(change)]])).catch(refusalOf);
    if (!edited.has(deviceId)) throw new DeviceNotFound({ deviceId });
    if (hasSettings(change))
      await decideOn(this.engine, deviceId, this.cause('edit', deviceId), (work) => {
        changeSettings(work, change);
      });
    if (change.heartbeatIntervalS !== undefined) announceAdmission(this.bus, deviceId);
    return this.devices.viewOf(await this.finder.snapshot({ tenantId }, deviceId, 0));
  }

  async remove(request: RequestOf<typeof DeleteDevice>): Promise<ReplyOf<typeof DeleteDevice>> {
    const deviceId = await this.finder.resolve(request, request.deviceId);
    const outcome = await this.registry.remove(request, deviceId);
    if (outcome === 'unknown') throw new DeviceNotFound({ deviceId });
    if (outcome === 'charging') throw new DeviceIsCharging({ deviceId });
    await this.shadow.forget(deviceId);
    announceAdmission(this.bus, deviceId, false);
    return { deviceId };
  }

  async setMaintenance(request: RequestOf<typeof SetMaintenance>): Promise<ReplyOf<typeof SetMaintenance>> {
    const { portNo, maintenance } = request;
    const { device } = await this.finder.snapshot(request, request.deviceId, 0);
    const { deviceId, portCount } = device;
    if (portNo !== null && portCount > 0 && portNo > portCount) throw new PortNotFound({ deviceId, portNo });
    return decideOn(this.engine, deviceId, this.cause('maintenance', deviceId), (work) => {
      const changed = setMaintenance(work, portNo, maintenance);
      const { portsInMaintenance } = work.device;
      return { deviceId, maintenance: work.device.maintenance, portsInMaintenance: [...portsInMaintenance], changed };
    });
  }

  private cause(what: string, deviceId: DeviceId): string {
    return `${what}:${deviceId}:${this.now().toString()}`;
  }
}

const hasSettings = ({ model, portCount, heartbeatIntervalS, offlineTimeoutS, maintenance }: DeviceChange): boolean =>
  [model, portCount, heartbeatIntervalS, offlineTimeoutS, maintenance].some((setting) => setting !== undefined);

export function changeSettings(work: DeviceWork, change: DeviceChange): void {
  const wanted = changedSettings(work.device, change);
  if (wanted === null) return;
  const portCount = wanted.portCount ?? work.device.portCount;
  // Ports that it has told of stay.
  work.setDevice({ ...wanted, portCount: Math.max(portCount, ...work.ports.map(({ portNo }) => portNo)) });
}
