import type { DeviceId, TenantId } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import type { RegistryRepository } from '@chargebus/persistence/session';
import { LRUCache } from 'lru-cache';
import type { DeviceShadow, DeviceSnapshot } from '../shadow/device-shadow';

/** Finds a tenant's device by its id or by the number printed on it. Another tenant's device is not found. */
export class DeviceFinder {
  /** `tenant/number` → id. A printed number does not change hands while a process lives. */
  private readonly numbers = new LRUCache<string, DeviceId>({ max: 50_000 });

  constructor(
    private readonly registry: RegistryRepository,
    private readonly shadow: DeviceShadow,
  ) {}

  /** Throws DEVICE_NOT_FOUND. `portNo` null: with all ports. */
  async snapshot(tenantId: TenantId, idOrNumber: string, portNo: number | null): Promise<DeviceSnapshot> {
    const key = `${tenantId}/${idOrNumber}`;
    const direct = await this.shadow.read(this.numbers.get(key) ?? (idOrNumber as DeviceId), portNo);
    if (direct?.device.tenantId === tenantId) return direct;
    const deviceId = await this.registry.resolve(tenantId, idOrNumber);
    const found = deviceId === null ? null : await this.shadow.read(deviceId, portNo);
    if (deviceId === null || found?.device.tenantId !== tenantId) throw new DeviceNotFound({ deviceId: idOrNumber });
    this.numbers.set(key, deviceId);
    return found;
  }

  async resolve(tenantId: TenantId, idOrNumber: string): Promise<DeviceId> {
    return (await this.snapshot(tenantId, idOrNumber, 0)).device.deviceId;
  }
}
