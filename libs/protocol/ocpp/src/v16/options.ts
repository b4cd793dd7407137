import type { DeviceId } from '@chargebus/domain';
import type { IdTagInfo } from './messages';

export type RegistrationStatus = 'Accepted' | 'Pending' | 'Rejected';

export interface Options16 {
  /** Whether a station may take part. Unknown ones do not get past the handshake. */
  readonly registrationOf: (deviceId: DeviceId) => RegistrationStatus;
  /** Answered to a card about which nobody decided in time. */
  readonly undecidedCard: IdTagInfo['status'];
  readonly decisionDeadlineMs: number; // page §3.1
  readonly heartbeatIntervalS: number;
  readonly pendingRetryS: number; // until a station that is not configured yet boots again
  readonly rejectedRetryS: number;
  /** A message about a transaction that is older than this was made while the station was away. */
  readonly offlineThresholdMs: number;
  /** Vendors whose `DataTransfer` is taken, and the messages of each; null: every one. */
  readonly vendors: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** What stations are told to be like after a boot; best values first. */
  readonly settings: readonly Setting[];
}
/** One key that we want to be so, with weaker values for stations that refuse it. */
export interface Setting {
  readonly key: string;
  readonly values: readonly [string, ...string[]];
}

const set = (key: string, ...values: [string, ...string[]]): Setting => ({ key, values });
const ENERGY = 'Energy.Active.Import.Register';

export const DEFAULT_OPTIONS_16: Options16 = {
  registrationOf: () => 'Accepted',
  undecidedCard: 'Invalid',
  decisionDeadlineMs: 3_000,
  heartbeatIntervalS: 300,
  pendingRetryS: 30,
  rejectedRetryS: 600,
  offlineThresholdMs: 60_000,
  vendors: new Map(),
  // Page §3.3. Members that a station does not know make it refuse the whole list.
  settings: [
    set('MeterValueSampleInterval', '60'),
    set(
      'MeterValuesSampledData',
      `${ENERGY},Power.Active.Import,Current.Import,Voltage,SoC,Temperature`,
      `${ENERGY},Power.Active.Import,Current.Import,Voltage`,
      `${ENERGY},Power.Active.Import`,
      ENERGY,
    ),
    set('StopTxnSampledData', ''),
    set('ClockAlignedDataInterval', '0'),
    set('TransactionMessageAttempts', '5'),
    set('TransactionMessageRetryInterval', '60'),
    set('WebSocketPingInterval', '60'),
    set('HeartbeatInterval', '300'),
    set('StopTransactionOnInvalidId', 'true'),
    set('AuthorizeRemoteTxRequests', 'false'),
    set('AllowOfflineTxForUnknownId', 'false'),
    set('MinimumStatusDuration', '1'),
  ],
};
/** Read together with the settings: what the station can. */
export const ABILITIES: readonly string[] = [
  'SupportedFeatureProfiles',
  'NumberOfConnectors',
  'GetConfigurationMaxKeys',
  'ChargeProfileMaxStackLevel',
  'ChargingScheduleAllowedChargingRateUnit',
  'ChargingScheduleMaxPeriods',
  'LocalAuthListMaxLength',
  'SendLocalListMaxLength',
  'ConnectionTimeOut',
];
