import type { PortState } from '@chargebus/domain';
import type { ConnectorStatus } from '../messages';

/** Page §6.2. */
export const PORT_STATES: Readonly<Record<ConnectorStatus, PortState>> = {
  Available: 'idle',
  Preparing: 'plugged',
  Charging: 'charging',
  SuspendedEV: 'suspended',
  SuspendedEVSE: 'suspended',
  Finishing: 'finished',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'fault',
};
