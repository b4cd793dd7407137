import { PortState, REMEMBERED_ANSWERS } from '@chargebus/domain';
import type { DeviceFilter, DeviceId, DeviceType, HealthSigns, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';
import { DEVICES, filteredGroups, groupsNamed, whereDevices } from './device-where';
import type { Viewer, Where } from './device-where';

/** How one order of a device ended, as far as its health is concerned. */
export interface DeviceAnswer {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly answered: boolean;
  readonly atMs: number;
}
/** Devices that are alike in everything that a summary tells apart. */
export interface DeviceShare extends HealthSigns {
  readonly devices: number;
  readonly maintenance: boolean;
  readonly faulted: boolean;
  readonly isCharging: boolean;
  readonly type: DeviceType;
  readonly region: string | null;
}
type Countable = PortState | 'portTotal' | 'sessions';
/** `worst`: place in SEVERITIES; of ports those that devices told of, but in `portTotal`. */
type CountedShare = Omit<DeviceShare, 'worstFault'> &
  Readonly<Record<Countable, number>> & { readonly worst: number; readonly seenAtMs: number | null };
export interface FleetCounts {
  readonly shares: readonly DeviceShare[];
  readonly ports: Readonly<Partial<Record<PortState, number>>>; // of those that devices told of
  readonly portTotal: number;
  readonly sessions: number; // running, on a port that counts as charging
  readonly lastSeenAtMs: number | null;
}

const SEVERITIES = [null, 'info', 'warning', 'critical'] as const;
const WORST = `max(CASE f.severity WHEN 'critical' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END)`;
/** What a device's health is judged by, of `d` with its answers as `a`; read by `toSigns`. */
export const SIGNS = `d.online, coalesce(a.recent, '') AS recent, coalesce((SELECT ${WORST} FROM session.faults f
  WHERE f.device_id = d.device_id AND f.closed_at IS NULL), 0) AS worst`;
export const toSigns = ({ online, recent, worst }: Readonly<Record<string, unknown>>): HealthSigns => ({
  online: online as boolean,
  worstFault: SEVERITIES[worst as number] ?? null,
  answered: (recent as string).replaceAll('0', '').length,
  asked: (recent as string).length,
});
export const RUNNING = `('charging', 'stopping')`;
export const CHARGING = `('charging', 'suspended')`;

/** How devices do, all together. Writes what devices answered; `session` only. */
export class HealthRepository {
  constructor(private readonly database: Database) {}

  /** Adds to what is remembered. What is not newer than the newest is a repeat or came too late, and changes nothing. */
  async remember(answers: readonly DeviceAnswer[]): Promise<void> {
    if (answers.length === 0) return;
    const tenants = [...new Set(answers.map(({ tenantId }) => tenantId))];
    await this.database.query(
      forTenants(tenants),
      `INSERT INTO session.device_answers AS a (device_id, tenant_id, recent, last_at)
       SELECT d.device_id, d.tenant_id, right(string_agg(u.mark, '' ORDER BY u.at), $4), max(u.at)
       FROM unnest($1::text[], $2::text[], $3::timestamptz[]) u (id, mark, at)
       JOIN session.devices d ON d.device_id = u.id
       GROUP BY d.device_id ORDER BY d.device_id
       ON CONFLICT (device_id) DO UPDATE SET recent = right(a.recent || excluded.recent, $4), last_at = excluded.last_at
       WHERE excluded.last_at > a.last_at`,
      [
        answers.map(({ deviceId }) => deviceId),
        answers.map(({ answered }) => (answered ? '1' : '0')),
        answers.map(({ atMs }) => new Date(atMs).toISOString()),
        REMEMBERED_ANSWERS,
      ],
    );
  }

  /** All devices that are meant, counted in one statement and so of one moment. */
  async count(viewer: Viewer, filter: DeviceFilter): Promise<FleetCounts> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(filter, viewer));
      const where = whereDevices(viewer, filter, filtered);
      const { rows } = await tx.query<CountedShare>(countSql(where), where.params);
      const sum = (column: Countable): number => rows.reduce((total, row) => total + row[column], 0);
      return {
        shares: rows.map((row) => ({ ...row, worstFault: SEVERITIES[row.worst] ?? null })),
        ports: Object.fromEntries(PortState.options.map((state) => [state, sum(state)])),
        portTotal: sum('portTotal'),
        sessions: sum('sessions'),
        lastSeenAtMs: rows.reduce<number | null>((last, { seenAtMs }) => newer(last, seenAtMs), null),
      };
    });
  }
}

const newer = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** A port with a running charge charges, although its own report may still be on the way. */
const countSql = (where: Where): string => `
  WITH seen AS (
    SELECT d.device_id, d.online, d.maintenance, d.port_count, d.last_frame_at, p.type, p.region,
      coalesce(f.worst, 0) AS worst, coalesce(a.recent, '') AS recent
    FROM ${DEVICES} LEFT JOIN session.device_answers a ON a.device_id = d.device_id
    LEFT JOIN (SELECT f.device_id, ${WORST} AS worst FROM session.faults f
      WHERE f.tenant_id = $1 AND f.closed_at IS NULL GROUP BY f.device_id) f ON f.device_id = d.device_id
    WHERE ${where.sql}
  ), port AS (
    SELECT o.device_id, o.port_no, o.state = 'fault' AS faulted, s.session_id IS NOT NULL AS running,
      CASE WHEN s.session_id IS NOT NULL AND o.state NOT IN ${CHARGING} THEN 'charging' ELSE o.state END AS state
    FROM seen JOIN session.ports o USING (device_id)
    LEFT JOIN session.charging_sessions s ON s.device_id = o.device_id AND coalesce(s.port_no, 0) = o.port_no
      AND s.holds_port AND s.status IN ${RUNNING}
  ), of_device AS (
    SELECT device_id, max(port_no) AS top, bool_or(faulted) AS faulted, bool_or(state IN ${CHARGING}) AS is_charging,
      count(*) FILTER (WHERE running) AS sessions,
      ${PortState.options.map((state) => `count(*) FILTER (WHERE state = '${state}') AS "${state}"`).join(', ')}
    FROM port GROUP BY device_id
  )
  SELECT count(*)::int AS devices, online, maintenance, type, region, worst,
    worst > 0 OR coalesce(o.faulted, false) AS faulted, coalesce(o.is_charging, false) AS "isCharging",
    length(recent) AS asked, length(replace(recent, '0', '')) AS answered,
    sum(greatest(port_count, o.top))::int AS "portTotal", coalesce(sum(o.sessions), 0)::int AS sessions,
    ${PortState.options.map((state) => `coalesce(sum(o."${state}"), 0)::int AS "${state}"`).join(', ')},
    round(extract(epoch FROM max(last_frame_at)) * 1000)::float8 AS "seenAtMs"
  FROM seen LEFT JOIN of_device o USING (device_id) GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10`;
