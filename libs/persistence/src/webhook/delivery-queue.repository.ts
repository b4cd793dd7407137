import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Statements, Transaction } from '../database';
import type { SignatureKind } from './endpoint.repository';
import { sortableId } from '../sortable-id';

/** superseded: a newer one of its kind was enough, because the endpoint was behind. */
export type DeliveryState = 'pending' | 'succeeded' | 'dead' | 'cancelled' | 'superseded';
/** fresh: never attempted. retry: all others. Each has its own places at an endpoint, so neither waits for the other. */
export type LaneName = 'fresh' | 'retry';

export interface NewDelivery {
  readonly endpointId: string;
  readonly tenantId: TenantId;
  readonly eventId: string;
  readonly eventType: string;
  readonly deviceId: DeviceId | null;
  readonly occurredAt: string;
  readonly body: string;
  readonly priority: number; // 0 passes what waits, 2 lets everything pass
  readonly coalesceKey: string | null; // of several that wait with the same one, only the newest is of use
  readonly state: 'pending' | 'cancelled'; // cancelled: the endpoint is disabled; kept for a resend
  readonly taken: boolean; // by the process that writes it, which sends it at once
}
export interface Occupancy {
  readonly taken: number;
  readonly room: number; // in all, for what is taken and what is not
}
export interface ClaimRequest {
  readonly lane: LaneName;
  readonly endpointIds: readonly string[] | null; // null: look at all
  readonly busy: ReadonlyMap<string, Occupancy>; // by endpoint, in this lane and process; not there: nothing is taken
  readonly room: number; // at an endpoint that is not there
  readonly max: number;
  readonly leaseMs: number;
}
/** One delivery taken by this process, with all that an attempt needs. */
export interface ClaimedDelivery {
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly tenantId: TenantId;
  readonly eventId: string;
  readonly eventType: string;
  readonly deviceId: DeviceId | null;
  readonly occurredAt: Date;
  readonly body: string;
  readonly claimNo: number;
  readonly attempts: number;
  readonly tries: number;
  readonly priority: number;
  readonly url: string;
  readonly signature: SignatureKind;
  readonly secretSealed: string;
  readonly previousSecretSealed: string | null; // null: only one secret signs now
  readonly ed25519Sealed: string | null;
  readonly previousEd25519Sealed: string | null;
  readonly headersSealed: string | null;
  readonly timeoutS: number | null; // null: the installation's
  readonly retryCount: number | null; // null: the whole schedule
  readonly endpointFailures: number; // consecutive, when it was taken
}
export type ClaimRef = Pick<ClaimedDelivery, 'endpointId' | 'deliveryId' | 'claimNo'>;

export interface AttemptRecord {
  readonly attemptNo: number;
  readonly at: Date;
  readonly status: number | null; // HTTP; null: no answer
  readonly error: string | null;
  readonly durationMs: number;
  readonly responseExcerpt: string | null;
}
export interface DeliveryResult {
  readonly claim: ClaimedDelivery;
  readonly attempt: AttemptRecord;
  readonly state: 'pending' | 'succeeded' | 'dead';
  readonly dueInMs: number; // until the next attempt, where there is one
}

/** Consecutive failures after which an endpoint gets one delivery at a time, until it answers again. */
const FAILURES_UNTIL_CAUTION = 5;
export const roomAfter = (failures: number, room: number): number =>
  failures >= FAILURES_UNTIL_CAUTION ? Math.min(room, 1) : room;
const CHUNK_ROWS = 5_000;

/** Of a delivery `d` and its endpoint `e`. */
const CLAIMED = `d.endpoint_id AS "endpointId", d.delivery_id AS "deliveryId", d.tenant_id AS "tenantId", d.event_id AS "eventId",
  d.event_type AS "eventType", d.device_id AS "deviceId", d.occurred_at AS "occurredAt", d.body, d.claim_no AS "claimNo",
  d.attempts, d.tries, d.priority, e.url, e.signature, e.secret_sealed AS "secretSealed",
  CASE WHEN e.previous_secret_until > now() THEN e.previous_secret_sealed END AS "previousSecretSealed",
  e.ed25519_sealed AS "ed25519Sealed",
  CASE WHEN e.previous_secret_until > now() THEN e.previous_ed25519_sealed END AS "previousEd25519Sealed",
  e.headers_sealed AS "headersSealed", e.timeout_s AS "timeoutS", e.retry_count AS "retryCount",
  e.failures AS "endpointFailures"`;

