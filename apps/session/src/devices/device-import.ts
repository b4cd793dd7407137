import { changedProfile } from '@chargebus/domain';
import type { DeviceId, DeviceProfile, DeviceRecord, ProfileChange, ProfileRefusal, TenantId } from '@chargebus/domain';
import type { ImportBasis, NamedGroups, NewDevice } from '@chargebus/persistence/session';
import type { ImportProblem, ImportRow } from '@chargebus/requests';
import { blankDevice, blankProfile } from './new-device';
import { placeAndName } from './profile-change';
import { changedSettings } from './settings-change';

/** What a file comes to: decided in memory, before anything is written. */
export interface ImportPlan {
  readonly created: readonly NewDevice[];
  readonly profiles: ReadonlyMap<DeviceId, ProfileChange>;
  readonly settings: readonly ImportRow[];
  readonly groups: NamedGroups;
  readonly updated: number;
  readonly unchanged: number;
  readonly problems: readonly ImportProblem[];
  readonly badRows: number;
}

const REASONS: Readonly<Record<ProfileRefusal, Omit<ImportProblem, 'line'>>> = {
  station_unknown: { field: 'station', reason: 'there is no such station' },
  region_is_the_stations: { field: 'region', reason: 'is not the region of the station' },
};

export function planImport(
  rows: readonly ImportRow[],
  basis: ImportBasis,
  tenantId: TenantId,
  mode: 'upsert' | 'create',
  nowMs: number,
): ImportPlan {
  const created: NewDevice[] = [];
  const profiles = new Map<DeviceId, ProfileChange>();
  const settings: ImportRow[] = [];
  const groups = new Map<DeviceId, readonly string[]>();
  const problems: ImportProblem[] = [];
  const seen = new Map<DeviceId, number>();
  let updated = 0;
  let unchanged = 0;
  for (const row of rows) {
    const known = basis.known.get(row.deviceId);
    const before = known?.profile ?? blankProfile(row.deviceId, tenantId);
    const after = changedProfile(before, placeAndName(row), (code) => basis.stations.get(code));
    const problem =
      problemOf(row, basis, mode, seen.get(row.deviceId)) ?? ('refuse' in after ? REASONS[after.refuse] : null);
    if (problem !== null) problems.push({ line: row.line, ...problem });
    if (problem !== null || 'refuse' in after) continue;
    seen.set(row.deviceId, row.line);
    const named = changedGroups(row, basis);
    if (named !== null) groups.set(row.deviceId, named);
    if (known === undefined) {
      created.push({ device: newDevice(row, tenantId, nowMs), before, change: placeAndName(row) });
      continue;
    }
    const moved = differs(before, after);
    const reset = changedSettings(known.device, row) !== null;
    if (moved) profiles.set(row.deviceId, placeAndName(row));
    if (reset) settings.push(row);
    if (moved || reset || named !== null) updated += 1;
    else unchanged += 1;
  }
  return { created, profiles, settings, groups, updated, unchanged, problems, badRows: problems.length };
}

type Problem = Omit<ImportProblem, 'line'>;

function problemOf(
  row: ImportRow,
  basis: ImportBasis,
  mode: 'upsert' | 'create',
  earlier: number | undefined,
): Problem | null {
  const { known, taken } = basis;
  if (earlier !== undefined) return { field: 'phy_id', reason: `stands in line ${earlier.toString()} already` };
  if (known.has(row.deviceId) && mode === 'create') return { field: 'phy_id', reason: 'is registered already' };
  if (!known.has(row.deviceId) && taken.has(row.deviceId))
    return { field: 'phy_id', reason: 'belongs to somebody else' };
  return groupProblem(row, basis);
}

function groupProblem(row: ImportRow, basis: ImportBasis): Problem | null {
  const unknown = row.groups?.find((code) => !basis.groups.has(code));
  if (unknown !== undefined) return { field: 'groups', reason: `there is no group ${unknown}` };
  if (basis.mayNameGroups || changedGroups(row, basis) === null) return null;
  return { field: 'groups', reason: 'are not changed by who sees a part of the tenant' };
}

/** Which groups are to name the device; null: those that do now, or nothing is said. */
function changedGroups({ deviceId, groups }: ImportRow, { named }: ImportBasis): readonly string[] | null {
  if (groups === undefined) return null;
  const wanted = [...new Set(groups)].sort();
  return JSON.stringify(wanted) === JSON.stringify(named.get(deviceId) ?? []) ? null : wanted;
}

const newDevice = (row: ImportRow, tenantId: TenantId, nowMs: number): DeviceRecord => {
  const blank = { ...blankDevice(row.deviceId, tenantId, nowMs), protocol: row.protocol ?? null };
  return { ...blank, ...changedSettings(blank, row) };
};

const differs = (before: DeviceProfile, after: DeviceProfile): boolean =>
  JSON.stringify(before) !== JSON.stringify(after);
