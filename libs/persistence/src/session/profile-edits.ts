import { changedProfile } from '@chargebus/domain';
import type { DeviceId, DeviceProfile, ProfileChange, ProfileRefusal, TenantId } from '@chargebus/domain';
import { BeyondDataScope } from '@chargebus/errors';
import type { Transaction } from '../database';
import { DEVICES, filteredGroups, groupsNamed, whereDevices } from './device-where';
import type { Viewer } from './device-where';
import { profileRows } from './tables';

/** What is to become of one profile. `before`: a blank one for a device that is new. */
export interface ProfileEdit {
  readonly before: DeviceProfile;
  readonly change: ProfileChange;
}
/** A profile cannot become what was asked. */
export class ProfileRefused extends Error {
  constructor(
    readonly deviceId: DeviceId,
    readonly refusal: ProfileRefusal,
    readonly change: ProfileChange,
  ) {
    super(`${refusal} for device ${deviceId}`);
  }
}

/** Regions of stations. The stations cannot move or go until the transaction ends. */
export async function lockStations(
  tx: Transaction,
  tenantId: TenantId,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (codes.length === 0) return new Map();
  const { rows } = await tx.query<{ code: string; region: string | null }>(
    'SELECT code, region FROM session.stations WHERE tenant_id = $1 AND code = ANY ($2) ORDER BY code FOR SHARE',
    [tenantId, [...new Set(codes)]],
  );
  return new Map(rows.map(({ code, region }) => [code, region]));
}

/** Profiles of these devices as they are, held until the transaction ends. Devices outside of what the viewer sees are left out. */
export async function lockProfiles(
  tx: Transaction,
  viewer: Viewer,
  deviceIds: readonly DeviceId[],
): Promise<ReadonlyMap<DeviceId, DeviceProfile>> {
  const filtered = await filteredGroups(tx, viewer.tenantId, groupsNamed(null, viewer));
  const where = whereDevices(viewer, null, filtered);
  where.add((n) => `d.device_id = ANY (${n})`, deviceIds);
  const { rows } = await tx.query(
    `SELECT ${profileRows.select('p')} FROM ${DEVICES} WHERE ${where.sql} ORDER BY p.device_id FOR UPDATE OF p`,
    where.params,
  );
  return new Map(rows.map((row) => profileRows.fromRow(row)).map((profile) => [profile.deviceId, profile]));
}

/** The profiles after their changes. Throws ProfileRefused for the first one that cannot be. */
export async function decideProfiles(
  tx: Transaction,
  tenantId: TenantId,
  edits: readonly ProfileEdit[],
): Promise<readonly DeviceProfile[]> {
  const codes = edits.flatMap(({ before, change }) => change.station ?? before.station ?? []);
  const stations = await lockStations(tx, tenantId, codes);
  return edits.map(({ before, change }) => {
    const after = changedProfile(before, change, (code) => stations.get(code));
    if ('refuse' in after) throw new ProfileRefused(before.deviceId, after.refuse, change);
    return after;
  });
}

/** Regions that nobody declared stand at the top, under their own code, until somebody moves or renames them. */
export async function declareRegions(tx: Transaction, profiles: readonly DeviceProfile[]): Promise<void> {
  const declared = new Map(
    profiles.flatMap(({ tenantId, region }) =>
      region === null ? [] : [[`${tenantId} ${region}`, { tenantId, region }] as const],
    ),
  );
  if (declared.size === 0) return;
  const rows = [...declared.values()];
  await tx.query(
    `INSERT INTO session.regions (tenant_id, code, name, path)
     SELECT u.tenant, u.code, u.code, ARRAY[u.code] FROM unnest($1::uuid[], $2::text[]) u (tenant, code) ORDER BY u.code
     ON CONFLICT (tenant_id, code) DO NOTHING`,
    [rows.map(({ tenantId }) => tenantId), rows.map(({ region }) => region)],
  );
}

/** Nobody moves a device to where it could not be seen any more. Throws BEYOND_DATA_SCOPE; the transaction is lost then. */
export async function refuseBeyond(tx: Transaction, viewer: Viewer, deviceIds: readonly DeviceId[]): Promise<void> {
  if (viewer.within == null) return;
  const seen = await lockProfiles(tx, viewer, deviceIds);
  const lost = deviceIds.find((deviceId) => !seen.has(deviceId));
  if (lost !== undefined) throw new BeyondDataScope({ what: `device ${lost}` });
}
