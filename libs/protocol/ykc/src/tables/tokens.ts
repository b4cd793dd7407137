/** `unknown_7F`: a code that no table explains keeps its number. */
export const hexToken = (prefix: string, code: number): string =>
  `${prefix}_${code.toString(16).toUpperCase().padStart(2, '0')}`;

const tokenOf =
  (tokens: Readonly<Record<number, string>>, prefix: string) =>
  (code: number): string =>
    tokens[code] ?? hexToken(prefix, code);

/** Page §7.4; 6 of one AC firmware. */
export const NOT_PLUGGED = 5;
export const GUN_CHARGING = 2;
export const startFailureOf = tokenOf(
  {
    0: 'failed',
    1: 'wrong_pile_code',
    2: 'port_busy',
    3: 'device_fault',
    4: 'device_offline',
    5: 'not_plugged',
    6: 'billing_model',
  },
  'failed',
);
/** §7.5. */
export const NOT_CHARGING = 2;
export const stopFailureOf = tokenOf({ 0: 'failed', 1: 'wrong_pile_code', 2: 'same_state', 3: 'other' }, 'failed');
/** §6.29. */
export const cardFailureOf = tokenOf({ 0: 'failed', 1: 'card_number_format', 2: 'storage_full' }, 'failed');
/** §6.27. */
export const balanceFailureOf = tokenOf({ 1: 'wrong_pile_code', 2: 'wrong_card' }, 'failed');
/** §6.46. */
export const firmwareFailureOf = tokenOf({ 1: 'wrong_pile_code', 2: 'wrong_model', 3: 'download_timeout' }, 'failed');

/** §7.7. */
export type Source = 'platform' | 'card' | 'plug' | 'unknown';
const SOURCES: Readonly<Record<number, Source>> = { 1: 'platform', 2: 'card', 4: 'card', 5: 'plug' };
export const sourceOf = (tradeFlag: number): Source => SOURCES[tradeFlag] ?? 'unknown';

/** §7.3, for what the platform can decide. */
export const REFUSAL_OF = {
  accepted: 0,
  unknown_card: 1,
  insufficient_balance: 3,
  expired: 2,
  blocked: 2,
  device_not_registered: 6,
  port_fault: 5,
} as const;
export const OUT_OF_SERVICE = 5;
/** A reply that only says no. */
export const hexTokenOfResult = (code: number): string => hexToken('failed', code);
