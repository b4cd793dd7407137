import { hexBytes, hexRest, mapped, record, u16be, u32be, u8 } from '@chargebus/protocol-core';
import { dayTime, decivolts, deciwatts, flag, listToEnd, milliamperes, packedTime, temperature } from '../fields';
import { endReasonOf, jackStateOf } from '../tables/jack-status';
import { COMMAND_KEY, container, derivedItem, groups, item, perJack, together, writtenItem } from './kv';

/** Page §6: the first three items of every message. The command is read before its container is. */
const common = {
  sub: writtenItem(COMMAND_KEY, hexBytes(2)),
  requestId: item(0x02, hexBytes(8)),
  containerGatewayId: item(0x03, hexBytes(7)),
};
const socketNo = item(0x4a, u8);
const jack = item(0x08, u8);
const ok = item(0x0f, flag);
const businessNo = item(0x0a, u16be);
const measured = {
  powerW: item(0x0b, deciwatts),
  currentA: item(0x0c, milliamperes),
  energyWh: item(0x0d, u16be),
  durationMin: item(0x0e, u16be),
};

const portState = derivedItem(
  0x09,
  mapped(u8, jackStateOf, () => 0),
);
const endReason = derivedItem(
  0x09,
  mapped(u8, endReasonOf, () => 0),
);
const jacks = groups(0x5b, {
  jack,
  status: item(0x09, u8),
  portState,
  businessNo,
  voltageV: item(0x95, decivolts),
  ...measured,
});
export const statusGroup = container({
  ...common,
  sockets: groups(0x94, {
    socketNo,
    version: item(0x3e, hexBytes(2)),
    temperatureC: item(0x07, temperature),
    rssi: item(0x96, u8),
    jacks,
  }),
});
export const statusGroupReply = container({ ...common, ok });

export const feeOrderEnd = container({
  ...common,
  temperatureC: item(0x07, temperature),
  socketNo,
  jack,
  status: item(0x09, u8),
  endReason,
  businessNo,
  ...measured,
  endTime: item(0x2e, packedTime),
  rawReason: item(0x2f, u8),
  modeCode: item(0x12, u8),
  electricityFeeFen: item(0x85, u16be),
  serviceFeeFen: item(0x86, u16be),
  tierCount: item(0x89, u8),
  tierUsageHex: item(0x84, hexRest),
});
/** The guide prints this order, and the other one for 1010. */
export const feeOrderEndReply = container({ ...common, ok, socketNo, jack });

const feeTier = record({ until: dayTime, electricityFenPerKwh: u16be, serviceFenPerUnit: u16be });
const feeBy = mapped(
  u8,
  (raw) => (raw === 0 ? 'time' : 'energy'),
  (by: 'time' | 'energy') => (by === 'time' ? 0 : 1),
);
export const feeOrder = container({
  ...common,
  socketNo,
  jack,
  on: item(0x13, flag),
  modeCode: item(0x12, u8),
  controlType: item(0x47, u8),
  tagF4: item(0xf4, u8),
  amountFen: item(0x88, u16be),
  serviceFeeBy: item(0x80, feeBy),
  tierCount: item(0x89, u8),
  tiers: item(0x83, listToEnd(feeTier)),
});
export const feeOrderResult = container({ ...common, ok, socketNo, jack, businessNo, errorCode: item(0x97, u8) });

const event = (reason: number, status: number) => together({ reason: item(reason, u8), status: item(status, u8) });
export const faultEvent = container({
  ...common,
  socketNo,
  socketEvent: event(0x54, 0x4b),
  jackEvents: perJack(event(0x55, 0x4c), event(0x56, 0x4d)),
  overVoltageV: item(0x4e, decivolts),
  underVoltageV: item(0x4f, decivolts),
  leakageMa: perJack(item(0x50, u16be), item(0x51, u16be)),
  overTempC: perJack(item(0x52, u8), item(0x53, u8)),
  jackStatus: perJack(item(0x57, u8), item(0x58, u8)),
});
export const faultEventReply = container({ ...common, socketNo, ok });

/** Page §6.7, in the order in which they are written. The first seven are those that the guide lets be set. */
export const PARAMETERS = {
  fullChargeDelayS: item(0x21, u16be),
  nullChargeDelayS: item(0x22, u16be),
  fullChargePowerW: item(0x23, deciwatts),
  nullChargePowerW: item(0x24, deciwatts),
  tempThresholdC: item(0x25, u8),
  powerLimitW: item(0x11, deciwatts),
  maxChargeMin: item(0x59, u16be),
  tricklePct: item(0x60, u8),
  overCurrentA: item(0x10, milliamperes),
  keyBaseAmountFen: item(0x68, u32be),
  antiPulse: item(0x93, u16be),
  param98: item(0x98, u8),
  param99: item(0x99, u8),
  param9a: item(0x9a, u8),
  param9b: item(0x9b, u8),
};
export const WRITABLE_PARAMETERS: readonly string[] = Object.keys(PARAMETERS).slice(0, 7);
export const parametersWrite = container({ ...common, socketNo, params: together(PARAMETERS) });
export const parametersRead = container({ ...common, socketNo });
export const parametersResult = container({ ...common, socketNo, ok });
export const parametersReport = container({ ...common, socketNo, ok, params: together(PARAMETERS) });

/** Not in the guide; seen once after every reconnect. */
export const deviceEvent = container({
  ...common,
  socketNo,
  jack,
  eventTime: item(0x06, packedTime),
  eventCode: item(0x5a, hexBytes(2)),
});
/** A command that no document explains: what every message has. */
export const unknownContainer = container(common);
