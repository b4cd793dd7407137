import type { DeviceId, TenantId } from '@chargebus/domain';
import { BeyondDataScope } from '@chargebus/errors';
import type { Transaction } from '../database';
import type { Viewer } from './device-where';

/** Codes of the groups that name a device, sorted. */
export type NamedGroups = ReadonlyMap<DeviceId, readonly string[]>;

/** Groups of the tenant that the viewer sees. */
export async function groupCodes(tx: Transaction, { tenantId, within }: Viewer): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ code: string }>(
    'SELECT code FROM session.device_groups WHERE tenant_id = $1 AND ($2::text[] IS NULL OR code = ANY ($2))',
    [tenantId, within?.groups ?? null],
  );
  return new Set(rows.map(({ code }) => code));
}

/** Devices that no group names are left out, as are groups that the viewer does not see. */
export async function namedGroups(
  tx: Transaction,
  { tenantId, within }: Viewer,
  deviceIds: readonly DeviceId[],
): Promise<NamedGroups> {
  const { rows } = await tx.query<{ device_id: DeviceId; codes: string[] }>(
    `SELECT device_id, array_agg(group_code ORDER BY group_code COLLATE "C") AS codes FROM session.device_group_members
     WHERE tenant_id = $1 AND device_id = ANY ($2) AND ($3::text[] IS NULL OR group_code = ANY ($3)) GROUP BY device_id`,
    [tenantId, deviceIds, within?.groups ?? null],
  );
  return new Map(rows.map((row) => [row.device_id, row.codes]));
}

/** Has exactly these groups name the devices. Groups limit principals: throws BEYOND_DATA_SCOPE for those who have limits. */
export async function nameInGroups(tx: Transaction, viewer: Viewer, groups: NamedGroups): Promise<void> {
  if (groups.size === 0) return;
  if (viewer.within != null) throw new BeyondDataScope({ what: 'groups of the tenant' });
  const [devices, codes] = pairsOf(groups);
  await tx.query(
    `DELETE FROM session.device_group_members m WHERE tenant_id = $1 AND device_id = ANY ($2)
       AND NOT EXISTS (SELECT FROM unnest($3::text[], $4::text[]) u (id, code) WHERE u.id = m.device_id AND u.code = m.group_code)`,
    [viewer.tenantId, [...groups.keys()], devices, codes],
  );
  await insertMembers(tx, viewer.tenantId, devices, codes);
}

/** Devices and groups that are gone meanwhile are left out. */
async function insertMembers(
  tx: Transaction,
  tenantId: TenantId,
  devices: readonly string[],
  codes: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO session.device_group_members (tenant_id, group_code, device_id)
     SELECT $1, g.code, d.device_id FROM unnest($2::text[], $3::text[]) u (id, code)
     JOIN session.devices d ON d.tenant_id = $1 AND d.device_id = u.id
     JOIN session.device_groups g ON g.tenant_id = $1 AND g.code = u.code
     ON CONFLICT DO NOTHING`,
    [tenantId, devices, codes],
  );
}

const pairsOf = (groups: NamedGroups): readonly [string[], string[]] => {
  const pairs = [...groups].flatMap(([deviceId, codes]) => codes.map((code) => [deviceId, code] as const));
  return [pairs.map(([deviceId]) => deviceId), pairs.map(([, code]) => code)];
};
