import type { TenantId } from '@chargebus/domain';
import { keepDays } from '../daily-partitions';
import type { Statements, Transaction } from '../database';
import type { AttemptRecord, DeliveryState } from './delivery-queue.repository';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import { sortableIdFloor } from '../sortable-id';

export interface DeliveryRow {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly nextAttemptAt: Date | null; // null: there will be none
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
export interface Delivery extends DeliveryRow {
  readonly attempts: readonly AttemptRecord[];
}
export interface DeliveryFilter {
  readonly endpointId: string;
  readonly state: DeliveryState | null;
  readonly eventType: string | null;
}

export interface DeliveryStatistics {
  readonly succeededFirst: number;
  readonly succeededRetry: number;
  readonly pending: number;
  readonly dead: number;
  readonly cancelled: number;
  readonly superseded: number;
  readonly ageS: Readonly<Record<'p50' | 'p95' | 'p99', number | null>>; // null: nothing succeeded
}

const COLUMNS = `delivery_id AS "deliveryId", endpoint_id AS "endpointId", event_id AS "eventId", event_type AS "eventType", state,
  CASE state WHEN 'pending' THEN due_at END AS "nextAttemptAt", created_at AS "createdAt", finished_at AS "finishedAt"`;
/** What makes a delivery wait for an attempt now, with a new schedule; an attempt under way no longer counts for it. */
const AGAIN = `state = 'pending', fresh = false, due_at = now(), tries = 0, claim_no = claim_no + 1, finished_at = NULL`;
/** A total is exact up to here: beyond it no offset reaches. */
const COUNTED_ROWS = 100_000;
const CHUNK_ROWS = 5_000;
const CLOCK_SKEW_MS = 60_000;

/** Tables `webhook.deliveries` and `webhook.attempts` as people read them; who may see a row is settled by the scope. */
export class DeliveryLogRepository {
  async page(tx: Transaction, filter: DeliveryFilter, request: PageRequest): Promise<PageResult<Delivery>> {
    const found = await page(tx, {
      request,
      from: 'webhook.deliveries',
      countUpTo: COUNTED_ROWS,
      select: COLUMNS,
      conditions: ['endpoint_id = $1', '($2::text IS NULL OR state = $2)', '($3::text IS NULL OR event_type = $3)'],
      params: [filter.endpointId, filter.state, filter.eventType],
      tieBreak: 'delivery_id',
      read: (row: DeliveryRow) => row,
    });
    return { ...found, items: await this.withAttempts(tx, found.items) };
  }

  async find(tx: Transaction, endpointId: string, deliveryId: string): Promise<Delivery | null> {
    const { rows } = await tx.query<DeliveryRow>(
      `SELECT ${COLUMNS} FROM webhook.deliveries WHERE endpoint_id = $1 AND delivery_id = $2`,
      [endpointId, deliveryId],
    );
    return (await this.withAttempts(tx, rows))[0] ?? null;
  }

  private async withAttempts(tx: Transaction, rows: readonly DeliveryRow[]): Promise<Delivery[]> {
    if (rows.length === 0) return [];
    const oldestMs = Math.min(...rows.map((row) => row.createdAt.getTime()));
    const { rows: attempts } = await tx.query<AttemptRecord & { deliveryId: string }>(
      `SELECT delivery_id AS "deliveryId", attempt_no AS "attemptNo", at, status, error, duration_ms AS "durationMs",
         response_excerpt AS "responseExcerpt"
       FROM webhook.attempts WHERE delivery_id = ANY ($1) AND at >= $2 ORDER BY delivery_id, attempt_no, at`,
      [rows.map((row) => row.deliveryId), new Date(oldestMs - CLOCK_SKEW_MS)], // the time spares the older partitions
    );
    return rows.map((row) => ({
      ...row,
      attempts: attempts.filter(({ deliveryId }) => deliveryId === row.deliveryId),
    }));
  }

