import { hexBytes, layout, record, u16be, u8 } from '@chargebus/protocol-core';
import { binaryTime, countedList, deciwatts, endReason, flag, milliamperes, modeBy, temperature } from '../fields';
import { cardModeOf, orderModeOf } from '../tables/charge-modes';

/** Up to this power, so many minutes cost so much. */
export const tier = record({ powerW: deciwatts, priceFen: u16be, minutes: u16be });

export const order = layout('bkv §6.3', {
  socketNo: u8,
  jack: u8,
  on: flag,
  modeCode: u8,
  mode: modeBy(orderModeOf),
  durationMin: u16be,
  energyWh: u16be,
});
/** The result stands first here. */
export const orderResult = layout('bkv §6.3', { ok: flag, socketNo: u8, jack: u8, businessNo: u16be });
export const tierOrder = layout('bkv §6.5', {
  socketNo: u8,
  jack: u8,
  on: flag,
  amountFen: u16be,
  tiers: countedList(tier),
});

const end17 = {
  socketNo: u8,
  version: hexBytes(2),
  temperatureC: temperature,
  rssi: u8,
  jack: u8,
  status: u8,
  endReason,
  businessNo: u16be,
  powerW: deciwatts,
  currentA: milliamperes,
  energyWh: u16be,
  durationMin: u16be,
};
export const orderEnd = layout('bkv §6.4', end17);
export const tierOrderEnd = layout('bkv §6.6', {
  ...end17,
  endTime: binaryTime,
  rawReason: u8,
  costFen: u16be,
  settlePowerW: deciwatts,
  tierMinutes: countedList(u16be),
});
export const cardOrderEnd = layout('bkv §6.9', {
  ...end17,
  cardNo: hexBytes(6),
  cardType: u8,
  modeCode: u8,
  mode: modeBy(cardModeOf),
  costFen: u16be,
  settlePowerW: deciwatts,
  tierMinutes: countedList(u16be),
});
/** Acknowledges an end report, and a status report of older firmware. */
export const acknowledgement = layout('bkv §6.4', { socketNo: u8, ok: flag });
