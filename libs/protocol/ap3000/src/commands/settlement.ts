import { hexBytes, layout, u16le, u32le, u8 } from '@chargebus/protocol-core';
import { kilowattHours, orderId, watts } from '../fields';

const account = {
  durationS: u16le, // whole charge
  maxPowerW: watts, // highest of the whole charge
  energyKwh: kilowattHours,
  port: u8,
  startMode: u8, // §7.3
  cardOrCodeHex: hexBytes(4), // mode 0: card id; 3: verification code, encoding unknown; else zeros
  stopReason: u8, // §7.2
  orderHex: orderId,
};

/** How many leading payload bytes say which settlement it is: the timestamp behind them differs between repeats. */
export const SETTLEMENT_KEY_BYTES = 29;

/** Settlement 0x03 ↑: kept in EEPROM and repeated every 30 minutes until answered. */
export const settlement = layout('AP3000 §9 0x03', account, {
  secondMaxPowerW: watts, // highest of the first 5 minutes
  timestamp: u32le, // of sending; unreliable
  occupancyMin: u16le, // cabinets: minutes that the slot stayed occupied after full
});

/** Cabinet: finished and not settled 0x43 ↑. Never billed: 0x03 follows when the user collects. */
export const cabinetFinished = layout('AP3000 §9 0x43', account);
