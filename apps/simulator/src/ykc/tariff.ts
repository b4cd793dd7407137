import type { Reading } from '../core/outlets';

/** The billing model as the pile keeps it: page §6.8. */
export interface Tariff {
  readonly modelNo: string;
  /** Sharp, peak, flat, valley; yuan/kWh, energy and service together. */
  readonly prices: readonly [number, number, number, number];
  readonly slots: readonly number[]; // by half hour of the local day: which price
}
export const FLAT_TARIFF = (modelNo: string): Tariff => ({
  modelNo,
  prices: [1.6, 1.4, 1.1, 0.8],
  slots: new Array<number>(48).fill(2),
});

export function tariffOf(fields: Readonly<Record<string, unknown>>): Tariff {
  const priceOf = (rate: string): number =>
    Number(fields[`${rate}EnergyPrice`]) + Number(fields[`${rate}ServicePrice`]);
  return {
    modelNo: String(fields.modelNo),
    prices: [priceOf('sharp'), priceOf('peak'), priceOf('flat'), priceOf('valley')],
    slots: fields.slots as readonly number[],
  };
}

const RATES = ['sharp', 'peak', 'flat', 'valley'] as const;
const round = (value: number, scale: number): number => Math.round(value * scale) / scale;

/**
 * Prices and energies of a record. Everything flows at the rate of the half hour in which the charge began: what piles
 * split over rates is their own business, and the sum is what counts.
 */
export function account({ prices, slots }: Tariff, { energyWh }: Reading, startTime: string) {
  const [hour = 0, minute = 0] = startTime.slice(11, 16).split(':').map(Number);
  const used = slots[hour * 2 + (minute >= 30 ? 1 : 0)] ?? 2;
  const kwh = round(energyWh / 1000, 10_000);
  const fields: Record<string, number> = {};
  RATES.forEach((rate, index) => {
    const share = index === used ? kwh : 0;
    const price = prices[index] ?? 0;
    Object.assign(fields, {
      [`${rate}Price`]: round(price, 100_000),
      [`${rate}Kwh`]: share,
      [`${rate}LossKwh`]: share,
      [`${rate}Amount`]: Math.floor(share * price * 10_000 + 1e-6) / 10_000, // cut off, as live piles do
    });
  });
  const totalAmount = Math.floor(kwh * (prices[used] ?? 0) * 10_000 + 1e-6) / 10_000;
  return { ...fields, totalKwh: kwh, totalLossKwh: kwh, totalAmount };
}
