import type { DeviceFilter, DeviceId, DeviceType, PortState } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant } from '../scope';
import { DEVICES, filteredGroups, groupsNamed, whereDevices } from './device-where';
import type { Viewer } from './device-where';
import type { StationState } from './station.repository';

/** Devices that stand at one place: at a station, or in a region without one, or nowhere. */
export interface PlaceCount {
  readonly region: string | null;
  readonly station: string | null;
  readonly devices: number;
  readonly onlineDevices: number;
  readonly ports: number;
}
export interface TreeRegion {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly path: readonly string[];
  readonly visible: boolean; // lies in the viewer's data scope
}
export interface TreeStation {
  readonly code: string;
  readonly name: string;
  readonly region: string | null;
  readonly state: StationState;
  readonly visible: boolean;
}
export interface TreeDevice {
  readonly deviceId: DeviceId;
  readonly name: string | null;
  readonly type: DeviceType;
  readonly online: boolean;
  readonly region: string | null;
  readonly station: string | null;
  readonly portCount: number;
  readonly ports: readonly { readonly portNo: number; readonly state: PortState }[]; // those that it told of
}
export interface TreeParts {
  readonly regions: readonly TreeRegion[];
  readonly stations: readonly TreeStation[];
  readonly places: readonly PlaceCount[];
}

/** The tree operator → region → station → device → port, read in a few statements of one moment. */
export class OrganizationRepository {
  constructor(private readonly database: Database) {}

  async parts(viewer: Viewer, filter: DeviceFilter): Promise<TreeParts> {
    const { tenantId, within } = viewer;
    return this.database.transaction(forTenant(tenantId), async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      const filtered = await filteredGroups(tx, tenantId, groupsNamed(filter, viewer));
      const where = whereDevices(viewer, filter, filtered);
      const inScope = [tenantId, within === undefined || within === null, within?.regions ?? []];
      const [regions, stations, places] = await Promise.all([
        tx.query<TreeRegion>(
          `SELECT code, name, parent, path, ($2 OR path && $3::text[]) AS visible
           FROM session.regions WHERE tenant_id = $1 ORDER BY path`,
          inScope,
        ),
        tx.query<TreeStation>(
          `SELECT s.code, s.name, s.region, s.state, ($2 OR s.code = ANY ($4::text[]) OR
             coalesce(r.path && $3::text[], false)) AS visible
           FROM session.stations s LEFT JOIN session.regions r ON r.tenant_id = s.tenant_id AND r.code = s.region
           WHERE s.tenant_id = $1 ORDER BY s.code`,
          [...inScope, within?.stations ?? []],
        ),
        tx.query<PlaceCount>(
          `SELECT p.region, p.station, count(*)::int AS devices, (count(*) FILTER (WHERE d.online))::int AS "onlineDevices",
             sum(d.port_count)::int AS ports
           FROM ${DEVICES} WHERE ${where.sql} GROUP BY p.region, p.station`,
          where.params,
        ),
      ]);
      return {
        regions: regions.rows,
        stations: stations.rows,
        places: places.rows,
      };
    });
  }

  async devices(viewer: Viewer, filter: DeviceFilter, limit: number): Promise<readonly TreeDevice[]> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(filter, viewer));
      const where = whereDevices(viewer, filter, filtered);
      const { rows } = await tx.query<TreeDevice>(
        `SELECT d.device_id AS "deviceId", p.name, p.type, d.online, p.region, p.station, d.port_count AS "portCount",
           coalesce((SELECT jsonb_agg(jsonb_build_object('portNo', o.port_no, 'state', o.state) ORDER BY o.port_no)
             FROM session.ports o WHERE o.device_id = d.device_id), '[]') AS ports
         FROM ${DEVICES} WHERE ${where.sql} ORDER BY d.device_id LIMIT ${limit.toString()}`,
        where.params,
      );
      return rows;
    });
  }
}
