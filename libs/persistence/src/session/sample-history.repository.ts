import type { DeviceId, SessionId, TenantId } from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { asSystem, forTenant } from '../scope';
import { SAMPLE_METRIC_NAMES, SAMPLE_METRICS } from './metrics';
import type { SampleMetric } from './metrics';

/** Which samples are meant. Null: any. Instants in epoch milliseconds, `untilMs` excluded. */
export interface SampleQuery {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly portNo: number | null;
  readonly sessionId: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
}
export interface BucketQuery extends SampleQuery {
  readonly metrics: readonly SampleMetric[];
  readonly stepS: number;
  /** From rolled up hours (then `fromMs` and `stepS` are whole hours), or from the samples themselves. */
  readonly source: 'hours' | 'samples';
}
export interface Spread {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
}
export interface SampleBucket {
  readonly atMs: number;
  readonly portNo: number | null;
  readonly samples: number;
  readonly energyWh: number; // delivered since the sample before
  readonly metrics: Readonly<Partial<Record<SampleMetric, Spread | null>>>; // null: not measured
}
export interface PastSample {
  readonly sampledAtMs: number;
  readonly sessionId: SessionId;
  readonly portNo: number | null;
  readonly durationS: number;
  readonly energyWh: number; // delivered since the charge began
  readonly metrics: Readonly<Record<SampleMetric, number | null>>;
}
/** A place between two samples of a device, as text. */
export type SamplePlace = string;

const DAY_MS = 86_400_000;
/** The charges that can have samples in the range; clocks of devices may be off by a day. $1 to $6 as `paramsOf` has them. */
const CHARGES = `charges AS MATERIALIZED (
  SELECT internal_order_id, session_id, port_no, coalesce(start_time, created_at) AS began FROM session.charging_sessions
  WHERE tenant_id = $1 AND device_id = $2
    AND ($3::int IS NULL OR port_no = $3) AND ($4::text IS NULL OR session_id = $4)
    AND least(created_at, start_time) < to_timestamp($6 / 1000.0) + interval '1 day'
    AND (end_time IS NULL OR end_time >= to_timestamp($5 / 1000.0) - interval '1 day'))`;
const paramsOf = (query: SampleQuery): unknown[] => [
  query.tenantId,
  query.deviceId,
  query.portNo,
  query.sessionId,
  query.fromMs,
  query.untilMs,
];

/** Samples as people look at them: so many points of a range, or page by page. Reads only. */
export class SampleHistoryRepository {
  constructor(private readonly database: Database) {}

  /**
   * Buckets in the order of their time, one per port that was measured in it. Rolled up hours are read as far as there are
   * any, and the samples after them, so that a long range ends with what was just reported.
   */
  async buckets(query: BucketQuery): Promise<readonly SampleBucket[]> {
    const params = [...paramsOf(query), query.stepS];
    if (query.source === 'hours') params.push(await this.rolledUntil()); // a value, so that no older partition is planned for
    const { rows } = await this.database.query(forTenant(query.tenantId), bucketSql(query), params);
    return rows.map((row) => ({
      atMs: query.fromMs + Number(row.bucket) * query.stepS * 1000,
      portNo: row.port_no as number | null,
      samples: Number(row.samples),
      energyWh: row.energy_wh as number,
      metrics: Object.fromEntries(query.metrics.map((name) => [name, spreadOf(row, name)])),
    }));
  }

  /** About how many samples there are, by the hours that are rolled up. `deviceId` null: of all devices of the tenant. */
  async estimate(query: Omit<SampleQuery, 'deviceId'> & { readonly deviceId: DeviceId | null }): Promise<number> {
    const { rows } = await this.database.query<{ samples: string }>(
      forTenant(query.tenantId),
      `SELECT coalesce(sum(h.samples), 0) AS samples
       FROM session.meter_hours h JOIN session.charging_sessions s USING (internal_order_id)
       WHERE s.tenant_id = $1 AND ($2::text IS NULL OR s.device_id = $2)
         AND ($3::int IS NULL OR s.port_no = $3) AND ($4::text IS NULL OR s.session_id = $4)
         AND h.hour > to_timestamp($5 / 1000.0) - interval '1 hour' AND h.hour < to_timestamp($6 / 1000.0)`,
      [query.tenantId, query.deviceId, query.portNo, query.sessionId, query.fromMs, query.untilMs],
    );
    return Number(rows[0]?.samples ?? 0);
  }

  private async rolledUntil(): Promise<Date | null> {
    const { rows } = await this.database.query<{ at: Date }>(
      asSystem('hours are rolled up for all tenants at once'),
      'SELECT rolled_until AS at FROM session.rollup_state',
      [],
      'rolled-until',
    );
    return rows[0]?.at ?? null;
  }

  /**
   * At most `limit` samples in the order of their time after a place; null: from the beginning. The range is walked in
   * windows that grow, so that a page out of years reads about as much as it shows.
   */
  async page(
    query: SampleQuery,
    after: SamplePlace | null,
    limit: number,
  ): Promise<{ readonly items: readonly PastSample[]; readonly next: SamplePlace | null }> {
    return this.database.transaction(forTenant(query.tenantId), async (tx) => {
      const place = after === null ? null : placeOf(after);
      const found: SampleRow[] = [];
      let fromMs = Math.max(query.fromMs, place?.atMs ?? 0);
      for (let windowMs = DAY_MS; fromMs < query.untilMs && found.length <= limit; windowMs *= 4) {
        const untilMs = Math.min(query.untilMs, fromMs + windowMs);
        found.push(...(await samplesOf(tx, { ...query, fromMs, untilMs }, place, limit + 1 - found.length)));
        fromMs = untilMs;
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toSample),
        next: found.length > limit && last !== undefined ? textOf(last) : null,
      };
    });
  }
}

