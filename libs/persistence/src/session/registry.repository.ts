import { ANY_DEVICE } from '@chargebus/domain';
import type {
  DeviceFilter,
  DeviceId,
  DeviceProfile,
  DeviceRecord,
  HealthSigns,
  Incapabilities,
  ProfileChange,
  TenantId,
} from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { asSystem, forTenant } from '../scope';
import { DEVICES, DEVICES_TO_COUNT, filteredGroups, groupsNamed, whereDevices, whichGroups } from './device-where';
import type { FilteredGroups, Viewer, Where } from './device-where';
import { CHARGING, RUNNING, SIGNS, toSigns } from './health.repository';
import { groupCodes, namedGroups, nameInGroups } from './named-groups';
import type { NamedGroups } from './named-groups';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import { declareRegions, decideProfiles, lockProfiles, refuseBeyond } from './profile-edits';
import { deviceRows, profileRows } from './tables';

export type DeviceModel = Pick<DeviceRecord, 'tenantId' | 'protocol' | 'model' | 'firmwareVersion'>;
export interface ListedDevice {
  readonly device: DeviceRecord;
  readonly profile: DeviceProfile;
  readonly openFaults: number;
  readonly portFault: boolean; // one of its ports reports a fault
  readonly charging: boolean;
}
export interface DeviceStanding {
  readonly profile: DeviceProfile;
  readonly groups: readonly string[]; // codes of those that name it, and of those whose filter finds it
  readonly signs: HealthSigns;
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
/** A port with a running charge charges, although its own report may still be on the way. */
const CONDITION = `
  (SELECT count(*)::int FROM session.faults f WHERE f.device_id = d.device_id AND f.closed_at IS NULL) AS open_faults,
  EXISTS (SELECT FROM session.ports o WHERE o.device_id = d.device_id AND o.state = 'fault') AS port_fault,
  EXISTS (SELECT FROM session.ports o WHERE o.device_id = d.device_id AND o.state IN ${CHARGING})
    OR EXISTS (SELECT FROM session.charging_sessions s WHERE s.device_id = d.device_id AND s.holds_port
                 AND s.status NOT IN ('settled', 'failed') AND s.status IN ${RUNNING}) AS charging`;

const LISTED = `SELECT ${BOTH}, ${CONDITION} FROM ${DEVICES} WHERE d.device_id = ANY ($1)`;

const STANDING = `
  SELECT ${profileRows.select('p')}, ${SIGNS},
    ARRAY(SELECT m.group_code FROM session.device_group_members m WHERE m.device_id = d.device_id) AS named
  FROM ${DEVICES} LEFT JOIN session.device_answers a ON a.device_id = d.device_id
  WHERE p.tenant_id = $1 AND p.device_id = $2`;

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

  /** The same for many: those that the viewer has, by what was asked. */
  async resolveMany(viewer: Viewer, idsOrNumbers: readonly string[]): Promise<ReadonlyMap<string, DeviceId>> {
    return this.of(viewer, null, async (tx, where) => {
      const asked = where.bind(idsOrNumbers);
      const { rows } = await tx.query<{ asked: string; device_id: DeviceId }>(
        `SELECT u.asked, d.device_id FROM unnest(${asked}::text[]) u (asked) CROSS JOIN LATERAL (
           SELECT d.device_id FROM ${DEVICES}
           WHERE ${where.sql} AND (d.device_id IN (u.asked, upper(u.asked)) OR d.device_no = u.asked)
           ORDER BY (d.device_id = u.asked) DESC, (d.device_id = upper(u.asked)) DESC, d.device_id LIMIT 1) d`,
        where.params,
      );
      return new Map(rows.map((row) => [row.asked, row.device_id]));
    });
  }

