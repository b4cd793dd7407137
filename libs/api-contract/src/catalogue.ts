import { chargeStatus, startCharge, stopCharge } from './charge.routes';
import type { Route } from './define-route';

/** Every endpoint of the documents, in their order. */
export const ROUTES: readonly Route[] = [startCharge, stopCharge, chargeStatus] as readonly Route[];
