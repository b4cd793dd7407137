import type { ArchiveSlice, ArchiveSource } from '../archive/archiver';
import type { Transaction } from '../database';

const paramsOf = ({ tenantId, from, to }: ArchiveSlice): unknown[] => [tenantId, from, to];

/** Source of a table whose rows are found by a time of theirs and deleted. `may`: which rows may leave at all. */
function table(kind: string, name: string, time: string, may: string): ArchiveSource {
  const where = `tenant_id = $1 AND ${time} >= $2 AND ${time} < $3 AND ${may}`;
  return {
    kind,
    span: 'month',
    oldest: (tx, tenantId) =>
      oldest(tx, `SELECT min(${time}) AS at FROM ${name} WHERE tenant_id = $1 AND ${may}`, tenantId),
    lines: `SELECT to_jsonb(t)::text AS line FROM ${name} t WHERE ${where} ORDER BY ${time}`,
    remove: async (tx, slice) => (await tx.query(`DELETE FROM ${name} WHERE ${where}`, paramsOf(slice))).count,
  };
}

async function oldest(tx: Transaction, sql: string, tenantId: string): Promise<Date | null> {
  const { rows } = await tx.query<{ at: Date | null }>(sql, [tenantId]);
  return rows[0]?.at ?? null;
}

/**
 * Samples by day. A partition is shared by tenants who keep different times: it is dropped when the rows of this one are
 * the last in it, else they are deleted from it.
 */
const samples: ArchiveSource = {
  kind: 'samples',
  span: 'day',
  oldest: (tx, tenantId) =>
    oldest(
      tx,
      `SELECT min(day)::timestamp AT TIME ZONE 'UTC' AS at FROM session.sample_days WHERE tenant_id = $1`,
      tenantId,
    ),
  lines: `SELECT (to_jsonb(m) || jsonb_build_object('session_id', s.session_id, 'device_id', s.device_id, 'port_no', s.port_no))::text AS line
    FROM session.meter_values m LEFT JOIN session.charging_sessions s USING (internal_order_id)
    WHERE m.tenant_id = $1 AND m.sampled_at >= $2 AND m.sampled_at < $3
    ORDER BY m.internal_order_id, m.sampled_at, m.fact_key`,
  async remove(tx, slice, rows) {
    const [tenantId, from] = paramsOf(slice);
    await tx.query(
      `DELETE FROM session.sample_days WHERE tenant_id = $1 AND day = ($2::timestamptz AT TIME ZONE 'UTC')::date`,
      [tenantId, from],
    );
    const whole = await tx.query<{ dropped: boolean }>(
      `SELECT session.drop_meter_values_day(($1::timestamptz AT TIME ZONE 'UTC')::date, $2) AS dropped`,
      [from, rows],
    );
    if (whole.rows[0]?.dropped === true) return rows;
    const { count } = await tx.query(
      'DELETE FROM session.meter_values WHERE tenant_id = $1 AND sampled_at >= $2 AND sampled_at < $3',
      paramsOf(slice),
    );
    return count;
  },
};

/** A session leaves together with its rolled up hours. */
const closed = `status IN ('settled', 'failed')`;
const sessionTable = table('sessions', 'session.charging_sessions', 'created_at', closed);
const sessions: ArchiveSource = {
  ...sessionTable,
  lines: `SELECT (to_jsonb(s) || jsonb_build_object('hours', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.hour), '[]')
      FROM session.meter_hours h WHERE h.internal_order_id = s.internal_order_id)))::text AS line
    FROM session.charging_sessions s
    WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3 AND ${closed} ORDER BY internal_order_id`,
  async remove(tx, slice, rows) {
    await tx.query(
      `DELETE FROM session.meter_hours h USING session.charging_sessions s WHERE h.internal_order_id = s.internal_order_id
         AND s.tenant_id = $1 AND s.created_at >= $2 AND s.created_at < $3 AND s.${closed}`,
      paramsOf(slice),
    );
    return sessionTable.remove(tx, slice, rows);
  },
};

export const SESSION_ARCHIVES = {
  samples,
  sessions,
  faults: table('faults', 'session.faults', 'opened_at', 'closed_at IS NOT NULL'),
  alarms: table('alarms', 'session.alarms', 'raised_at', 'true'),
} as const satisfies Readonly<Record<string, ArchiveSource>>;
