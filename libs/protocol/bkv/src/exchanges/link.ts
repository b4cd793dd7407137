import type { DeviceId } from '@chargebus/domain';
import type { DeviceMemory } from '../connection/device-memory';
import type { BkvOptions } from '../options';

/** What an exchange may use of the connection that it runs on. */
export interface Link {
  readonly deviceId: DeviceId;
  readonly device: DeviceMemory;
  readonly options: BkvOptions;
  /** An earlier attempt, perhaps on another connection, may have reached the device. */
  readonly reissued: boolean;
}