  /** What a device's page shows besides the device itself, in one round trip; null: this tenant has no such device. */
  async standing(tenantId: TenantId, deviceId: DeviceId): Promise<DeviceStanding | null> {
    return this.database.transaction(forTenant(tenantId), async (tx) => {
      const [{ rows }, filters] = await Promise.all([
        tx.query<Record<string, unknown> & { named: string[] }>(STANDING, [tenantId, deviceId], 'device_standing'),
        filteredGroups(tx, tenantId, null),
      ]);
      const [row] = rows;
      if (row === undefined) return null;
      const found = filters.size === 0 ? [] : await findingGroups(tx, tenantId, deviceId, filters);
      const groups = [...new Set([...row.named, ...found])].sort();
      return { profile: profileRows.fromRow(row), groups, signs: toSigns(row) };
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

  /**
   * Adds devices and returns the ids of those that nobody had before. A region that nobody declared is made with them.
   * Throws ProfileRefused, BEYOND_DATA_SCOPE; nothing is added then.
   */
  async add(viewer: Viewer, devices: readonly NewDevice[]): Promise<ReadonlySet<DeviceId>> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => addDevices(tx, viewer, devices));
  }

  /** Changes profiles, of those of the devices that the viewer sees; returns them. Throws as `add` does. */
  async edit(
    viewer: Viewer,
    changes: ReadonlyMap<DeviceId, ProfileChange>,
  ): Promise<ReadonlyMap<DeviceId, DeviceProfile>> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => editProfiles(tx, viewer, changes));
  }

  /** What an import is planned upon: the viewer's devices of these ids, ids that somebody has, and all stations. */
  async importBasis(viewer: Viewer, deviceIds: readonly DeviceId[]): Promise<ImportBasis> {
    const { items } = await this.select(
      viewer,
      { ...ANY_DEVICE, deviceIds: [...deviceIds] },
      null,
      deviceIds.length + 1,
    );
    const taken = await this.database.query<{ device_id: DeviceId }>(
      asSystem('device ids are unique across tenants'),
      'SELECT device_id FROM session.devices WHERE device_id = ANY ($1)',
      [deviceIds],
    );
    const stations = await this.database.query<{ code: string; region: string | null }>(
      forTenant(viewer.tenantId),
      'SELECT code, region FROM session.stations WHERE tenant_id = $1',
      [viewer.tenantId],
    );
    return {
      known: new Map(items.map((item) => [item.device.deviceId, item])),
      taken: new Set(taken.rows.map((row) => row.device_id)),
      stations: new Map(stations.rows.map(({ code, region }) => [code, region])),
      groups: await this.database.transaction(forTenant(viewer.tenantId), (tx) => groupCodes(tx, viewer)),
      named: await this.namedGroups(viewer, deviceIds),
      mayNameGroups: viewer.within == null,
    };
  }

  /** Of the groups that the viewer sees those that name these devices. */
  namedGroups(viewer: Viewer, deviceIds: readonly DeviceId[]): Promise<NamedGroups> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => namedGroups(tx, viewer, deviceIds));
  }

  /**
   * New devices, changed profiles and the groups that name them in one transaction, which a rehearsal takes back. Throws
   * as `add` does.
   */
  async bringIn(
    viewer: Viewer,
    devices: readonly NewDevice[],
    changes: ReadonlyMap<DeviceId, ProfileChange>,
    groups: NamedGroups,
    rehearsal = false,
  ): Promise<void> {
    const takenBack = new Error('rehearsed');
    await this.database
      .transaction(forTenant(viewer.tenantId), async (tx) => {
        await addDevices(tx, viewer, devices);
        await editProfiles(tx, viewer, changes);
        await nameInGroups(tx, viewer, groups);
        if (rehearsal) throw takenBack;
      })
      .catch((error: unknown) => {
        if (error !== takenBack) throw error;
      });
  }

  /** `charging`: it has open sessions, and stays. The row is held first, so that no start slips in between. */
  async remove(viewer: Viewer, deviceId: DeviceId): Promise<'removed' | 'charging' | 'unknown'> {
    return this.of(viewer, null, async (tx, where) => {
      where.add((n) => `d.device_id = ${n}`, deviceId);
      const { rows } = await tx.query(
        `SELECT 1 AS found FROM ${DEVICES} WHERE ${where.sql} FOR UPDATE OF d`,
        where.params,
      );
      if (rows.length === 0) return 'unknown';
      const open = await tx.query(
        `SELECT 1 AS found FROM session.charging_sessions
         WHERE device_id = $1 AND status NOT IN ('settled', 'failed') LIMIT 1`,
        [deviceId],
      );
      if (open.rows.length > 0) return 'charging';
      await tx.query('UPDATE session.faults SET closed_at = now() WHERE device_id = $1 AND closed_at IS NULL', [
        deviceId,
      ]);
      await tx.query('DELETE FROM session.devices WHERE device_id = $1', [deviceId]);
      return 'removed';
    });
  }

  /** Who is on the page is found first, so that the long statement has one text, whatever the filter, and keeps its plan. */
  async list(viewer: Viewer, filter: DeviceFilter, request: PageRequest): Promise<PageResult<ListedDevice>> {
    return this.of(viewer, filter, async (tx, where) => {
      const found = await page(tx, {
        request,
        from: DEVICES,
        countFrom: DEVICES_TO_COUNT,
        select: 'd.device_id',
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: 'd.created_at',
        tieBreak: 'd.device_id',
        read: (row: { readonly device_id: DeviceId }) => row.device_id,
      });
      const { rows } = await tx.query<Record<string, unknown>>(LISTED, [found.items], 'listed-devices');
      const listed = new Map(rows.map((row) => [row.device_id, toListed(row)]));
      return { ...found, items: found.items.flatMap((id) => listed.get(id) ?? []) };
    });
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

export interface ImportBasis {
  readonly known: ReadonlyMap<DeviceId, { readonly device: DeviceRecord; readonly profile: DeviceProfile }>;
  readonly taken: ReadonlySet<DeviceId>;
  readonly stations: ReadonlyMap<string, string | null>; // code → region
  readonly groups: ReadonlySet<string>; // codes
  readonly named: NamedGroups; // of the devices
  readonly mayNameGroups: boolean; // groups limit principals: those with a limit leave them as they are
}
export interface NewDevice {
  readonly device: DeviceRecord;
  readonly before: DeviceProfile; // a blank one
  readonly change: ProfileChange;
}

export async function addDevices(
  tx: Transaction,
  viewer: Viewer,
  devices: readonly NewDevice[],
): Promise<ReadonlySet<DeviceId>> {
  const suffix = 'ON CONFLICT (device_id) DO NOTHING RETURNING device_id';
  const rows = await deviceRows.insert(
    tx,
    devices.map(({ device }) => device),
    suffix,
  );
  const added = new Set(rows.map((row) => row.device_id as DeviceId));
  const mine = devices.filter(({ device }) => added.has(device.deviceId));
  const profiles = await decideProfiles(tx, viewer.tenantId, mine);
  await declareRegions(tx, profiles);
  await profileRows.insert(tx, profiles);
  await refuseBeyond(tx, viewer, [...added]);
  return added;
}

export async function editProfiles(
  tx: Transaction,
  viewer: Viewer,
  changes: ReadonlyMap<DeviceId, ProfileChange>,
): Promise<ReadonlyMap<DeviceId, DeviceProfile>> {
  const found = await lockProfiles(tx, viewer, [...changes.keys()]);
  const edits = [...found].map(([deviceId, before]) => ({ before, change: changes.get(deviceId) ?? {} }));
  const profiles = await decideProfiles(tx, viewer.tenantId, edits);
  await declareRegions(tx, profiles);
  await profileRows.update(
    tx,
    profiles.map((after, at) => ({ before: edits[at]?.before ?? after, after })),
    'deviceId',
    { set: 'updated_at = now()' },
  );
  await refuseBeyond(tx, viewer, [...found.keys()]);
  return new Map(profiles.map((profile) => [profile.deviceId, profile]));
}

async function findingGroups(
  tx: Transaction,
  tenantId: TenantId,
  deviceId: DeviceId,
  filters: FilteredGroups,
): Promise<readonly string[]> {
  const { sql, params } = whichGroups({ tenantId }, deviceId, filters);
  const { rows } = await tx.query<{ codes: string[] }>(sql, params);
  return rows[0]?.codes ?? [];
}

async function countOf(tx: Transaction, where: Where): Promise<number> {
  const sql = `SELECT count(*)::int AS n FROM ${DEVICES_TO_COUNT} WHERE ${where.sql}`;
  const { rows } = await tx.query<{ n: number }>(sql, where.params);
  return rows[0]?.n ?? 0;
}

function toPair(row: Readonly<Record<string, unknown>>): { device: DeviceRecord; profile: DeviceProfile } {
  return {
    device: deviceRows.fromRow(row),
    profile: profileRows.fromRow(row.profile as Readonly<Record<string, unknown>>),
  };
}

const toListed = (row: Readonly<Record<string, unknown>>): ListedDevice => ({
  ...toPair(row),
  openFaults: Number(row.open_faults),
  portFault: row.port_fault === true,
  charging: row.charging === true,
});
