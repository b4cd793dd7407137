import type { DeviceId } from '@chargebus/domain';
import type { DeviceMemory } from '../connection/device-memory';
import type { Ap3000Options } from '../options';

/** What an exchange may use of the connection that it runs on. */
export interface Link {
  readonly deviceId: DeviceId;
  readonly device: DeviceMemory;
  readonly options: Ap3000Options;
  /** An earlier attempt, perhaps on another connection, may have reached the device. */
  readonly reissued: boolean;
  /** Slaves share a 9600-baud bus: one upgrade at a time and connection. */
  readonly isUpgrading: () => boolean;
  readonly holdBus: (holder: object | null) => void;
}