/** How many attempts the rate of an endpoint `e` allows now: what has gathered since the last one, for a second at most. */
const ALLOWED_BY_RATE = `floor(greatest(1, e.rate_limit_per_min / 60.0)
  - greatest(0, coalesce(extract(epoch FROM e.rate_used_until - now()), 0)) * e.rate_limit_per_min / 60.0)::int`;

/** Tables `webhook.deliveries` and `webhook.attempts` as a queue; written by webhook-dispatcher only. */
export class DeliveryQueueRepository {
  /** A delivery that exists (same endpoint and event) is left as it is. Returns what was written of what is `taken`. */
  async insert(
    tx: Statements,
    deliveries: readonly NewDelivery[],
    leaseMs: number,
  ): Promise<readonly ClaimedDelivery[]> {
    const { rows } = await tx.query<ClaimedDelivery>(
      `WITH inserted AS (
         INSERT INTO webhook.deliveries (endpoint_id, delivery_id, tenant_id, event_id, event_type, device_id, occurred_at, body, state,
           priority, coalesce_key, claim_no, due_at, finished_at)
         SELECT endpoint_id, delivery_id, tenant_id, event_id, event_type, device_id, occurred_at, body, state, priority, coalesce_key,
           taken::int, now() + taken::int * $13 * interval '1 millisecond', CASE state WHEN 'pending' THEN NULL ELSE now() END
         FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
           $10::smallint[], $11::text[], $12::boolean[])
           AS n(endpoint_id, delivery_id, tenant_id, event_id, event_type, device_id, occurred_at, body, state, priority, coalesce_key, taken)
         ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING *)
       SELECT ${CLAIMED} FROM inserted d JOIN webhook.endpoints e ON e.endpoint_id = d.endpoint_id WHERE d.claim_no > 0`,
      [
        deliveries.map((d) => d.endpointId),
        deliveries.map(() => sortableId('wd')),
        deliveries.map((d) => d.tenantId),
        deliveries.map((d) => d.eventId),
        deliveries.map((d) => d.eventType),
        deliveries.map((d) => d.deviceId),
        deliveries.map((d) => d.occurredAt),
        deliveries.map((d) => d.body),
        deliveries.map((d) => d.state),
        deliveries.map((d) => d.priority),
        deliveries.map((d) => d.coalesceKey),
        deliveries.map((d) => d.taken),
        leaseMs,
      ],
      'webhook-insert-deliveries',
    );
    return inOrder(rows);
  }

  /**
   * Takes what is due, the oldest first, as many per endpoint as it has room for and as its rate allows. The lease is
   * the row's own `due_at`: if this process dies, the delivery is due again when it ends. Rows that another replica is
   * taking are passed over. What was found is updated by its key: a join would be planned for a table of another size.
   */
  async claim(tx: Statements, request: ClaimRequest): Promise<readonly ClaimedDelivery[]> {
    const { rows } = await tx.query<ClaimedDelivery>(
      `WITH room AS MATERIALIZED (
         SELECT e.endpoint_id, least(
           CASE WHEN e.failures >= ${FAILURES_UNTIL_CAUTION.toString()} THEN 1 ELSE coalesce(b.room, $4::int) END - coalesce(b.taken, 0),
           CASE WHEN e.rate_limit_per_min IS NOT NULL THEN ${ALLOWED_BY_RATE} END) AS free
         FROM webhook.endpoints e
         LEFT JOIN unnest($2::text[], $3::int[], $7::int[]) AS b(endpoint_id, taken, room) ON b.endpoint_id = e.endpoint_id
         WHERE e.status = 'enabled' AND (e.paused_until IS NULL OR e.paused_until <= now())
           AND ($1::text[] IS NULL OR e.endpoint_id = ANY ($1))
       ), due AS MATERIALIZED (
         SELECT d.endpoint_id, d.delivery_id FROM room CROSS JOIN LATERAL (
           SELECT endpoint_id, delivery_id FROM webhook.deliveries
           WHERE endpoint_id = room.endpoint_id AND state = 'pending' AND ${request.lane === 'fresh' ? 'fresh' : 'NOT fresh'} AND due_at <= now()
           ORDER BY ${request.lane === 'fresh' ? 'priority, ' : ''}due_at, delivery_id LIMIT greatest(room.free, 0) FOR UPDATE SKIP LOCKED
         ) d WHERE room.free > 0 LIMIT $5
       ), paced AS (
         UPDATE webhook.endpoints e SET rate_used_until =
           greatest(e.rate_used_until, now()) + used.attempts * interval '1 minute' / e.rate_limit_per_min
         FROM (SELECT endpoint_id, count(*) AS attempts FROM due GROUP BY endpoint_id) used
         WHERE e.endpoint_id = used.endpoint_id AND e.rate_limit_per_min IS NOT NULL
       ), taken AS (
         UPDATE webhook.deliveries d SET due_at = now() + $6 * interval '1 millisecond', claim_no = d.claim_no + 1
         WHERE d.delivery_id = ANY (ARRAY(SELECT delivery_id FROM due)) RETURNING d.*
       )
       SELECT ${CLAIMED} FROM taken d JOIN webhook.endpoints e ON e.endpoint_id = d.endpoint_id`,
      [
        request.endpointIds,
        [...request.busy.keys()],
        [...request.busy.values()].map(({ taken }) => taken),
        request.room,
        request.max,
        request.leaseMs,
        [...request.busy.values()].map(({ room }) => room),
      ],
      `webhook-claim-${request.lane}`,
    );
    return inOrder(rows);
  }

