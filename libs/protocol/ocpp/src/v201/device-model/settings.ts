import type { CommandOf } from '@chargebus/domain';

/** One variable that we want to be so, with weaker values for stations that refuse it. */
export interface Setting {
  readonly address: string;
  /** Best first. */
  readonly values: readonly [string, ...string[]];
}

const ENERGY = 'Energy.Active.Import.Register';
const set = (address: string, ...values: [string, ...string[]]): Setting => ({ address, values });

/** Page §4.3: written once after the first boot with a firmware; the heartbeat interval as the answer to the boot said. */
export const firstBootSettings = (heartbeatIntervalS: number): readonly Setting[] => [
  ...FIRST_BOOT_SETTINGS,
  set('OCPPCommCtrlr.HeartbeatInterval', heartbeatIntervalS.toString()),
];
const FIRST_BOOT_SETTINGS: readonly Setting[] = [
  set('SampledDataCtrlr.TxUpdatedInterval', '60'),
  set(
    'SampledDataCtrlr.TxUpdatedMeasurands',
    `${ENERGY},Power.Active.Import,Current.Import,Voltage,SoC`,
    `${ENERGY},Power.Active.Import,Current.Import,Voltage`,
    `${ENERGY},Power.Active.Import`,
    ENERGY,
  ),
  set('SampledDataCtrlr.TxStartedMeasurands', ENERGY),
  set('SampledDataCtrlr.TxEndedMeasurands', ENERGY),
  set('SampledDataCtrlr.TxEndedInterval', '0'),
  set('AlignedDataCtrlr.Interval', '0'),
  set('OCPPCommCtrlr.WebSocketPingInterval', '60'),
  set('OCPPCommCtrlr.OfflineThreshold', '60'),
  set('OCPPCommCtrlr.MessageAttempts[TransactionEvent]', '5'),
  set('OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]', '60'),
  set('OCPPCommCtrlr.ResetRetries', '3'),
  set('OCPPCommCtrlr.RetryBackOffWaitMinimum', '10'),
  set('OCPPCommCtrlr.RetryBackOffRandomRange', '30'),
  set('OCPPCommCtrlr.RetryBackOffRepeatTimes', '5'),
  set('TxCtrlr.TxStartPoint', 'PowerPathClosed'),
  set('TxCtrlr.TxStopPoint', 'EVConnected,Authorized', 'Authorized'),
  set('TxCtrlr.StopTxOnInvalidId', 'true'),
  set('TxCtrlr.StopTxOnEVSideDisconnect', 'true'),
  set('TxCtrlr.EVConnectionTimeOut', '60'),
  set('AuthCtrlr.AuthorizeRemoteStart', 'false'),
];
/** How many items and bytes one CALL may carry; what is not said is not limited. */
export const LIMIT_ADDRESSES = {
  getItems: 'DeviceDataCtrlr.ItemsPerMessage[GetVariables]',
  setItems: 'DeviceDataCtrlr.ItemsPerMessage[SetVariables]',
  getBytes: 'DeviceDataCtrlr.BytesPerMessage[GetVariables]',
  setBytes: 'DeviceDataCtrlr.BytesPerMessage[SetVariables]',
} as const;

/** Group of `params.set` that stands for the list above: what it finds otherwise, it writes. */
export const PLATFORM_GROUP = 'platform';
export const CONFIGURE: CommandOf<'params.set'> = { kind: 'params.set', group: PLATFORM_GROUP, values: {} };
