import { asciiZeroFilled, hexBytes, layout, record, u16be, u8 } from '@chargebus/protocol-core';
import {
  countedList,
  dayTime,
  decivolts,
  deciwatts,
  flag,
  ipv4,
  listToEnd,
  milliamperes,
  portState,
  temperature,
} from '../fields';

const jackStatus = record({
  jack: u8,
  status: u8,
  portState,
  businessNo: u16be,
  voltageV: decivolts,
  powerW: deciwatts,
  currentA: milliamperes,
  energyWh: u16be,
  durationMin: u16be,
});
export const socketStatus = layout('bkv §6.2', {
  socketNo: u8,
  version: hexBytes(2),
  temperatureC: temperature,
  rssi: u8,
  jacks: listToEnd(jackStatus),
});
export const socketQuery = layout('bkv §6.2', { socketNo: u8 });

const period = record({ start: dayTime, end: dayTime });
export const voicePeriods = layout('bkv §6.11', {
  socketNo: u8, // 254: every socket
  jack: u8,
  buzzer: flag,
  voice: flag,
  periods: countedList(period),
});

export const firmwareDownload = layout('bkv §9', {
  target: u8,
  host: ipv4,
  port: u16be,
  fileName: asciiZeroFilled(13, 13),
});