  async extendLeases(tx: Transaction, claims: readonly ClaimRef[], leaseMs: number): Promise<void> {
    await this.setDue(tx, claims, leaseMs);
  }

  /** Gives back what was taken and not begun. */
  async release(tx: Transaction, claims: readonly ClaimRef[]): Promise<void> {
    await this.setDue(tx, claims, 0);
  }

  private async setDue(tx: Transaction, claims: readonly ClaimRef[], inMs: number): Promise<void> {
    await tx.query(
      `UPDATE webhook.deliveries d SET due_at = now() + $3 * interval '1 millisecond'
       FROM unnest($1::text[], $2::int[]) AS c(delivery_id, claim_no)
       WHERE d.delivery_id = c.delivery_id AND d.claim_no = c.claim_no AND d.state = 'pending'`,
      [...refs(claims), inMs],
    );
  }

  /**
   * Writes what came of attempts. The log takes all of them; a delivery changes only if it was not taken by somebody
   * else since (`claim_no`), and one that was cancelled meanwhile is not brought back by a failure. Returns the ids of
   * those that changed.
   */
  async finish(tx: Transaction, results: readonly DeliveryResult[]): Promise<ReadonlySet<string>> {
    const changed = tx.query<{ deliveryId: string }>(
      `UPDATE webhook.deliveries d SET
         state = CASE r.state WHEN 'pending' THEN d.state ELSE r.state END,
         finished_at = CASE r.state WHEN 'pending' THEN d.finished_at ELSE now() END,
         due_at = now() + r.due_in_ms * interval '1 millisecond',
         fresh = false, attempts = d.attempts + 1, tries = d.tries + 1
       FROM unnest($1::text[], $2::int[], $3::text[], $4::float8[]) AS r(delivery_id, claim_no, state, due_in_ms)
       WHERE d.delivery_id = r.delivery_id AND d.claim_no = r.claim_no
       RETURNING d.delivery_id AS "deliveryId"`,
      [...refs(results.map(({ claim }) => claim)), results.map((r) => r.state), results.map((r) => r.dueInMs)],
      'webhook-finish',
    );
    const attempts = results.map(({ claim, attempt }) => ({
      ...attempt,
      deliveryId: claim.deliveryId,
      tenantId: claim.tenantId,
    }));
    const [{ rows }] = await Promise.all([changed, this.logAttempts(tx, attempts)]);
    return new Set(rows.map(({ deliveryId }) => deliveryId));
  }

