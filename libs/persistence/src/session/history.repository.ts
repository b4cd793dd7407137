import type {
  ChargingSession,
  ClientId,
  DeviceFilter,
  DeviceId,
  MeterSample,
  SessionState,
  TenantId,
} from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';
import { filteredGroups, groupsNamed, rowsWithin, Where } from './device-where';
import type { Viewer } from './device-where';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import { sessionRows } from './tables';

export interface SessionFilter {
  readonly deviceId: DeviceId | null;
  readonly devices?: DeviceFilter | null | undefined;
  readonly orderNo: string | null;
  readonly state: SessionState | null;
  readonly states?: readonly SessionState[] | null | undefined; // one of these
  readonly portNo?: number | null | undefined;
  readonly userId?: string | null | undefined;
  readonly from?: string | null | undefined; // RFC 3339; of creation
  readonly until?: string | null | undefined; // excluded
}
export interface OrderKey {
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
  readonly orderNo: string | null;
  readonly idempotencyKey: string | null;
}
export interface PastSession {
  readonly session: ChargingSession;
  readonly sample: MeterSample | null;
}

const SORTS = { created_at: 's.created_at', start_time: 's.start_time', end_time: 's.end_time' } as const;

/** Sessions as their tenant looks them up: by order, by device, by time. Reads only. */
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  /** Per key the session of that order number or idempotency key of the client; null where there is none. One query. */
  async findOrders(keys: readonly OrderKey[]): Promise<readonly (ChargingSession | null)[]> {
    const tenants = [...new Set(keys.map(({ tenantId }) => tenantId))];
    if (tenants.length === 0) return [];
    const { rows } = await this.database.query<Record<string, unknown> & { place: number }>(
      forTenants(tenants),
      `SELECT k.place::int, ${sessionRows.select('s')}
       FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY k (client, order_no, key, place)
       JOIN LATERAL (
         SELECT * FROM session.charging_sessions o WHERE o.client_id = k.client AND o.third_party_order_no = k.order_no
         UNION ALL
         SELECT * FROM session.charging_sessions o WHERE o.client_id = k.client AND o.idempotency_key = k.key
         LIMIT 1) s ON true`,
      [keys.map((key) => key.clientId), keys.map((key) => key.orderNo), keys.map((key) => key.idempotencyKey)],
      'sessions_of_orders',
    );
    const found = new Map(rows.map((row) => [row.place, sessionRows.fromRow(row)]));
    return keys.map((_, index) => found.get(index + 1) ?? null);
  }

  async list(viewer: Viewer, filter: SessionFilter, request: PageRequest): Promise<PageResult<PastSession>> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const where = new Where([viewer.tenantId]);
      where.conditions.push('s.tenant_id = $1');
      const devices = filter.devices ?? null;
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(devices, viewer));
      const limit = rowsWithin(where, 's.device_id', viewer, filtered, devices);
      if (limit !== null) where.conditions.push(limit);
      where.add((n) => `s.device_id = ${n}`, filter.deviceId);
      where.add((n) => `s.third_party_order_no = ${n}`, filter.orderNo);
      where.add((n) => `s.status = ${n}`, filter.state);
      where.add((n) => `s.status = ANY (${n})`, filter.states);
      where.add((n) => `s.port_no = ${n}`, filter.portNo);
      where.add((n) => `s.third_party_user_id = ${n}`, filter.userId);
      where.add((n) => `s.created_at >= ${n}`, filter.from);
      where.add((n) => `s.created_at < ${n}`, filter.until);
      return page(tx, {
        request,
        from: 'session.charging_sessions s',
        select: sessionRows.select('s'),
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: 's.created_at',
        tieBreak: 's.session_id',
        read: (row) => {
          const session = sessionRows.fromRow(row);
          return { session, sample: session.realtimeData };
        },
      });
    });
  }
}
