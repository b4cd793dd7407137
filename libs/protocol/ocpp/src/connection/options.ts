import type { DeviceId } from '@chargebus/domain';

export type RegistrationStatus = 'Accepted' | 'Pending' | 'Rejected';

/** What installations have otherwise than the page, in both versions. */
export interface OcppOptions {
  /** Whether a station may take part. Unknown ones do not get past the handshake. */
  readonly registrationOf: (deviceId: DeviceId) => RegistrationStatus;
  readonly decisionDeadlineMs: number; // page §3.1
  readonly heartbeatIntervalS: number;
  readonly pendingRetryS: number; // until a station that is not configured yet boots again
  readonly rejectedRetryS: number;
  /** A message about a transaction that is older than this was made while the station was away. */
  readonly offlineThresholdMs: number;
  /** Vendors whose `DataTransfer` is taken, and the messages of each; null: every one. */
  readonly vendors: ReadonlyMap<string, ReadonlySet<string> | null>;
}

export const DEFAULT_OPTIONS: OcppOptions = {
  registrationOf: () => 'Accepted',
  decisionDeadlineMs: 3_000,
  heartbeatIntervalS: 300,
  pendingRetryS: 30,
  rejectedRetryS: 600,
  offlineThresholdMs: 60_000,
  vendors: new Map(),
};

/** For a station that has a heartbeat interval of its own; null or absent: it has not. */
export const withHeartbeat = <T extends OcppOptions>(options: T, heartbeatIntervalS: number | null | undefined): T =>
  heartbeatIntervalS == null ? options : { ...options, heartbeatIntervalS };

/** Seconds until a station may knock again, or send its next heartbeat. */
export const bootIntervalS = (
  status: RegistrationStatus,
  { heartbeatIntervalS, pendingRetryS, rejectedRetryS }: OcppOptions,
): number => ({ Accepted: heartbeatIntervalS, Pending: pendingRetryS, Rejected: rejectedRetryS })[status];

/** What a vendor's own message is answered with. */
export function vendorStatus(
  { vendors }: OcppOptions,
  vendorId: string,
  messageId: string | undefined,
): 'Accepted' | 'UnknownVendorId' | 'UnknownMessageId' {
  const messages = vendors.get(vendorId);
  if (messages === undefined) return 'UnknownVendorId';
  return messages === null || messages.has(messageId ?? '') ? 'Accepted' : 'UnknownMessageId';
}
