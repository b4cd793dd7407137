import { hash53 } from './hash';

/**
 * 31-bit name of an order, for wires that carry a number only (OCPP 2.0.1 `remoteStartId`). It is a function of the
 * order's reference, so that nobody has to remember it; among the few open orders of one device it is unique.
 */
export const orderNumberOf = (orderRef: string): number => hash53(orderRef) % 0x7fff_ffff;

const TAG = /^CB[0-9A-Z]{11}$/;
/**
 * One-time card number of an order, for wires that name a charge by a card of at most 20 characters (OCPP 1.6 `idTag`):
 * 53 bits in 13 letters and digits, a function of the order's reference like its number.
 */
export const orderTagOf = (orderRef: string): string =>
  `CB${hash53(`tag:${orderRef}`).toString(36).toUpperCase().padStart(11, '0')}`;
/** Whether a card number looks like one of those. Card numbers are compared without regard to case. */
export const isOrderTag = (cardId: string): boolean => TAG.test(cardId.toUpperCase());

/** Whether this token was made for this order: its reference, or its tag. */
export const isTokenOf = (orderRef: string, cardId: string): boolean =>
  cardId === orderRef || (isOrderTag(cardId) && cardId.toUpperCase() === orderTagOf(orderRef));
