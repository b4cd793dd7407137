import { hash53 } from './hash';

/**
 * 31-bit name of an order, for wires that carry a number only (OCPP 2.0.1 `remoteStartId`). It is a function of the
 * order's reference, so that nobody has to remember it; among the few open orders of one device it is unique.
 */
export const orderNumberOf = (orderRef: string): number => hash53(orderRef) % 0x7fff_ffff;
