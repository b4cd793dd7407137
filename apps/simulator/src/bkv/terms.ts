import type { ChargeTerms, EndCause, Goal, Reading } from '../core/outlets';
import type { Vehicle } from '../core/vehicle';

export interface PowerTier {
  readonly powerW: number;
  readonly priceFen: number;
  readonly minutes: number;
}
export interface DayTier {
  readonly until: string; // HH:MM
  readonly electricityFenPerKwh: number;
  readonly serviceFenPerUnit: number;
}
/** How the device reports and prices an order: page §5. */
export type Bill =
  | { readonly kind: 'plain' }
  | { readonly kind: 'card'; readonly cardNo: string; readonly modeCode: number; readonly tiers: readonly PowerTier[] }
  | { readonly kind: 'tiers'; readonly tiers: readonly PowerTier[] }
  | { readonly kind: 'fee'; readonly by: 'time' | 'energy'; readonly tiers: readonly DayTier[] };

export interface BkvTerms extends ChargeTerms {
  readonly businessNo: number;
  readonly bill: Bill;
}

export const LONGEST_S = 900 * 60;

/** Bits of the status byte, page §4. */
export const STATUS = { online: 0x80, over: 0x20, active: 0x10, noLoad: 0x08, overheat: 0x04 } as const;

/** The status byte of an end report; `fault`: the bits that are set at the jack. */
export function endStatus(cause: EndCause, fault: number | null): number {
  switch (cause) {
    case 'time':
    case 'energy':
    case 'longest':
      return STATUS.online | STATUS.over | STATUS.active;
    case 'full':
    case 'ordered':
    case 'refused':
      return STATUS.online | STATUS.over;
    case 'unplugged':
      return STATUS.online | STATUS.active | STATUS.noLoad;
    case 'fault':
      return STATUS.online | STATUS.active | (fault ?? STATUS.overheat);
  }
}

/** The tier that this power falls into. */
export const tierFor = (tiers: readonly PowerTier[], powerW: number): PowerTier | undefined =>
  tiers.find((tier) => powerW <= tier.powerW) ?? tiers[tiers.length - 1];

/** How long the money lasts at the power that the vehicle draws first. */
export function goalOfTiers(amountFen: number, tiers: readonly PowerTier[], { powerW }: Vehicle): Goal {
  const tier = tierFor(tiers, powerW);
  return tier === undefined
    ? { kind: 'full' }
    : { kind: 'time', seconds: (amountFen * tier.minutes * 60) / tier.priceFen };
}
export function goalOfFees(
  amountFen: number,
  by: 'time' | 'energy',
  [tier]: readonly DayTier[],
  { powerW }: Vehicle,
): Goal {
  if (tier === undefined) return { kind: 'full' };
  const { electricityFenPerKwh, serviceFenPerUnit } = tier;
  const kilowatts = powerW / 1000;
  const fenPerHour = kilowatts * electricityFenPerKwh + (by === 'time' ? 1 : kilowatts) * serviceFenPerUnit;
  return fenPerHour === 0 ? { kind: 'full' } : { kind: 'time', seconds: (amountFen * 3600) / fenPerHour };
}

/** What the device itself says that the order cost. */
export function tierAccount(tiers: readonly PowerTier[], powerW: number, { durationS }: Reading) {
  const used = tierFor(tiers, powerW);
  const minutes = Math.floor(durationS / 60);
  const costFen = used === undefined ? 0 : Math.floor((minutes * used.priceFen) / used.minutes);
  return { costFen, settlePowerW: powerW, tierMinutes: tiers.map((tier) => (tier === used ? minutes : 0)) };
}
export function feeAccount({ by, tiers: [tier] }: Extract<Bill, { kind: 'fee' }>, { durationS, energyWh }: Reading) {
  const units = by === 'time' ? durationS / 3600 : energyWh / 1000;
  return {
    electricityFeeFen: Math.floor(((tier?.electricityFenPerKwh ?? 0) * energyWh) / 1000),
    serviceFeeFen: Math.floor((tier?.serviceFenPerUnit ?? 0) * units),
  };
}
