import { layout, u16le, u32le, u8 } from '@chargebus/protocol-core';
import type { DecodedBy, PayloadCodec } from '@chargebus/protocol-core';
import { orderId, watts } from '../fields';

/** Start or stop charging 0x82 ↓. Known lengths: 25, 29, 30, 37, 38. */
export const chargeControl = layout(
  'AP3000 §10 0x82',
  {
    rateMode: u8, // §7.4
    balanceOrExpiry: u32le, // only spoken; above 100 000 000 it is spoken as a timestamp
    port: u8, // FF: the device chooses
    action: u8, // 1 start, 0 stop
    quota: u16le, // seconds, or 0.01 kWh in rate mode 2; 0: until full
    orderHex: orderId,
  },
  {
    maxChargeS: u16le, // this order only; 0: keep the device's setting
    overloadPowerW: watts, // this order only; 0: keep
    qrLight: u8, // 0 on, 1 off, until the next plug-in
    longCharge: u8, // 1: no cut-off after the trickle phase
    extraFloatS: u16le, // FFFF: no trickle phase
    shortCircuitCheck: u8, // 2 checks; 0 and 1 do not
    ignoreUnplug: u8,
    forceFullStop: u8, // 1: stop when full even with a quota
    fullPowerW: u8, // whole watts; 0 or FF: off
    fullPowerMaxMin: u8, // minutes that the rule before may extend the charge
  },
);

const chargeReplyFull = layout(
  'AP3000 §10 0x82',
  { result: u8 }, // §7.5
  {
    orderHex: orderId, // echo; zeros were seen with result 2
    port: u8,
    waitingPortsMask: u16le, // with result 5: bit i is wire port i
  },
);
const chargeReplyShort = layout('AP3000 §10 0x82', { result: u8, port: u8 });

/** Reply to 0x82 ↑. Two bytes are result and port (field report); every other length begins with the result. */
export const chargeReply: PayloadCodec<DecodedBy<typeof chargeReplyFull>> = {
  decode: (bytes, from, to) => (to - from === 2 ? chargeReplyShort : chargeReplyFull).decode(bytes, from, to),
  encode: (values) =>
    values.port !== undefined && values.orderHex === undefined
      ? chargeReplyShort.encode({ result: values.result, port: values.port })
      : chargeReplyFull.encode(values),
};

/** Change the target of a running charge 0x8A ↓. The quota is the total since the start. */
export const chargeModify = layout('AP3000 §10 0x8A', {
  mode: u8, // 0 seconds, 1 seconds and stop when full, 2 0.01 kWh
  port: u8,
  quota: u16le,
});
