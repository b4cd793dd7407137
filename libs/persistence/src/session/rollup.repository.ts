import type { Database } from '../database';
import { asSystem } from '../scope';
import { SAMPLE_METRIC_NAMES, SAMPLE_METRICS } from './metrics';

const EVERYBODY = asSystem('an hour is rolled up for all tenants at once');
const LATE_BATCH = 200;
/**
 * Samples of an hour lie together. By the primary key, which the planner likes for its order, each would be looked up at a
 * place of its own: three times the work in memory, and a random read each from disk.
 */
const READ_AS_IT_LIES = `SET LOCAL enable_indexscan = off; SET LOCAL work_mem = '64MB'`;

const aggregates = SAMPLE_METRIC_NAMES.map((name) => {
  const { column, low, high } = SAMPLE_METRICS[name];
  return `avg(m.${column}), min(${low}), max(${high})`;
}).join(', ');
const columns = SAMPLE_METRIC_NAMES.flatMap((name) => ['avg', 'min', 'max'].map((part) => `${name}_${part}`));
const HOUR = `date_trunc('hour', m.sampled_at, 'UTC')`;

/** Rolls up what `where` selects, and notes which days have samples, so that whoever archives them need not look. Again is the same. */
const rollUp = (from: string, where: string): string => `
  WITH rolled AS MATERIALIZED (
    SELECT m.tenant_id, m.internal_order_id, ${HOUR} AS hour, count(*), min(m.energy_wh), max(m.energy_wh), ${aggregates}
    FROM ${from} WHERE ${where} GROUP BY m.tenant_id, m.internal_order_id, ${HOUR}),
  kept AS (
    INSERT INTO session.meter_hours
      (tenant_id, internal_order_id, hour, samples, energy_from_wh, energy_to_wh, ${columns.join(', ')})
    SELECT * FROM rolled
    ON CONFLICT (internal_order_id, hour) DO UPDATE SET samples = excluded.samples,
      energy_from_wh = excluded.energy_from_wh, energy_to_wh = excluded.energy_to_wh,
      ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE excluded.samples >= meter_hours.samples) -- fewer: the others are archived, and the hour knows more than we do
  INSERT INTO session.sample_days (tenant_id, day)
  SELECT DISTINCT tenant_id, (hour AT TIME ZONE 'UTC')::date FROM rolled ON CONFLICT DO NOTHING`;

/**
 * Hours of samples, rolled up once they are over (ADR 0160). Samples that come when their hour is rolled up already are
 * noted by whoever writes them (`MeterRepository.add`) and rolled up again here. Written by the app `session` alone.
 */
export class RollupRepository {
  constructor(private readonly database: Database) {}

  /** Rolls up at most `hours` whole hours that ended before `untilMs`. Returns how many. */
  async rollHours(untilMs: number, hours: number): Promise<number> {
    return this.database.transaction(EVERYBODY, async (tx) => {
      const { rows } = await tx.query<{ from: Date; until: Date }>(
        `SELECT rolled_until AS from, least(date_trunc('hour', to_timestamp($1 / 1000.0), 'UTC'),
           rolled_until + $2 * interval '1 hour') AS until
         FROM session.rollup_state FOR UPDATE SKIP LOCKED`,
        [untilMs, hours],
      );
      const [range] = rows;
      if (range === undefined || range.until <= range.from) return 0;
      await tx.query(READ_AS_IT_LIES);
      await tx.query(rollUp('session.meter_values m', 'm.sampled_at >= $1 AND m.sampled_at < $2'), [
        range.from,
        range.until,
      ]);
      await tx.query('UPDATE session.rollup_state SET rolled_until = $1', [range.until]);
      return (range.until.getTime() - range.from.getTime()) / 3_600_000;
    });
  }

  /** Rolls up again the charges that samples came late of. Returns how many there were. */
  async rollLate(): Promise<number> {
    return this.database.transaction(EVERYBODY, async (tx) => {
      const { rows } = await tx.query<{ internal_order_id: string; from_hour: Date }>(
        'SELECT internal_order_id, from_hour FROM session.late_samples LIMIT $1 FOR UPDATE SKIP LOCKED',
        [LATE_BATCH],
      );
      if (rows.length === 0) return 0;
      const params = [rows.map((row) => row.internal_order_id), rows.map((row) => row.from_hour)];
      const late = 'unnest($1::bigint[], $2::timestamptz[]) AS late (id, from_hour)';
      await tx.query(
        rollUp(
          `${late} JOIN session.meter_values m ON m.internal_order_id = late.id AND m.sampled_at >= late.from_hour`,
          'm.sampled_at < (SELECT rolled_until FROM session.rollup_state)',
        ),
        params,
      );
      await tx.query('DELETE FROM session.late_samples WHERE internal_order_id = ANY ($1)', [params[0]]);
      return rows.length;
    });
  }
}
