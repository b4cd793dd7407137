import type { DeviceFilter, DeviceId, DeviceProfile, DeviceRecord, Incapabilities, TenantId } from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { asSystem, forTenant } from '../scope';
import { DEVICES, filteredGroups, groupsNamed, whereDevices } from './device-where';
import type { Viewer, Where } from './device-where';
import { page } from './paging';
import type { PageRequest, PageResult } from './paging';
import { deviceRows, profileRows } from './tables';

export type DeviceModel = Pick<DeviceRecord, 'tenantId' | 'protocol' | 'model' | 'firmwareVersion'>;
export interface ListedDevice {
  readonly device: DeviceRecord;
  readonly profile: DeviceProfile;
  readonly openFaults: number;
}
export interface Selection {
  readonly items: readonly { readonly device: DeviceRecord; readonly profile: DeviceProfile }[];
  readonly cursor: DeviceId | null; // null: there are no more
  readonly total: number | null; // null: asked with a cursor
}

const SORTS = {
  created_at: 'd.created_at',
  device_id: 'd.device_id',
  phy_id: 'd.device_id',
  name: 'p.name',
  last_seen: 'd.last_frame_at',
} as const;
const BOTH = `${deviceRows.select('d')}, row_to_json(p) AS profile`;

/** The list of devices of a tenant: who is in it, and under which names. Written by `session` only. */
export class RegistryRepository {
  constructor(private readonly database: Database) {}

  /** By id or printed number; null: this viewer has no such device. */
  async resolve(viewer: Viewer, idOrNumber: string): Promise<DeviceId | null> {
    return this.of(viewer, null, async (tx, where) => {
      const id = where.bind(idOrNumber);
      const { rows } = await tx.query<{ device_id: DeviceId }>(
        `SELECT d.device_id FROM ${DEVICES}
         WHERE ${where.sql} AND (d.device_id IN (${id}, upper(${id})) OR d.device_no = ${id})
         ORDER BY (d.device_id = ${id}) DESC, (d.device_id = upper(${id})) DESC, d.device_id LIMIT 1`,
        where.params,
      );
      return rows[0]?.device_id ?? null;
    });
  }

  /** What its owner keeps about a device; null: this tenant has no such device. */
  async profile(tenantId: TenantId, deviceId: DeviceId): Promise<DeviceProfile | null> {
    const { rows } = await this.database.query(
      forTenant(tenantId),
      `SELECT ${profileRows.select('p')} FROM session.device_profiles p WHERE p.tenant_id = $1 AND p.device_id = $2`,
      [tenantId, deviceId],
      'device_profile',
    );
    return rows[0] === undefined ? null : profileRows.fromRow(rows[0]);
  }

  /** What devices of this model and firmware turned out not to be able to do. */
  async incapabilitiesOfModel(kind: DeviceModel): Promise<readonly Incapabilities[]> {
    const { tenantId, protocol, model, firmwareVersion } = kind;
    const { rows } = await this.database.query<{ incapable: Incapabilities }>(
      forTenant(tenantId),
      `SELECT DISTINCT incapable FROM session.devices WHERE tenant_id = $1 AND protocol = $2 AND model = $3
       AND firmware_version IS NOT DISTINCT FROM $4 AND incapable <> '{}'`,
      [tenantId, protocol, model, firmwareVersion],
    );
    return rows.map(({ incapable }) => incapable);
  }

  /** False: somebody has a device of this id already. A region that nobody declared is made with it. */
  async add(device: DeviceRecord, profile: DeviceProfile): Promise<boolean> {
    return this.database.transaction(asSystem('device ids are unique across tenants'), async (tx) => {
      const rows = await deviceRows.insert(tx, [device], 'ON CONFLICT (device_id) DO NOTHING RETURNING device_id');
      if (rows.length === 0) return false;
      await declareRegions(tx, profile.tenantId, profile.region === null ? [] : [profile.region]);
      await profileRows.insert(tx, [profile]);
      return true;
    });
  }

  async list(viewer: Viewer, filter: DeviceFilter, request: PageRequest): Promise<PageResult<ListedDevice>> {
    return this.of(viewer, filter, (tx, where) =>
      page(tx, {
        request,
        from: DEVICES,
        select: `${BOTH}, (SELECT count(*)::int FROM session.faults f
          WHERE f.device_id = d.device_id AND f.closed_at IS NULL) AS open_faults`,
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: 'd.created_at',
        tieBreak: 'd.device_id',
        read: (row) => ({ ...toPair(row), openFaults: Number(row.open_faults) }),
      }),
    );
  }

  /** In the order of ids, from behind `cursor`. */
  async select(viewer: Viewer, filter: DeviceFilter, cursor: DeviceId | null, limit: number): Promise<Selection> {
    return this.of(viewer, filter, async (tx, where) => {
      const count = cursor === null ? countOf(tx, where) : Promise.resolve(null);
      const behind = cursor === null ? '' : `AND d.device_id > ${where.bind(cursor)}`;
      const { rows } = await tx.query(
        `SELECT ${BOTH} FROM ${DEVICES} WHERE ${where.sql} ${behind} ORDER BY d.device_id LIMIT ${(limit + 1).toString()}`,
        where.params,
      );
      const items = rows.slice(0, limit).map(toPair);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, cursor: last?.device.deviceId ?? null, total: await count };
    });
  }

  /** One transaction for a viewer, with what stands for `filter` and the viewer's own limits. */
  private of<T>(
    viewer: Viewer,
    filter: DeviceFilter | null,
    work: (tx: Transaction, where: Where) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(filter, viewer));
      return work(tx, whereDevices(viewer, filter, filtered));
    });
  }
}

/** Regions that nobody declared stand at the top, under their own code, until somebody moves or renames them. */
export async function declareRegions(tx: Transaction, tenantId: TenantId, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  await tx.query(
    `INSERT INTO session.regions (tenant_id, code, name, path)
     SELECT $1, code, code, ARRAY[code] FROM unnest($2::text[]) code ORDER BY code
     ON CONFLICT (tenant_id, code) DO NOTHING`,
    [tenantId, [...new Set(codes)]],
  );
}

async function countOf(tx: Transaction, where: Where): Promise<number> {
  const sql = `SELECT count(*)::int AS n FROM ${DEVICES} WHERE ${where.sql}`;
  const { rows } = await tx.query<{ n: number }>(sql, where.params);
  return rows[0]?.n ?? 0;
}

function toPair(row: Readonly<Record<string, unknown>>): { device: DeviceRecord; profile: DeviceProfile } {
  return {
    device: deviceRows.fromRow(row),
    profile: profileRows.fromRow(row.profile as Readonly<Record<string, unknown>>),
  };
}
