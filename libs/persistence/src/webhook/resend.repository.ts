import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import type { DeliveryState } from './delivery-queue.repository';
import { sortableId, sortableIdFloor } from '../sortable-id';

/** Which deliveries of an endpoint are sent again. */
export interface ResendFilter {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly events: readonly string[] | null; // exact names; null: any
  readonly devices: readonly DeviceId[] | null;
  readonly states: readonly DeliveryState[];
}
export interface Resend {
  readonly resendId: string;
  readonly tenantId: TenantId;
  readonly endpointId: string;
  readonly filter: ResendFilter;
  readonly state: 'running' | 'finished';
  readonly total: number;
  readonly scheduled: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = `resend_id AS "resendId", tenant_id AS "tenantId", endpoint_id AS "endpointId", filter, state, total, scheduled,
  created_at AS "createdAt", finished_at AS "finishedAt"`;
const FITS = `endpoint_id = $1 AND delivery_id > $2 AND delivery_id < $3 AND state = ANY ($4) AND event_type <> 'webhook.ping'
  AND ($5::text[] IS NULL OR event_type = ANY ($5)) AND ($6::text[] IS NULL OR device_id = ANY ($6))`;
const paramsOf = (endpointId: string, cursor: string, filter: ResendFilter): unknown[] => [
  endpointId,
  cursor,
  sortableIdFloor('wd', filter.untilMs),
  filter.states,
  filter.events,
  filter.devices,
];
const CHUNK_ROWS = 1_000;

/** Table `webhook.resends`: work in the background over `webhook.deliveries`; written by webhook-dispatcher only. */
export class ResendRepository {
  async insert(tx: Transaction, tenantId: TenantId, endpointId: string, filter: ResendFilter): Promise<Resend> {
    const cursor = sortableIdFloor('wd', filter.sinceMs);
    const { rows } = await tx.query<Resend>(
      `INSERT INTO webhook.resends (resend_id, tenant_id, endpoint_id, filter, cursor, total)
       SELECT $7, $8, $1, $9, $2, (SELECT count(*) FROM webhook.deliveries WHERE ${FITS}) RETURNING ${COLUMNS}`,
      [...paramsOf(endpointId, cursor, filter), sortableId('wr'), tenantId, JSON.stringify(filter)],
    );
    const [made] = rows;
    if (made === undefined) throw new Error('no row came back');
    return made;
  }

  async find(tx: Transaction, endpointId: string, resendId: string): Promise<Resend | null> {
    const { rows } = await tx.query<Resend>(
      `SELECT ${COLUMNS} FROM webhook.resends WHERE endpoint_id = $1 AND resend_id = $2`,
      [endpointId, resendId],
    );
    return rows[0] ?? null;
  }

  /**
   * One bounded step of one resend that nobody works on, taken, done and written in this transaction; null: there is
   * none. A process that dies leaves the step undone.
   */
  async step(tx: Transaction): Promise<Pick<Resend, 'endpointId' | 'state'> | null> {
    const { rows } = await tx.query<Resend & { cursor: string }>(
      `SELECT ${COLUMNS}, cursor FROM webhook.resends WHERE state = 'running'
       ORDER BY resend_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    const [resend] = rows;
    if (resend === undefined) return null;
    const { endpointId, filter } = resend;
    const { rows: again } = await tx.query<{ deliveryId: string }>(
      `UPDATE webhook.deliveries d SET state = 'pending', fresh = false, due_at = now(), tries = 0, claim_no = claim_no + 1,
         finished_at = NULL
       FROM (SELECT delivery_id FROM webhook.deliveries WHERE ${FITS} ORDER BY delivery_id
             LIMIT ${CHUNK_ROWS.toString()} FOR UPDATE) w
       WHERE d.delivery_id = w.delivery_id RETURNING d.delivery_id AS "deliveryId"`,
      paramsOf(endpointId, resend.cursor, filter),
    );
    const cursor = again.reduce((last, { deliveryId }) => (deliveryId > last ? deliveryId : last), resend.cursor);
    const state = again.length < CHUNK_ROWS ? 'finished' : 'running';
    await tx.query(
      `UPDATE webhook.resends SET scheduled = scheduled + $2, cursor = $3, state = $4,
         finished_at = CASE $4 WHEN 'finished' THEN now() END WHERE resend_id = $1`,
      [resend.resendId, again.length, cursor, state],
    );
    return { endpointId, state };
  }
}