const spreadOf = (row: Readonly<Record<string, unknown>>, name: SampleMetric): Spread | null =>
  row[`${name}_avg`] === null
    ? null
    : {
        avg: row[`${name}_avg`] as number,
        min: row[`${name}_min`] as number,
        max: row[`${name}_max`] as number,
      };

function bucketSql({ metrics, source }: BucketQuery): string {
  const ofHours = metrics.map((name) => `h.${name}_avg, h.${name}_min, h.${name}_max`);
  const ofSamples = metrics.map((name) => {
    const { column, low, high } = SAMPLE_METRICS[name];
    return `m.${column} AS ${name}_avg, ${low} AS ${name}_min, ${high} AS ${name}_max`;
  });
  const outer = metrics.map(
    (
      name,
    ) => `sum(${name}_avg * samples) / nullif(sum(samples) FILTER (WHERE ${name}_avg IS NOT NULL), 0) AS ${name}_avg,
      min(${name}_min)::float8 AS ${name}_min, max(${name}_max)::float8 AS ${name}_max`,
  );
  const list = (...parts: readonly string[]): string => parts.join(', ');
  const samples = `
    SELECT ${list('c.port_no', 'c.began', 'internal_order_id', 'm.sampled_at AS at', '1 AS samples', 'm.energy_wh AS low_wh', 'm.energy_wh AS high_wh', ...ofSamples)}
    FROM charges c JOIN session.meter_values m USING (internal_order_id)
    WHERE m.sampled_at >= to_timestamp($5 / 1000.0) AND m.sampled_at < to_timestamp($6 / 1000.0)`;
  const hours = `
    SELECT ${list('c.port_no', 'c.began', 'internal_order_id', 'h.hour AS at', 'h.samples', 'h.energy_from_wh AS low_wh', 'h.energy_to_wh AS high_wh', ...ofHours)}
    FROM charges c JOIN session.meter_hours h USING (internal_order_id)
    WHERE h.hour >= to_timestamp($5 / 1000.0) AND h.hour < to_timestamp($6 / 1000.0)`;
  return `WITH ${CHARGES}, measured AS (${source === 'samples' ? samples : `${hours} UNION ALL ${samples} AND m.sampled_at >= $8`}),
    delivered AS (
      SELECT *, greatest(high_wh - coalesce(lag(high_wh) OVER charge,
        CASE WHEN began >= to_timestamp($5 / 1000.0) THEN 0 ELSE low_wh END), 0) AS wh
      FROM measured WINDOW charge AS (PARTITION BY internal_order_id ORDER BY at))
    SELECT ${list('floor((extract(epoch FROM at) - $5 / 1000.0) / $7)::bigint AS bucket', 'port_no', 'sum(samples) AS samples', 'sum(wh) AS energy_wh', ...outer)}
    FROM delivered GROUP BY 1, 2 ORDER BY 1, 2`;
}

interface SampleRow {
  readonly place: string; // epoch microseconds
  readonly internal_order_id: string;
  readonly fact_key: string;
  readonly session_id: SessionId;
  readonly port_no: number | null;
  readonly duration_s: number;
  readonly energy_wh: number;
  readonly [metric: string]: unknown;
}

async function samplesOf(
  tx: Transaction,
  query: SampleQuery,
  place: Place | null,
  limit: number,
): Promise<SampleRow[]> {
  const { rows } = await tx.query<SampleRow>(
    `WITH ${CHARGES}
     SELECT (extract(epoch FROM m.sampled_at) * 1000000)::bigint AS place, internal_order_id, m.fact_key, c.session_id,
       c.port_no, m.duration_s, m.energy_wh, ${SAMPLE_METRIC_NAMES.map((name) => `m.${SAMPLE_METRICS[name].column} AS ${name}`).join(', ')}
     FROM charges c JOIN session.meter_values m USING (internal_order_id)
     WHERE m.sampled_at >= to_timestamp($5 / 1000.0) AND m.sampled_at < to_timestamp($6 / 1000.0)
       AND ($7::bigint IS NULL OR
         (m.sampled_at, internal_order_id, m.fact_key) > ('epoch'::timestamptz + $7::bigint * interval '1 microsecond', $8::bigint, $9::bigint))
     ORDER BY m.sampled_at, internal_order_id, m.fact_key LIMIT ${limit.toString()}`,
    [...paramsOf(query), place?.micros ?? null, place?.order ?? null, place?.key ?? null],
  );
  return rows;
}

const toSample = (row: SampleRow): PastSample => ({
  sampledAtMs: Math.floor(Number(row.place) / 1000),
  sessionId: row.session_id,
  portNo: row.port_no,
  durationS: row.duration_s,
  energyWh: row.energy_wh,
  metrics: Object.fromEntries(SAMPLE_METRIC_NAMES.map((name) => [name, row[name]])) as PastSample['metrics'],
});

interface Place {
  readonly atMs: number;
  readonly micros: string;
  readonly order: string;
  readonly key: string;
}
const textOf = (row: SampleRow): SamplePlace => `${row.place}.${row.internal_order_id}.${row.fact_key}`;
/** Null: no place of ours, which starts at the beginning. */
function placeOf(text: SamplePlace): Place | null {
  const [, micros, order, key] = /^(\d{1,17})\.(\d{1,18})\.(-?\d{1,18})$/.exec(text) ?? [];
  if (micros === undefined || order === undefined || key === undefined) return null;
  return { atMs: Math.floor(Number(micros) / 1000), micros, order, key };
}
