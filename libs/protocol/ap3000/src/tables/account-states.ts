import type { QuestionReply } from '@chargebus/protocol-core';

/** Page §7.6. */
export const ACCOUNT_STATE = {
  normal: 0x00,
  notRegistered: 0x01,
  bindCard: 0x02,
  unbindCard: 0x03,
  monthlyRepeated: 0x04,
  monthlyUsesExceeded: 0x05,
  insufficientBalance: 0x06,
  monthlyExpired: 0x07,
  portFault: 0x08,
  wipeStoredValue: 0x09,
  monthlyTimeExceeded: 0x0a,
  otherOperator: 0x0b,
  deviceNotRegistered: 0x0c,
  buyMonthlyPass: 0x0d,
  crossAreaInsufficientBalance: 0x0e,
  monthlyOnly: 0x0f,
  monthlyOnlyCrossArea: 0x10,
  temporaryOnly: 0x11,
  temporaryOnlyCrossArea: 0x12,
} as const;

/** What the device is told; there is no state for a blocked card, "not registered" is the nearest that refuses. */
export const ACCOUNT_STATE_OF: Readonly<Record<QuestionReply['decision'], number>> = {
  accepted: ACCOUNT_STATE.normal,
  unknown_card: ACCOUNT_STATE.notRegistered,
  blocked: ACCOUNT_STATE.notRegistered,
  insufficient_balance: ACCOUNT_STATE.insufficientBalance,
  expired: ACCOUNT_STATE.monthlyExpired,
  port_fault: ACCOUNT_STATE.portFault,
  device_not_registered: ACCOUNT_STATE.deviceNotRegistered,
};

/** Above it a device speaks a date instead of a balance (page §10, 0x82). */
export const MAX_SPOKEN_FEN = 100_000_000;

/** Page §7.4. */
export const RATE_MODE: Readonly<Record<QuestionReply['rateMode'], number>> = {
  time: 0,
  monthly: 1,
  energy: 2,
  per_charge: 3,
};