  /** False: there is no such delivery. */
  async resend(tx: Transaction, endpointId: string, deliveryId: string): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE webhook.deliveries SET ${AGAIN} WHERE endpoint_id = $1 AND delivery_id = $2`,
      [endpointId, deliveryId],
    );
    return count === 1;
  }

  /**
   * Sends a bounded number of deliveries again: those behind `cursor`, or recorded since `sinceMs` when it is null.
   * Those that wait already keep waiting. `cursor` in the answer is null when there are no more.
   */
  async resendSince(
    tx: Transaction,
    request: { endpointId: string; sinceMs: number; failedOnly: boolean; cursor: string | null },
  ): Promise<{ scheduled: number; cursor: string | null }> {
    const { rows } = await tx.query<{ deliveryId: string }>(
      `UPDATE webhook.deliveries d SET ${AGAIN}
       FROM (SELECT endpoint_id, delivery_id FROM webhook.deliveries
             WHERE endpoint_id = $1 AND delivery_id > $2 AND state = ANY ($3) AND event_type <> 'webhook.ping'
             ORDER BY delivery_id LIMIT ${CHUNK_ROWS.toString()} FOR UPDATE) w
       WHERE d.endpoint_id = w.endpoint_id AND d.delivery_id = w.delivery_id RETURNING d.delivery_id AS "deliveryId"`,
      [
        request.endpointId,
        request.cursor ?? sortableIdFloor('wd', request.sinceMs),
        request.failedOnly ? ['dead', 'cancelled'] : ['dead', 'cancelled', 'succeeded'],
      ],
    );
    const last =
      rows
        .map(({ deliveryId }) => deliveryId)
        .sort()
        .at(-1) ?? null;
    return { scheduled: rows.length, cursor: rows.length < CHUNK_ROWS ? null : last };
  }

  /** Of what was recorded since `sinceMs`, the newest rows up to a bound. Ages: from recording to success, in seconds. */
  async statistics(tx: Transaction, endpointId: string, sinceMs: number): Promise<DeliveryStatistics> {
    const { rows } = await tx.query<Omit<DeliveryStatistics, 'ageS'> & { ages: number[] | null }>(
      `SELECT count(*) FILTER (WHERE state = 'succeeded' AND attempts = 1)::int AS "succeededFirst",
         count(*) FILTER (WHERE state = 'succeeded' AND attempts > 1)::int AS "succeededRetry",
         count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*) FILTER (WHERE state = 'dead')::int AS dead,
         count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
         count(*) FILTER (WHERE state = 'superseded')::int AS superseded,
         percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at))
           FILTER (WHERE state = 'succeeded') AS ages
       FROM (SELECT state, attempts, created_at, finished_at FROM webhook.deliveries
             WHERE endpoint_id = $1 AND delivery_id > $2 AND event_type <> 'webhook.ping'
             ORDER BY delivery_id DESC LIMIT ${COUNTED_ROWS.toString()}) recent`,
      [endpointId, sortableIdFloor('wd', sinceMs)],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('an aggregate has one row');
    const { ages, ...counts } = row;
    const [p50, p95, p99] = ages ?? [];
    return { ...counts, ageS: { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null } };
  }

  /** Who may have deliveries. */
  async tenants(tx: Statements): Promise<readonly TenantId[]> {
    const { rows } = await tx.query<{ tenantId: TenantId }>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM webhook.endpoints',
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  /** Before the first attempt of a process, so that none is written into a day without a partition. */
  prepareDays(tx: Transaction): Promise<void> {
    return keepDays(tx, 'webhook', 'attempts');
  }

  /** Removes a bounded number of finished deliveries per endpoint that are older than `beforeMs`, and all of deleted endpoints. */
  async removeOld(tx: Transaction, beforeMs: number): Promise<number> {
    const { count } = await tx.query(
      `DELETE FROM webhook.deliveries d USING webhook.endpoints e CROSS JOIN LATERAL (
         SELECT delivery_id FROM webhook.deliveries
         WHERE endpoint_id = e.endpoint_id AND delivery_id < CASE WHEN e.deleted_at IS NULL THEN $1 ELSE 'wd_~' END
           AND (state <> 'pending' OR e.deleted_at IS NOT NULL) LIMIT ${CHUNK_ROWS.toString()}
       ) old WHERE d.endpoint_id = e.endpoint_id AND d.delivery_id = old.delivery_id`,
      [sortableIdFloor('wd', beforeMs)],
    );
    await tx.query(
      `DELETE FROM webhook.endpoints e WHERE deleted_at IS NOT NULL
         AND NOT EXISTS (SELECT FROM webhook.deliveries d WHERE d.endpoint_id = e.endpoint_id)`,
    );
    return count;
  }
}
