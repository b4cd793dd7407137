import type { OutletCharge, Reading } from '../core/outlets';
import type { UpFrame } from './orders';
import type { YkcSettings } from './settings';
import { account } from './tariff';
import type { Tariff } from './tariff';
import { NO_CARD, NO_TRADE } from './terms';
import type { YkcTerms } from './terms';
import { PACK_VOLTAGE_V, socOf } from './vehicle';

type Fields = UpFrame['fields'];
const STATUS = { fault: 1, idle: 2, charging: 3 } as const;
export const LOCK = { up: 0x55, down: 0xff } as const;
const AC_VOLTAGE_V = 220;
const MOST_CURRENT_A = 6553.5; // that the field carries
const NOTHING: Reading = { durationS: 0, energyWh: 0, powerW: 0 };

/** 0x01. */
export const loginFields = (deviceId: string, { kind, guns }: YkcSettings, programVersion: string): Fields => ({
  pileType: kind === 'dc' ? 0 : 1,
  gunCount: guns,
  protocolVersion: 1.6,
  programVersion,
  networkType: 0,
  simIccid: `898604${deviceId}`,
  operator: 4,
});

/** One gun, as far as a report is about it. */
export interface GunState {
  readonly gun: number;
  readonly charge: OutletCharge<YkcTerms> | null;
  readonly reading: Reading | null; // null: nothing charges
  readonly isFaulty: boolean;
  readonly isPlugged: boolean;
}
/** 0x13. */
export function realtimeFields(state: GunState, kind: YkcSettings['kind'], tariff: Tariff): Fields {
  const { gun, charge, isFaulty, isPlugged } = state;
  const reading = state.reading ?? NOTHING;
  const isDc = kind === 'dc';
  const voltageV = charge === null ? 0 : isDc ? PACK_VOLTAGE_V : AC_VOLTAGE_V;
  const currentA = voltageV === 0 ? 0 : Math.round((reading.powerW / voltageV) * 10) / 10;
  return {
    tradeNo: charge?.terms.orderKey ?? NO_TRADE,
    gun,
    status: charge !== null ? STATUS.charging : isFaulty ? STATUS.fault : STATUS.idle,
    gunHomed: 2,
    plugged: isPlugged ? 1 : 0,
    outputVoltageV: voltageV,
    outputCurrentA: Math.min(MOST_CURRENT_A, currentA),
    cableTempC: 30,
    cableCode: NO_CARD,
    soc: charge !== null && isDc ? socOf(charge.vehicle, reading) : 0,
    batteryMaxTempC: isDc && charge !== null ? 33 : -50,
    chargeMinutes: Math.floor(reading.durationS / 60),
    remainingMinutes: 0,
    energyKwh: Math.round(reading.energyWh * 10) / 10_000,
    lossEnergyKwh: 0,
    amountYuan: charge === null ? 0 : account(tariff, reading, charge.terms.startTime).totalAmount,
    hardwareFault: isFaulty ? 1 : 0,
  };
}

interface Ended {
  readonly charge: OutletCharge<YkcTerms>;
  readonly reading: Reading;
  readonly endTime: string;
  readonly stopReason: number;
  readonly meterStartKwh: number;
}
/** 0x3B; its energies and amounts add up, and the meter moves by as much. */
export function recordFields({ charge, reading, endTime, stopReason, meterStartKwh }: Ended, tariff: Tariff) {
  const { portNo, terms } = charge;
  const money = account(tariff, reading, terms.startTime);
  return {
    ...headingOf(charge),
    gun: portNo,
    startTime: terms.startTime,
    endTime,
    ...money,
    meterStartKwh,
    meterEndKwh: Math.round((meterStartKwh + money.totalKwh) * 10_000) / 10_000,
    vin: terms.vin,
    tradeFlag: terms.tradeFlag,
    tradeTime: endTime,
    stopReason,
    physicalCard: terms.card === '' ? NO_CARD : terms.card,
  };
}

/** 0x61. */
export const lockFields = (gun: number, lockState: number, isPlugged: boolean): Fields => ({
  gun,
  lockState,
  parkingState: isPlugged ? 0xff : 0,
  lockBattery: 90,
  alarm: 0,
  reserved: '00000000',
});

/** How everything about one charge begins. */
export const headingOf = ({ portNo, terms }: OutletCharge<YkcTerms>) => ({ tradeNo: terms.orderKey, gun: portNo });

/** 0x1B without an error. */
export const NO_BMS_ERROR = {
  recognitionSpn00Timeout: 0,
  recognitionSpnAATimeout: 0,
  timeSyncAndMaxOutputTimeout: 0,
  chargerReadyTimeout: 0,
  chargerStatusTimeout: 0,
  chargerStopTimeout: 0,
  chargerStatisticsTimeout: 0,
  bmsOther: 0,
  bmsIdentificationTimeout: 0,
  batteryParamsTimeout: 0,
  bmsReadyTimeout: 0,
  batteryStatusTimeout: 0,
  batteryDemandTimeout: 0,
  bmsStopTimeout: 0,
  bmsStatisticsTimeout: 0,
  chargerOther: 0,
};
