import type { ProtocolEvent } from '@chargebus/events';
import type { EncodableFields } from '../commands/command-table';
import { answerBytes, arrivalId, NEVER } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import type { BillingModel } from '../options';

const NO_MODEL = '0000';

/** Who has no model, or another than ours, must fetch it. Where we have none, the pile's own is right. */
export const meansBillingCheck: Meaning<'05'> = ({ pileCode, modelNo }, incoming) => {
  const { pile } = incoming;
  const ours = pile.billingModel?.modelNo ?? modelNo;
  const result = modelNo === NO_MODEL || modelNo !== ours ? 1 : 0;
  const bytes = answerBytes(incoming, '06', { pileCode, modelNo, result });
  if (result === 0) pile.settlesAtMs = 0;
  return { facts: [], answer: { when: 'now', bytes } };
};

/** Without a model there is no answer, and the pile does not charge: a person must know. */
export const meansBillingRequest: Meaning<'09'> = ({ pileCode }, incoming) => {
  const model = incoming.pile.billingModel;
  if (model === null) return { facts: missing(incoming), answer: NEVER };
  const bytes = answerBytes(incoming, '0A', billingFields(pileCode, model));
  incoming.pile.settlesAtMs = 0;
  return { facts: [], answer: { when: 'now', bytes } };
};

function missing(incoming: Incoming): ProtocolEvent[] {
  const { deviceId, at, pile } = incoming;
  if (pile.billingGapReported) return [];
  pile.billingGapReported = true;
  const token = 'billing_model_missing';
  const details = { hint: 'the pile has no tariff and does not charge until it is given one' };
  const id = arrivalId(incoming);
  return [{ type: 'device.fault', id, deviceId, at, token, portNo: null, severity: 'warning', latched: true, details }];
}

/** The body of 0x0A and 0x58. Prices are refused, not rounded, when the wire cannot carry them exactly. */
export function billingFields(pileCode: string, model: BillingModel): EncodableFields<'down', '58'> {
  const { modelNo, rates, slots } = model;
  if (!/^\d{4}$/.test(modelNo) || modelNo === NO_MODEL) throw new RangeError('model number is not 0001…9999');
  for (const price of rates.flatMap(({ energyYuan, serviceYuan }) => [energyYuan, serviceYuan]))
    if (Math.abs(price * 100_000 - Math.round(price * 100_000)) > 1e-6)
      throw new RangeError(`price ${price} has more than 5 decimals`);
  if (slots.some((slot) => slot > 3)) throw new RangeError('a slot names one of four rates, 0…3');
  const [sharp, peak, flat, valley] = rates;
  return {
    pileCode,
    modelNo,
    sharpEnergyPrice: sharp.energyYuan,
    sharpServicePrice: sharp.serviceYuan,
    peakEnergyPrice: peak.energyYuan,
    peakServicePrice: peak.serviceYuan,
    flatEnergyPrice: flat.energyYuan,
    flatServicePrice: flat.serviceYuan,
    valleyEnergyPrice: valley.energyYuan,
    valleyServicePrice: valley.serviceYuan,
    lossRatio: 0,
    slots,
  };
}
