import type { ChargeTerms, EndCause } from '../core/outlets';

export interface YkcTerms extends ChargeTerms {
  readonly tradeFlag: number; // page §7.7: 1 app, 2 card, 4 offline card, 5 VIN
  readonly vin: string;
  readonly startTime: string; // wall clock of the site
}
export const TRADE_FLAG = { app: 1, card: 2, offline: 4, vin: 5 } as const;
export const NO_TRADE = '0'.repeat(32);
export const NO_CARD = '0'.repeat(16);
export const LONGEST_S = 24 * 3600;

/** Stop reasons of page §7.1. */
const STOP_REASONS: Readonly<Record<EndCause, number>> = {
  time: 0x44,
  energy: 0x42,
  full: 0x41,
  longest: 0x44,
  unplugged: 0x45,
  ordered: 0x40,
  refused: 0x40, // a pile asks before it starts, so as if it had been ordered
  fault: 0x72, // emergency stop, unless the gun's fault is another
};
export const stopReasonOf = (cause: EndCause, fault: number | null): number =>
  cause === 'fault' ? (fault ?? STOP_REASONS.fault) : STOP_REASONS[cause];
