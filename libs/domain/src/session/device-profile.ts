import type { DeviceType } from '../device-filter';
import type { DeviceId, TenantId } from '../ids';

/**
 * What its owner keeps about a device: where it stands and what it is called. No fact needs or changes it, so it is no
 * part of the device's versioned state and editing it disturbs nobody.
 */
export interface DeviceProfile {
  readonly deviceId: DeviceId;
  readonly tenantId: TenantId;
  readonly name: string | null;
  readonly type: DeviceType;
  readonly region: string | null; // that of its station, where it has one
  readonly station: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>; // the owner's own, besides what the device tells
}
