import { hexBytes, layout, perUnit, u16le, u8 } from '@chargebus/protocol-core';
import { volts, watts } from '../fields';

/** Running parameters 1.1: 0x83 ↓, 0x90 ↑. */
export const running1 = layout('AP3000 §10 0x83', {
  unplugPowerW: watts, // below this the charger counts as unplugged
  unplugTimeS: u16le, // for this long
  floatPercent: u8, // trickle threshold, 1–100 % of the charging power
  floatDetectS: u16le,
  floatDurationS: u16le,
  heartbeatIntervalS: u16le,
});

/** Running parameters 1.2: 0x84 ↓, 0x91 ↑. Older firmware knows fewer of the trailing bytes. */
export const running2 = layout(
  'AP3000 §10 0x84',
  {
    dynOverloadPowerW: watts,
    dynOverloadDetectS: u16le,
    dynOverloadStartS: u16le,
    unplugNoisePowerW: perUnit(u8, 10), // 0.1 W in one byte
    unplugNoiseTimeS: u16le,
    float2FromS: u16le,
    float2DetectS: u16le,
    minPowerW: watts, // a peak that stays below it ends the charge with reason 09
    minPowerCheckS: u16le,
    secondMaxPowerAtS: u16le, // window of `secondMaxPowerW`
  },
  {
    envAlarmTempC: u8, // plain °C
    portAlarmTempC: u8, // plain °C
    unplugDetectOff: u8, // 0: detection on
    qrLight: u8, // 0 on, 1 off; stored
  },
);

/** Limits: 0x85 ↓, 0x92 ↑. 4 or 8 bytes. */
export const limits = layout(
  'AP3000 §10 0x85',
  {
    maxChargeS: u16le, // not for timed charges
    overloadPowerW: watts, // per port
  },
  { overVoltageV: volts, underVoltageV: volts },
);

/** Card parameters: 0x86 ↓, 0x93 ↑. The keys are secrets. */
export const cardParameters = layout('AP3000 §10 0x86', {
  sector: u8,
  userKeyHex: hexBytes(6),
  newCardKeyHex: hexBytes(6),
});

/** Work mode 0x8D ↓: 0 networked, 1 card. */
export const workMode = layout('AP3000 §10 0x8D', { workMode: u8 });
/** TC card mode 0x8F ↓: 0 time, 1 per charge, 3 energy, 4 fixed fee, 5 household, 6 free choice. */
export const tcMode = layout('AP3000 §10 0x8F', { tcMode: u8 });
/** Mute 0x97 ↓: 1 muted. */
export const mute = layout('AP3000 §10 0x97', { mute: u8 });
