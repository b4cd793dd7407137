import type { IdToken } from '../messages';

/** References of the platform's orders are 32 decimal digits; each goes out as the one-time token of its start. */
const ORDER_REF = /^\d{32}$/;
export const isOrderToken = ({ idToken, type }: IdToken): boolean => type === 'Central' && ORDER_REF.test(idToken);
/** Started without anybody to ask: a button, free charging. */
export const isFree = ({ type }: IdToken): boolean => type === 'NoAuthorization';
export const orderToken = (orderRef: string): IdToken => ({ idToken: orderRef, type: 'Central' });
