import type { DeviceId } from '@chargebus/domain';
import type { IdTokenInfo } from './messages';

export type RegistrationStatus = 'Accepted' | 'Pending' | 'Rejected';

export interface Options201 {
  /** Whether a station may take part. Unknown ones do not get past the handshake. */
  readonly registrationOf: (deviceId: DeviceId) => RegistrationStatus;
  /** Answered to a token about which nobody decided in time. */
  readonly undecidedToken: IdTokenInfo['status'];
  readonly decisionDeadlineMs: number; // page §3.1
  readonly heartbeatIntervalS: number;
  readonly pendingRetryS: number; // until a station that is not configured yet boots again
  readonly rejectedRetryS: number;
  /** A message about a transaction that is older than this was made while the station was away. */
  readonly offlineThresholdMs: number;
  /** Vendors whose `DataTransfer` is taken, and the messages of each; null: every one. */
  readonly vendors: ReadonlyMap<string, ReadonlySet<string> | null>;
}

export const DEFAULT_OPTIONS_201: Options201 = {
  registrationOf: () => 'Accepted',
  undecidedToken: 'Invalid',
  decisionDeadlineMs: 3_000,
  heartbeatIntervalS: 300,
  pendingRetryS: 30,
  rejectedRetryS: 600,
  offlineThresholdMs: 60_000,
  vendors: new Map(),
};
