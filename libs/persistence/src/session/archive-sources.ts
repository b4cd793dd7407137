import type { ArchiveSource } from '../archive/archiver';
import { oldestTime, removeDay, rowsLeave, sliceParams, sliceWhere } from '../archive/table-source';
import { dropEmptyDays } from '../daily-partitions';
import { asSystem } from '../scope';

const METER_VALUES = { schema: 'session', name: 'meter_values', time: 'sampled_at' } as const;

const samples: ArchiveSource = {
  kind: 'samples',
  retained: 'samples',
  span: 'day',
  tenants: 'SELECT DISTINCT tenant_id FROM session.sample_days',
  oldest: (tx, tenantId) =>
    oldestTime(
      tx,
      `SELECT min(day)::timestamp AT TIME ZONE 'UTC' AS at FROM session.sample_days WHERE tenant_id = $1`,
      tenantId,
    ),
  lines: `SELECT (to_jsonb(m) || jsonb_build_object('session_id', s.session_id, 'device_id', s.device_id, 'port_no', s.port_no))::text AS line
    FROM session.meter_values m LEFT JOIN session.charging_sessions s USING (internal_order_id)
    WHERE m.tenant_id = $1 AND m.sampled_at >= $2 AND m.sampled_at < $3
    ORDER BY m.internal_order_id, m.sampled_at, m.fact_key`,
  async remove(tx, slice, rows) {
    await tx.query(
      `DELETE FROM session.sample_days WHERE tenant_id = $1 AND day = ($2::timestamptz AT TIME ZONE 'UTC')::date`,
      [slice.tenantId, slice.from],
    );
    return removeDay(tx, METER_VALUES, slice, rows);
  },
  tidy: (database, before) =>
    database.transaction(asSystem('partitions belong to no tenant'), (tx) =>
      dropEmptyDays(tx, METER_VALUES.schema, METER_VALUES.name, before),
    ),
};

/** A session leaves together with its rolled up hours. */
const closed = {
  kind: 'sessions',
  retained: 'sessions',
  span: 'month',
  table: 'session.charging_sessions',
  time: 'created_at',
  may: `status IN ('settled', 'failed')`,
} as const;
const rowsOfSessions = rowsLeave(closed);
const sessions: ArchiveSource = {
  ...rowsOfSessions,
  lines: `SELECT (to_jsonb(s) || jsonb_build_object('hours', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.hour), '[]')
      FROM session.meter_hours h WHERE h.internal_order_id = s.internal_order_id)))::text AS line
    FROM session.charging_sessions s WHERE ${sliceWhere(closed)} ORDER BY internal_order_id`,
  async remove(tx, slice, rows) {
    await tx.query(
      `DELETE FROM session.meter_hours WHERE internal_order_id IN (
         SELECT internal_order_id FROM session.charging_sessions WHERE ${sliceWhere(closed)})`,
      sliceParams(slice),
    );
    return rowsOfSessions.remove(tx, slice, rows);
  },
};

export const SESSION_ARCHIVES = {
  samples,
  sessions,
  faults: rowsLeave({
    kind: 'faults',
    retained: 'logs',
    span: 'month',
    table: 'session.faults',
    time: 'opened_at',
    may: 'closed_at IS NOT NULL',
  }),
  alarms: rowsLeave({
    kind: 'alarms',
    retained: 'logs',
    span: 'month',
    table: 'session.alarms',
    time: 'raised_at',
    may: 'true',
  }),
} as const satisfies Readonly<Record<string, ArchiveSource>>;
