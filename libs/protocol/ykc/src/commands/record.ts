import { layout, u8 } from '@chargebus/protocol-core';
import type { PayloadCodec } from '@chargebus/protocol-core';
import { amount, card, cp56, gun, kilowattHours, meter4, meter5, pileCode, price, text, tradeNo } from '../fields';

const beforeMeters = {
  tradeNo,
  pileCode,
  gun,
  startTime: cp56,
  endTime: cp56,
  sharpPrice: price,
  sharpKwh: kilowattHours,
  sharpLossKwh: kilowattHours,
  sharpAmount: amount,
  peakPrice: price,
  peakKwh: kilowattHours,
  peakLossKwh: kilowattHours,
  peakAmount: amount,
  flatPrice: price,
  flatKwh: kilowattHours,
  flatLossKwh: kilowattHours,
  flatAmount: amount,
  valleyPrice: price,
  valleyKwh: kilowattHours,
  valleyLossKwh: kilowattHours,
  valleyAmount: amount,
};
const deepValley = {
  deepValleyPrice: price,
  deepValleyKwh: kilowattHours,
  deepValleyLossKwh: kilowattHours,
  deepValleyAmount: amount,
};
const afterMeters = {
  totalKwh: kilowattHours,
  totalLossKwh: kilowattHours,
  totalAmount: amount,
  vin: text(17), // forward, unlike 0x31
  tradeFlag: u8,
  tradeTime: cp56,
  stopReason: u8,
  physicalCard: card,
};
const meters = { meterStartKwh: meter5, meterEndKwh: meter5 };
const standard = layout('§6.25', { ...beforeMeters, ...meters, ...afterMeters });
const shortMeters = layout('§8.2, 156 bytes', {
  ...beforeMeters,
  meterStartKwh: meter4,
  meterEndKwh: meter4,
  ...afterMeters,
});
const fiveRates = layout('§8.2, 174 bytes', { ...beforeMeters, ...deepValley, ...meters, ...afterMeters });

const SHORT_METERS_BYTES = 156;
const FIVE_RATES_BYTES = 174;
type Deep = { readonly [K in keyof typeof deepValley]?: number };
type Record3B = NonNullable<ReturnType<typeof standard.decode>> & Deep;

/** §8.2: three layouts are in the field, told apart by length alone. */
export const transactionRecord: PayloadCodec<Record3B> = {
  decode: (bytes, from, to) => {
    const size = to - from;
    if (size === SHORT_METERS_BYTES) return shortMeters.decode(bytes, from, to);
    return (size >= FIVE_RATES_BYTES ? fiveRates : standard).decode(bytes, from, to);
  },
  encode: (values) => {
    const { deepValleyPrice, deepValleyKwh, deepValleyLossKwh, deepValleyAmount } = values;
    if (deepValleyPrice === undefined) return standard.encode(values);
    const deep = {
      deepValleyPrice,
      deepValleyKwh: deepValleyKwh ?? 0,
      deepValleyLossKwh: deepValleyLossKwh ?? 0,
      deepValleyAmount: deepValleyAmount ?? 0,
    };
    return fiveRates.encode({ ...values, ...deep });
  },
};
export const transactionConfirm = layout('§6.26', { tradeNo, result: u8 }); // 0 received; the only frame without a pile code
