import type { Route } from '@chargebus/api-contract';

/** Kinds of calls with a limit of their own for each tenant; `read`: no other than the tenant's. */
export type RateClass = 'read' | 'write' | 'order' | 'bulk';

const BULK_PATH = /\/(batch|import|export|exports)\b/;

export function rateClassOf(route: Pick<Route, 'method' | 'path' | 'scope' | 'ordersDevice'>): RateClass {
  if (BULK_PATH.test(route.path) || (route.scope === 'batch:control' && route.method !== 'GET')) return 'bulk';
  if (route.ordersDevice) return 'order';
  return route.method === 'GET' ? 'read' : 'write';
}
