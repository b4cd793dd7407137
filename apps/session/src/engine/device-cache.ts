import type { DeviceId, DeviceState } from '@chargebus/domain';
import { LRUCache } from 'lru-cache';

/**
 * States of devices as last written or read. It may be out of date, for another replica can write at any time: the
 * version check of each commit finds out, and what is outdated is read again.
 */
export class DeviceCache {
  private readonly entries: LRUCache<DeviceId, DeviceState>;
  constructor(max: number) {
    this.entries = new LRUCache({ max });
  }
  get(deviceId: DeviceId): DeviceState | undefined {
    return this.entries.get(deviceId);
  }
  put(state: DeviceState): void {
    this.entries.set(state.device.deviceId, state);
  }
  drop(deviceIds: readonly DeviceId[]): void {
    for (const deviceId of deviceIds) this.entries.delete(deviceId);
  }
}
