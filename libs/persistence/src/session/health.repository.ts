import { REMEMBERED_ANSWERS } from '@chargebus/domain';
import type { DeviceFilter, DeviceId, DeviceType, HealthSigns, PortState, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';
import { DEVICES, filteredGroups, groupsNamed, whereDevices } from './device-where';
import type { Viewer } from './device-where';

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
  readonly charging: boolean;
  readonly type: DeviceType;
  readonly region: string | null;
}
/** `worst`: place in SEVERITIES. */
type CountedShare = Omit<DeviceShare, 'worstFault'> & { readonly worst: number };
export interface FleetCounts {
  readonly shares: readonly DeviceShare[];
  readonly ports: Readonly<Partial<Record<PortState, number>>>; // of those that devices told of
  readonly portTotal: number;
  readonly sessions: number; // running, on a port that counts as charging
  readonly lastSeenAtMs: number | null;
}

const SEVERITIES = [null, 'info', 'warning', 'critical'] as const;
const WORST = `coalesce((SELECT max(CASE f.severity WHEN 'critical' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END)
  FROM session.faults f WHERE f.device_id = d.device_id AND f.closed_at IS NULL), 0)`;
const RUNNING = `('charging', 'stopping')`;
const CHARGING = `('charging', 'suspended')`;

/** How devices do: one by one, and all together. Writes what devices answered; `session` only. */
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

  async signs(tenantId: TenantId, deviceId: DeviceId): Promise<HealthSigns | null> {
    const { rows } = await this.database.query<{ online: boolean; worst: number; recent: string }>(
      forTenant(tenantId),
      `SELECT d.online, ${WORST} AS worst, coalesce(a.recent, '') AS recent
       FROM session.devices d LEFT JOIN session.device_answers a USING (device_id)
       WHERE d.tenant_id = $1 AND d.device_id = $2`,
      [tenantId, deviceId],
      'device_health',
    );
    const [row] = rows;
    if (row === undefined) return null;
    const { online, worst, recent } = row;
    return {
      online,
      worstFault: SEVERITIES[worst] ?? null,
      answered: recent.replaceAll('0', '').length,
      asked: recent.length,
    };
  }

  /**
   * All devices that are meant, counted in one statement and so of one moment. A port with a running charge charges,
   * although its own report may still be on the way.
   */
  async count(viewer: Viewer, filter: DeviceFilter): Promise<FleetCounts> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(filter, viewer));
      const where = whereDevices(viewer, filter, filtered);
      const { rows } = await tx.query<{
        counts: Omit<FleetCounts, 'shares'> & { readonly shares: readonly CountedShare[] };
      }>(
        `WITH seen AS (
           SELECT d.device_id, d.online, d.maintenance, d.port_count, d.last_frame_at, p.type, p.region,
             ${WORST} AS worst, coalesce(a.recent, '') AS recent
           FROM ${DEVICES} LEFT JOIN session.device_answers a ON a.device_id = d.device_id WHERE ${where.sql}
         ), port AS (
           SELECT o.device_id, o.port_no, o.state = 'fault' AS faulted, c.running,
             CASE WHEN c.running AND o.state NOT IN ${CHARGING} THEN 'charging' ELSE o.state END AS state
           FROM seen JOIN session.ports o USING (device_id)
           CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM session.charging_sessions s
             WHERE s.device_id = o.device_id AND s.port_no = o.port_no AND s.holds_port AND s.status IN ${RUNNING}) AS running) c
         ), of_device AS (
           SELECT device_id, max(port_no) AS top, bool_or(faulted) AS faulted, bool_or(state IN ${CHARGING}) AS charging
           FROM port GROUP BY device_id
         ), share AS (
           SELECT count(*)::int AS devices, online, maintenance, type, region, worst,
             worst > 0 OR coalesce(o.faulted, false) AS faulted, coalesce(o.charging, false) AS charging,
             length(recent) AS asked, length(replace(recent, '0', '')) AS answered
           FROM seen LEFT JOIN of_device o USING (device_id) GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10
         )
         SELECT jsonb_build_object(
           'shares', coalesce((SELECT jsonb_agg(to_jsonb(share)) FROM share), '[]'),
           'ports', coalesce((SELECT jsonb_object_agg(state, n) FROM (SELECT state, count(*) AS n FROM port GROUP BY state) g), '{}'),
           'portTotal', (SELECT coalesce(sum(greatest(port_count, o.top)), 0) FROM seen LEFT JOIN of_device o USING (device_id)),
           'sessions', (SELECT count(*) FROM port WHERE running),
           'lastSeenAtMs', (SELECT round(extract(epoch FROM max(last_frame_at)) * 1000) FROM seen)) AS counts`,
        where.params,
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a count is one row');
      const shares = row.counts.shares.map(({ worst, ...share }) => ({
        ...share,
        worstFault: SEVERITIES[worst] ?? null,
      }));
      return { ...row.counts, shares };
    });
  }
}
