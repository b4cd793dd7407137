import { hexBytes, layout, u8 } from '@chargebus/protocol-core';
import { listOfExactly, pileCode, price } from '../fields';

const modelNo = hexBytes(2);
export const billingCheck = layout('§6.5', { pileCode, modelNo });
export const billingCheckReply = layout('§6.6', { pileCode, modelNo, result: u8 });
export const billingRequest = layout('§6.7', { pileCode });
/** 0x0A and 0x58. Slot i covers the half hour i of the local day: 0 sharp, 1 peak, 2 flat, 3 valley. */
export const billingModel = layout('§6.8', {
  pileCode,
  modelNo,
  sharpEnergyPrice: price,
  sharpServicePrice: price,
  peakEnergyPrice: price,
  peakServicePrice: price,
  flatEnergyPrice: price,
  flatServicePrice: price,
  valleyEnergyPrice: price,
  valleyServicePrice: price,
  lossRatio: u8,
  slots: listOfExactly(48, u8),
});
