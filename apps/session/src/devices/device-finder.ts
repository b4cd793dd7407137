import type { DeviceId } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import type { RegistryRepository } from '@chargebus/persistence/session';
import type { Audience } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { DeviceShadow, DeviceSnapshot } from '../shadow/device-shadow';

/**
 * Finds a tenant's device by its id or by the number printed on it. A device of another tenant, or outside of what the
 * principal may touch, is not found.
 */
export class DeviceFinder {
  /** `tenant/number` → id. A printed number does not change hands while a process lives. */
  private readonly numbers = new LRUCache<string, DeviceId>({ max: 50_000 });

  constructor(
    private readonly registry: RegistryRepository,
    private readonly shadow: DeviceShadow,
  ) {}

  /** Throws DEVICE_NOT_FOUND. `portNo` null: with all ports. */
  async snapshot(audience: Audience, idOrNumber: string, portNo: number | null): Promise<DeviceSnapshot> {
    if (audience.within != null) return this.resolved(audience, idOrNumber, portNo); // where it stands is not in the shadow
    const { tenantId } = audience;
    const direct = await this.shadow.read(
      this.numbers.get(`${tenantId}/${idOrNumber}`) ?? (idOrNumber as DeviceId),
      portNo,
    );
    return direct?.device.tenantId === tenantId ? direct : this.resolved(audience, idOrNumber, portNo);
  }

  async resolve(audience: Audience, idOrNumber: string): Promise<DeviceId> {
    return (await this.snapshot(audience, idOrNumber, 0)).device.deviceId;
  }

  /** Many with all their ports, by what was asked; those that are not found are not in it. */
  async snapshots(audience: Audience, idsOrNumbers: readonly string[]): Promise<ReadonlyMap<string, DeviceSnapshot>> {
    const { tenantId } = audience;
    const found = new Map<string, DeviceSnapshot>();
    const take = async (ids: ReadonlyMap<string, DeviceId>): Promise<void> => {
      const snapshots = await this.shadow.readMany([...new Set(ids.values())]);
      for (const [asked, deviceId] of ids) {
        const snapshot = snapshots.get(deviceId);
        if (snapshot?.device.tenantId === tenantId) found.set(asked, snapshot);
      }
    };
    if (audience.within == null)
      await take(
        new Map(idsOrNumbers.map((asked) => [asked, this.numbers.get(`${tenantId}/${asked}`) ?? (asked as DeviceId)])),
      );
    const unknown = idsOrNumbers.filter((asked) => !found.has(asked));
    if (unknown.length > 0) await take(await this.registry.resolveMany(audience, unknown));
    return found;
  }

  private async resolved(audience: Audience, idOrNumber: string, portNo: number | null): Promise<DeviceSnapshot> {
    const { tenantId } = audience;
    const deviceId = await this.registry.resolve(audience, idOrNumber);
    const found = deviceId === null ? null : await this.shadow.read(deviceId, portNo);
    if (deviceId === null || found?.device.tenantId !== tenantId) throw new DeviceNotFound({ deviceId: idOrNumber });
    this.numbers.set(`${tenantId}/${idOrNumber}`, deviceId);
    return found;
  }
}
