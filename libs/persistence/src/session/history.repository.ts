import type { ChargingSession, ClientId, DeviceId, MeterSample, SessionState, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant } from '../scope';
import { page } from './paging';
import type { PageRequest, PageResult } from './paging';
import { sessionRows } from './tables';

export interface SessionFilter {
  readonly deviceId: DeviceId | null;
  readonly orderNo: string | null;
  readonly state: SessionState | null;
}
export interface PastSession {
  readonly session: ChargingSession;
  readonly sample: MeterSample | null;
}

const SORTS = { created_at: 's.created_at', start_time: 's.start_time', end_time: 's.end_time' } as const;

/** Sessions as their tenant looks them up: by order, by device, by time. Reads only. */
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  /** The session of an order number or idempotency key of this client; null: there is none. */
  async findOrder(
    tenantId: TenantId,
    clientId: ClientId,
    key: { readonly orderNo: string | null; readonly idempotencyKey: string | null },
  ): Promise<ChargingSession | null> {
    if (key.orderNo === null && key.idempotencyKey === null) return null;
    const { rows } = await this.database.query(
      forTenant(tenantId),
      `SELECT ${sessionRows.select('s')} FROM session.charging_sessions s
       WHERE s.tenant_id = $1 AND s.client_id = $2 AND (s.third_party_order_no = $3 OR s.idempotency_key = $4)
       ORDER BY (s.third_party_order_no IS NOT DISTINCT FROM $3) DESC LIMIT 1`,
      [tenantId, clientId, key.orderNo, key.idempotencyKey],
    );
    return rows[0] === undefined ? null : sessionRows.fromRow(rows[0]);
  }

  async list(tenantId: TenantId, filter: SessionFilter, request: PageRequest): Promise<PageResult<PastSession>> {
    const conditions: string[] = ['s.tenant_id = $1'];
    const params: unknown[] = [tenantId];
    const where = (column: string, value: unknown): void => {
      if (value === null) return;
      params.push(value);
      conditions.push(`${column} = $${params.length.toString()}`);
    };
    where('s.device_id', filter.deviceId);
    where('s.third_party_order_no', filter.orderNo);
    where('s.status', filter.state);
    return this.database.transaction(forTenant(tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.charging_sessions s',
        select: sessionRows.select('s'),
        conditions,
        params,
        sorts: SORTS,
        defaultSort: 's.created_at',
        tieBreak: 's.session_id',
        read: (row) => {
          const session = sessionRows.fromRow(row);
          return { session, sample: session.realtimeData };
        },
      }),
    );
  }
}
