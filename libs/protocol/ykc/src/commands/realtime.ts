import { again, layout, mapped, u16le, u8 } from '@chargebus/protocol-core';
import { amount, amperes, card, celsius, gun, kilowattHours, pileCode, tradeNo, volts } from '../fields';
import { faultNames } from '../tables/hardware-faults';

/** §7.2, bit 1 is mask 0x0001; installations that count from 0x0002 read `hardwareFault` themselves. */
const faults = mapped<number, readonly string[]>(
  u16le,
  (word) => faultNames(word),
  () => 0,
);
export const realtimeData = layout('§6.10', {
  tradeNo,
  pileCode,
  gun,
  status: u8, // 0 offline, 1 fault, 2 idle, 3 charging
  gunHomed: u8, // 2: no sensor
  plugged: u8,
  outputVoltageV: volts,
  outputCurrentA: amperes, // no offset here
  cableTempC: celsius,
  cableCode: card,
  soc: u8,
  batteryMaxTempC: celsius,
  chargeMinutes: u16le,
  remainingMinutes: u16le,
  energyKwh: kilowattHours,
  lossEnergyKwh: kilowattHours, // many piles leave it at 0
  amountYuan: amount,
  hardwareFault: u16le,
  faults: again(faults),
});