  /** A delivery that was attempted before it was written, and is over: a ping. Returns its id. */
  async insertFinished(
    tx: Transaction,
    delivery: Omit<NewDelivery, 'state' | 'priority' | 'coalesceKey' | 'taken'>,
    state: 'succeeded' | 'dead',
    attempt: AttemptRecord,
  ): Promise<string> {
    const deliveryId = sortableId('wd');
    await tx.query(
      `INSERT INTO webhook.deliveries (endpoint_id, delivery_id, tenant_id, event_id, event_type, device_id, occurred_at, body,
         state, fresh, due_at, attempts, tries, finished_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, now(), 1, 1, now())`,
      [
        delivery.endpointId,
        deliveryId,
        delivery.tenantId,
        delivery.eventId,
        delivery.eventType,
        delivery.deviceId,
        delivery.occurredAt,
        delivery.body,
        state,
      ],
    );
    await this.logAttempts(tx, [{ ...attempt, deliveryId, tenantId: delivery.tenantId }]);
    return deliveryId;
  }

  private async logAttempts(
    tx: Transaction,
    attempts: readonly (AttemptRecord & { readonly deliveryId: string; readonly tenantId: TenantId })[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO webhook.attempts (delivery_id, attempt_no, at, tenant_id, status, error, duration_ms, response_excerpt)
       SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::uuid[], $5::int[], $6::text[], $7::real[], $8::text[])
       ON CONFLICT DO NOTHING`,
      [
        attempts.map((a) => a.deliveryId),
        attempts.map((a) => a.attemptNo),
        attempts.map((a) => a.at),
        attempts.map((a) => a.tenantId),
        attempts.map((a) => a.status),
        attempts.map((a) => a.error),
        attempts.map((a) => a.durationMs),
        attempts.map((a) => a.responseExcerpt),
      ],
      'webhook-log-attempts',
    );
  }

  /** Cancels a bounded number of the endpoint's waiting deliveries; call until it returns 0. */
  async cancelWaiting(tx: Transaction, endpointIds: readonly string[]): Promise<number> {
    const { count } = await tx.query(
      `UPDATE webhook.deliveries d SET state = 'cancelled', finished_at = now()
       FROM (SELECT delivery_id FROM webhook.deliveries WHERE endpoint_id = ANY ($1) AND state = 'pending'
             ORDER BY endpoint_id, delivery_id LIMIT ${CHUNK_ROWS.toString()} FOR UPDATE) w
       WHERE d.delivery_id = w.delivery_id`,
      [endpointIds],
    );
    return count;
  }

  /**
   * Of what has the same key and waits for its first attempt at one of these endpoints, or at one whose rate is limited,
   * keeps the newest and what has not waited for long. What is under way is due later, and not touched. Returns how many
   * were of no use any more.
   */
  async supersede(tx: Statements, endpointIds: readonly string[], waitedMs: number): Promise<number> {
    const { count } = await tx.query(
      `UPDATE webhook.deliveries SET state = 'superseded', finished_at = now()
       WHERE delivery_id = ANY (ARRAY(
         SELECT delivery_id FROM webhook.deliveries WHERE state = 'pending' AND due_at <= now() AND delivery_id = ANY (ARRAY(
           SELECT delivery_id FROM (
             SELECT delivery_id, due_at, row_number() OVER (PARTITION BY endpoint_id, coalesce_key ORDER BY occurred_at DESC, delivery_id DESC) AS nth
             FROM webhook.deliveries
             WHERE (endpoint_id = ANY ($1) OR endpoint_id IN (SELECT endpoint_id FROM webhook.endpoints WHERE rate_limit_per_min IS NOT NULL))
               AND state = 'pending' AND fresh AND coalesce_key IS NOT NULL AND due_at <= now()) waiting
           WHERE nth > 1 AND due_at <= now() - $2 * interval '1 millisecond'))
         FOR UPDATE SKIP LOCKED))`,
      [endpointIds, waitedMs],
    );
    return count;
  }

  /** How many deliveries wait, counted up to `max`. */
  async countWaiting(tx: Statements, max: number): Promise<number> {
    const { rows } = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT FROM webhook.deliveries WHERE state = 'pending' LIMIT $1) waiting`,
      [max],
    );
    return rows[0]?.count ?? 0;
  }
}

/** In which the events came: RETURNING promises no order. */
const inOrder = (claims: readonly ClaimedDelivery[]): readonly ClaimedDelivery[] =>
  claims.toSorted((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));

const refs = (claims: readonly ClaimRef[]): [string[], number[]] => [
  claims.map((c) => c.deliveryId),
  claims.map((c) => c.claimNo),
];
