import type { DeviceType } from '../device-filter';
import type { DeviceId, TenantId } from '../ids';

/**
 * What its owner keeps about a device: where it stands and what it is called. No fact needs or changes it, so it is no
 * part of the device's versioned state and editing it disturbs nobody.
 */
export interface DeviceProfile {
  readonly deviceId: DeviceId;
  readonly tenantId: TenantId;
  readonly name: string | null;
  readonly type: DeviceType;
  readonly region: string | null; // that of its station, where it has one
  readonly station: string | null;
  readonly tags: readonly string[]; // sorted, each once
  readonly attributes: Readonly<Record<string, unknown>>; // the owner's own, besides what the device tells
}
/** Absent: as it is. Attributes are merged: null takes one away. */
export interface ProfileChange {
  readonly name?: string | null | undefined;
  readonly type?: DeviceType | undefined;
  readonly region?: string | null | undefined;
  readonly station?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}
export type ProfileRefusal = 'station_unknown' | 'region_is_the_stations';

/**
 * A profile after a change, or why not. `regionOf`: region of a station, null for one without, undefined for an unknown
 * one. A device at a station is where the station is; one that leaves it stays in the region, unless it is told another.
 */
export function changedProfile(
  before: DeviceProfile,
  change: ProfileChange,
  regionOf: (station: string) => string | null | undefined,
): DeviceProfile | { readonly refuse: ProfileRefusal } {
  const station = change.station === undefined ? before.station : change.station;
  let region = change.region === undefined ? before.region : change.region;
  if (station !== null) {
    const ofStation = regionOf(station);
    if (ofStation === undefined) return { refuse: 'station_unknown' };
    if (change.region !== undefined && change.region !== ofStation) return { refuse: 'region_is_the_stations' };
    region = ofStation;
  }
  return {
    ...before,
    name: change.name === undefined ? before.name : change.name,
    type: change.type ?? before.type,
    region,
    station,
    tags: change.tags === undefined ? before.tags : [...new Set(change.tags)].sort(),
    attributes: change.attributes === undefined ? before.attributes : merged(before.attributes, change.attributes),
  };
}

const merged = (
  before: DeviceProfile['attributes'],
  change: Readonly<Record<string, unknown>>,
): DeviceProfile['attributes'] =>
  Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
