import { timeRangeOf } from '@chargebus/api-contract';
import type { getDeviceAlarms, getDeviceLogs, getDeviceSessions, InputOf } from '@chargebus/api-contract';
import { OrderNumbersDiffer } from '@chargebus/errors';
import { SessionState } from '@chargebus/requests';
import type { ListAlarms, ListCommands, ListSessions, RequestOf } from '@chargebus/requests';
import { STATUS_OF } from '../charge/charge.view';

type QueryOf<D> = Omit<InputOf<D>['query'], 'page' | 'size' | 'limit' | 'offset' | 'cursor' | 'sort' | 'order'>;

/** What a query says about alarms, as `session` is asked; the device comes from the path. */
export function alarmFilter(
  query: QueryOf<typeof getDeviceAlarms>,
): Omit<RequestOf<typeof ListAlarms>, 'tenantId' | 'within' | 'deviceId' | 'page'> {
  const { from, to } = timeRangeOf(query, Date.now());
  return {
    portNo: query.port_no ?? null,
    severity: query.level ?? query.severity ?? null,
    active: query.status === undefined ? null : query.status === 'active',
    alarmType: query.type ?? null,
    from,
    until: to,
  };
}

export function commandFilter(
  query: QueryOf<typeof getDeviceLogs>,
): Pick<RequestOf<typeof ListCommands>, 'status' | 'kind' | 'sessionId' | 'text' | 'from' | 'until'> {
  const { from, to } = timeRangeOf(query, Date.now());
  return {
    status: query.status ?? null,
    kind: query.action ?? null,
    sessionId: query.session_id ?? null,
    text: query.q ?? null,
    from,
    until: to,
  };
}

/** Throws ORDER_NUMBERS_DIFFER. */
export function sessionFilter(
  query: QueryOf<typeof getDeviceSessions>,
): Pick<RequestOf<typeof ListSessions>, 'orderNo' | 'state' | 'states' | 'portNo' | 'userId' | 'from' | 'until'> {
  const { from, to } = timeRangeOf(query, Date.now());
  const { third_party_order_no: theirs, order_no: other, status } = query;
  if (theirs !== undefined && other !== undefined && theirs !== other) throw new OrderNumbersDiffer();
  return {
    orderNo: theirs ?? other ?? null,
    state: query.detail_status ?? null,
    states: status === undefined ? null : SessionState.options.filter((state) => STATUS_OF[state] === status),
    portNo: query.port_no ?? null,
    userId: query.third_party_user_id ?? null,
    from,
    until: to,
  };
}
