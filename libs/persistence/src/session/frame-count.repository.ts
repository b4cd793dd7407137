import type { DeviceId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { filteredGroups, groupsNamed, rowsWithin, Where } from './device-where';
import type { Viewer } from './device-where';

export interface CountedFrames {
  readonly deviceId: DeviceId;
  readonly protocol: string;
  readonly outcome: string;
  readonly frames: number; // of the hour, so far
}
export interface FrameStatisticsRow {
  readonly protocol: string;
  readonly model: string | null;
  readonly firmwareVersion: string | null;
  readonly devices: number;
  readonly frames: number;
  readonly rejectedBy: Readonly<Record<string, number>>;
}

const OF_A_GATEWAY = asSystem('a gateway counts the frames of devices of many tenants');
const RETENTION = asSystem('retention applies to every tenant');

/** Frames of devices by hour. Written by `session`. */
export class FrameCountRepository {
  constructor(private readonly database: Database) {}

  /** Sums of an hour as one gateway has them; lower ones than are known change nothing. Devices of nobody are left out. */
  async put(gateway: string, hour: string, counts: readonly CountedFrames[]): Promise<void> {
    await this.database.query(
      OF_A_GATEWAY,
      `INSERT INTO session.frame_counts AS c
         (tenant_id, device_id, hour, gateway, protocol, outcome, model, firmware_version, frames)
       SELECT d.tenant_id, d.device_id, $2, $1, u.protocol, u.outcome, d.model, d.firmware_version, max(u.frames)
       FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) u (device_id, protocol, outcome, frames)
         JOIN session.devices d ON d.device_id = u.device_id
       GROUP BY d.device_id, u.protocol, u.outcome
       ORDER BY d.device_id, u.protocol, u.outcome
       ON CONFLICT (device_id, hour, gateway, protocol, outcome) DO UPDATE SET
         frames = greatest(c.frames, excluded.frames),
         model = coalesce(c.model, excluded.model),
         firmware_version = coalesce(c.firmware_version, excluded.firmware_version)`,
      [
        gateway,
        hour,
        counts.map(({ deviceId }) => deviceId),
        counts.map(({ protocol }) => protocol),
        counts.map(({ outcome }) => outcome),
        counts.map(({ frames }) => frames),
      ],
    );
  }

  async statistics(
    viewer: Viewer,
    asked: {
      readonly since: string; // the beginning of an hour
      readonly until: string;
      readonly protocol: string | null;
      readonly deviceId: string | null;
    },
  ): Promise<readonly FrameStatisticsRow[]> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const where = new Where([viewer.tenantId]);
      where.conditions.push('c.tenant_id = $1');
      where.add((n) => `c.hour >= ${n}`, asked.since);
      where.add((n) => `c.hour < ${n}`, asked.until);
      where.add((n) => `c.protocol = ${n}`, asked.protocol);
      where.add((n) => `c.device_id = ${n}`, asked.deviceId);
      const groups = await filteredGroups(tx, viewer.tenantId, groupsNamed(null, viewer));
      const limit = rowsWithin(where, 'c.device_id', viewer, groups);
      if (limit !== null) where.conditions.push(limit);
      const { rows } = await tx.query<StatisticsRow>(
        `WITH counted AS (SELECT c.* FROM session.frame_counts c WHERE ${where.sql}),
           kinds AS (SELECT protocol, model, firmware_version, count(DISTINCT device_id)::int AS devices
             FROM counted GROUP BY 1, 2, 3),
           outcomes AS (SELECT protocol, model, firmware_version, outcome, sum(frames)::bigint AS frames
             FROM counted GROUP BY 1, 2, 3, 4)
         SELECT k.protocol, k.model, k.firmware_version, k.devices, sum(o.frames)::bigint AS frames,
           coalesce(jsonb_object_agg(o.outcome, o.frames) FILTER (WHERE o.outcome <> 'ok'), '{}') AS rejected_by
         FROM kinds k JOIN outcomes o ON o.protocol = k.protocol AND o.model IS NOT DISTINCT FROM k.model
           AND o.firmware_version IS NOT DISTINCT FROM k.firmware_version
         GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 NULLS LAST, 3 NULLS LAST`,
        where.params,
      );
      return rows.map((row) => ({
        protocol: row.protocol,
        model: row.model,
        firmwareVersion: row.firmware_version,
        devices: row.devices,
        frames: Number(row.frames),
        rejectedBy: row.rejected_by,
      }));
    });
  }

  async dropBefore(hour: string): Promise<void> {
    await this.database.query(RETENTION, 'DELETE FROM session.frame_counts WHERE hour < $1', [hour]);
  }
}

interface StatisticsRow {
  readonly protocol: string;
  readonly model: string | null;
  readonly firmware_version: string | null;
  readonly devices: number;
  readonly frames: string; // bigint
  readonly rejected_by: Readonly<Record<string, number>>;
}
