import { hexBytes, layout, mapped, perUnit, u16le, u32le, u8 } from '@chargebus/protocol-core';
import type { Field } from '@chargebus/protocol-core';
import { fromHex } from '@chargebus/protocol-core';
import {
  bits,
  celsius,
  cellVolts,
  gun,
  offsetAmperes,
  ordinal,
  pileCode,
  spread,
  text,
  tradeNo,
  u24le,
  volts,
  yearSince1985,
} from '../fields';

const heading = { tradeNo, pileCode, gun };

/** Byte 1 is the minor, bytes 2–3 little-endian the major version: `01 01 00` is 1.1. */
const bmsVersion: Field<string> = mapped(
  hexBytes(3),
  (hex) => {
    const [minor = 0, low = 0, high = 0] = fromHex(hex);
    return `${low | (high << 8)}.${minor}`;
  },
  (version) => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return [minor, major & 0xff, major >>> 8].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
);

export const bmsHandshake = layout('§6.11', {
  ...heading,
  bmsProtocolVersion: bmsVersion,
  batteryType: u8,
  ratedCapacityAh: perUnit(u16le, 10),
  ratedVoltageV: volts,
  batteryVendor: text(4),
  batteryPackNo: u32le,
  productionYear: yearSince1985,
  productionMonth: u8,
  productionDay: u8,
  chargeCount: u24le,
  ownership: u8,
  reserved: u8,
  vin: text(17), // forward
  bmsSoftwareVersion: hexBytes(8),
});

export const bmsConfig = layout('§6.12', {
  ...heading,
  cellMaxVoltageV: cellVolts,
  maxCurrentA: offsetAmperes,
  nominalEnergyKwh: perUnit(u16le, 10),
  maxTotalVoltageV: volts,
  maxTempC: celsius,
  socPercent: perUnit(u16le, 10), // 0.1 % only here
  batteryVoltageV: volts,
  pileMaxVoltageV: volts,
  pileMinVoltageV: volts,
  pileMaxCurrentA: offsetAmperes,
  pileMinCurrentA: offsetAmperes,
});

export const bmsEnd = layout('§6.13', {
  ...heading,
  endSoc: u8,
  cellMinVoltageV: cellVolts,
  cellMaxVoltageV: cellVolts,
  batteryMinTempC: celsius,
  batteryMaxTempC: celsius,
  chargeMinutes: u16le,
  outputEnergyKwh: perUnit(u16le, 10), // too coarse to bill from
  chargerNo: u32le,
});

/** Two-bit states: 0 normal, 1 time-out, 2 untrusted. Bytes 0–3 are the BMS's (BEM), 4–7 the charger's (CEM). */
export const BMS_ERRORS = {
  recognitionSpn00Timeout: [0, 2],
  recognitionSpnAATimeout: [2, 2],
  timeSyncAndMaxOutputTimeout: [8, 2],
  chargerReadyTimeout: [10, 2],
  chargerStatusTimeout: [16, 2],
  chargerStopTimeout: [18, 2],
  chargerStatisticsTimeout: [24, 2],
  bmsOther: [26, 6],
  bmsIdentificationTimeout: [32, 2],
  batteryParamsTimeout: [40, 2],
  bmsReadyTimeout: [42, 2],
  batteryStatusTimeout: [48, 2],
  batteryDemandTimeout: [50, 2],
  bmsStopTimeout: [52, 2],
  bmsStatisticsTimeout: [56, 2],
  chargerOther: [58, 6],
} as const;
export const bmsError = spread(layout('§6.14', { ...heading, errors: bits(8, BMS_ERRORS) }), 'errors');

export const bmsStop = layout('§6.15', {
  ...heading,
  reason: bits(1, {
    socTargetReached: [0, 2],
    totalVoltageReached: [2, 2],
    cellVoltageReached: [4, 2],
    chargerInitiated: [6, 2],
  }),
  fault: bits(2, {
    insulation: [0, 2],
    outputConnectorOverTemp: [2, 2],
    bmsOrConnectorOverTemp: [4, 2],
    connector: [6, 2],
    batteryOverTemp: [8, 2],
    hvRelay: [10, 2],
    checkPoint2Voltage: [12, 2],
    other: [14, 2],
  }),
  error: bits(1, { overCurrent: [0, 2], voltageAbnormal: [2, 2] }),
});

export const chargerStop = layout('§6.16', {
  ...heading,
  reason: bits(1, { conditionReached: [0, 2], manual: [2, 2], abnormal: [4, 2], bmsInitiated: [6, 2] }),
  fault: bits(2, {
    chargerOverTemp: [0, 2],
    connector: [2, 2],
    internalOverTemp: [4, 2],
    energyNotDeliverable: [6, 2],
    emergencyStop: [8, 2],
    other: [10, 2],
  }),
  error: bits(1, { currentMismatch: [0, 2], voltageAbnormal: [2, 2] }),
});

const highestCell: Field<{ readonly cellMaxVoltageV: number; readonly cellMaxGroup: number }> = mapped(
  u16le,
  (word) => ({ cellMaxVoltageV: (word & 0x0fff) / 100, cellMaxGroup: word >>> 12 }),
  ({ cellMaxVoltageV, cellMaxGroup }) => Math.round(cellMaxVoltageV * 100) | (cellMaxGroup << 12),
);
export const bmsDemand = spread(
  layout('§6.17', {
    ...heading,
    demandVoltageV: volts,
    demandCurrentA: offsetAmperes,
    chargeMode: u8, // 1 constant voltage, 2 constant current
    measuredVoltageV: volts,
    measuredCurrentA: offsetAmperes,
    highestCell,
    soc: u8,
    remainingMinutes: u16le,
    pileVoltageV: volts,
    pileCurrentA: offsetAmperes,
    chargeMinutes: u16le,
  }),
  'highestCell',
);

export const bmsInfo = spread(
  layout('§6.18', {
    ...heading,
    cellMaxVoltageNo: ordinal,
    batteryMaxTempC: celsius,
    maxTempProbeNo: ordinal,
    batteryMinTempC: celsius,
    minTempProbeNo: ordinal,
    states: bits(2, {
      cellVoltageState: [0, 2],
      socState: [2, 2],
      overCurrentState: [4, 2],
      overTempState: [6, 2],
      insulationState: [8, 2],
      connectorState: [10, 2],
      chargePermitted: [12, 2], // 0 forbidden, 1 permitted: the opposite of the others
    }),
  }),
  'states',
);
