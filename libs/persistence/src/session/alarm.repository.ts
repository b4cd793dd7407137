import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';
import { filteredGroups, groupsNamed, rowsWithin, Where } from './device-where';
import type { Viewer } from './device-where';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export interface RaisedAlarm {
  readonly alarmId: string; // of the event: a repeat is the same alarm
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId | null;
  readonly alarmType: string;
  readonly severity: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly raisedAt: string; // RFC 3339
}
export interface PastAlarm {
  readonly alarmId: string;
  readonly source: 'device' | 'system';
  readonly deviceId: DeviceId | null;
  readonly portNo: number | null;
  readonly alarmType: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly message: string | null; // null: the type says it all
  readonly details: Readonly<Record<string, unknown>>;
  readonly raisedAtMs: number;
  readonly resolvedAtMs: number | null; // null: it goes on
}
export interface AlarmFilter {
  readonly deviceId: DeviceId | null;
  readonly portNo: number | null;
  readonly severity: string | null;
  readonly active: boolean | null;
  readonly alarmType: string | null;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** Faults of devices, which last, and alarms of the installation, which are over when they are raised. */
const ALARMS = `(
  SELECT fault_id AS alarm_id, 'device' AS source, tenant_id, device_id, port_no, token AS alarm_type, severity,
    NULL::text AS message, details, opened_at AS raised_at, closed_at AS resolved_at FROM session.faults
  UNION ALL
  SELECT alarm_id, 'system', tenant_id, device_id, NULL, alarm_type, severity, message, details, raised_at, raised_at
  FROM session.alarms) a`;
const SORTS = { created_at: 'a.raised_at', level: 'a.severity', resolved_at: 'a.resolved_at' } as const;

/** The history of alarms. `session.alarms` is written here, by the app `session` alone. */
export class AlarmRepository {
  constructor(private readonly database: Database) {}

  /** Those that are there already stay as they are. */
  async add(alarms: readonly RaisedAlarm[]): Promise<void> {
    if (alarms.length === 0) return;
    await this.database.query(
      forTenants([...new Set(alarms.map(({ tenantId }) => tenantId))]),
      `INSERT INTO session.alarms (alarm_id, tenant_id, device_id, alarm_type, severity, message, details, raised_at)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[])
       ON CONFLICT DO NOTHING`,
      [
        alarms.map((alarm) => alarm.alarmId),
        alarms.map((alarm) => alarm.tenantId),
        alarms.map((alarm) => alarm.deviceId),
        alarms.map((alarm) => alarm.alarmType),
        alarms.map((alarm) => alarm.severity),
        alarms.map((alarm) => alarm.message),
        alarms.map((alarm) => JSON.stringify(alarm.details).replaceAll('\\u0000', '')), // jsonb takes no NUL
        alarms.map((alarm) => alarm.raisedAt),
      ],
    );
  }

  list(viewer: Viewer, filter: AlarmFilter, request: PageRequest): Promise<PageResult<PastAlarm>> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const where = new Where([viewer.tenantId]);
      where.conditions.push('a.tenant_id = $1');
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(null, viewer));
      const limit = rowsWithin(where, 'a.device_id', viewer, filtered);
      if (limit !== null) where.conditions.push(limit);
      where.add((n) => `a.device_id = ${n}`, filter.deviceId);
      where.add((n) => `a.port_no = ${n}`, filter.portNo);
      where.add((n) => `a.severity = ${n}`, filter.severity);
      where.add((n) => `(a.resolved_at IS NULL) = ${n}`, filter.active);
      where.add((n) => `a.alarm_type = ${n}`, filter.alarmType);
      where.add((n) => `a.raised_at >= to_timestamp(${n} / 1000.0)`, filter.fromMs);
      where.add((n) => `a.raised_at < to_timestamp(${n} / 1000.0)`, filter.untilMs);
      return page(tx, {
        request,
        from: ALARMS,
        select: 'a.*',
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: 'a.raised_at',
        tieBreak: 'a.alarm_id',
        read: toAlarm,
      });
    });
  }
}

const toAlarm = (row: Readonly<Record<string, unknown>>): PastAlarm => ({
  alarmId: row.alarm_id as string,
  source: row.source as PastAlarm['source'],
  deviceId: row.device_id as DeviceId | null,
  portNo: row.port_no as number | null,
  alarmType: row.alarm_type as string,
  severity: row.severity as PastAlarm['severity'],
  message: row.message as string | null,
  details: row.details as PastAlarm['details'],
  raisedAtMs: (row.raised_at as Date).getTime(),
  resolvedAtMs: (row.resolved_at as Date | null)?.getTime() ?? null,
});
