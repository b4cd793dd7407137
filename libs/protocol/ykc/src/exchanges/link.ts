import type { DeviceId } from '@chargebus/domain';
import type { PileMemory } from '../connection/pile-memory';

/** What an exchange may use of the connection that it runs on. */
export interface Link {
  readonly deviceId: DeviceId;
  readonly pile: PileMemory;
  /** An earlier attempt, perhaps on another connection, may have reached the pile. */
  readonly reissued: boolean;
  readonly nextSequence: () => number;
}
