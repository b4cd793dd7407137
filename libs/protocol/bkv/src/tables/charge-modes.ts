export type ChargeMode = 'time' | 'energy' | 'power' | 'fee' | 'unknown';

/** Orders by 0x07 and card orders by 0x0B and 0x0C count their modes differently: page §5. */
const ORDER_MODES: Readonly<Record<number, ChargeMode>> = { 0: 'energy', 1: 'time' };
const CARD_MODES: Readonly<Record<number, ChargeMode>> = { 1: 'time', 2: 'energy', 3: 'power' };

export const orderModeOf = (code: number): ChargeMode => ORDER_MODES[code] ?? 'unknown';
export const cardModeOf = (code: number): ChargeMode => CARD_MODES[code] ?? 'unknown';
export const ORDER_MODE_CODE = { energy: 0, time: 1 } as const;
export const CARD_MODE_CODE = { time: 1, energy: 2, power: 3 } as const;
export const SERVICE_FEE_MODE_CODE = 4;
