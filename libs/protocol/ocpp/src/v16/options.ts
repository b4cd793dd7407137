import { DEFAULT_OPTIONS } from '../connection/options';
import type { OcppOptions } from '../connection/options';
import type { IdTagInfo } from './messages';

export interface Options16 extends OcppOptions {
  /** Answered to a card about which nobody decided in time. */
  readonly undecidedCard: IdTagInfo['status'];
  /** What stations are told to be like after a boot, besides the heartbeat interval; best values first. */
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
  ...DEFAULT_OPTIONS,
  undecidedCard: 'Invalid',
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
