import { DeviceFilter } from '@chargebus/domain';
import type { DataScope, DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';

/** For whom a list is made, and which part of the tenant that principal may see; null or absent: all of it. */
export interface Viewer {
  readonly tenantId: TenantId;
  readonly within?: DataScope | null | undefined;
}
/** Groups whose members are those that a filter finds; any other group has its members in a table. */
export type FilteredGroups = ReadonlyMap<string, DeviceFilter>;

/** Conditions of one statement with their parameters, numbered in the order in which they come. */
export class Where {
  readonly conditions: string[] = [];
  constructor(readonly params: unknown[] = []) {}

  /** `sql` gets the placeholder of `value`. Null: this does not matter. */
  add(sql: (placeholder: string) => string, value: unknown): void {
    if (value !== null && value !== undefined) this.conditions.push(sql(this.bind(value)));
  }
  bind(value: unknown): string {
    this.params.push(value);
    return `$${this.params.length.toString()}`;
  }
  get sql(): string {
    return this.conditions.length === 0 ? 'true' : this.conditions.join(' AND ');
  }
}

const ONE_DEVICE = 'p.device_id = d.device_id AND p.tenant_id = d.tenant_id';
/** What every statement about devices reads: the device as facts made it, and what its owner keeps about it. */
export const DEVICES = `session.devices d JOIN session.device_profiles p ON ${ONE_DEVICE}`;
/** The same rows: `devices`, whose rows change all day, is read only where a condition asks for something of it. */
export const DEVICES_TO_COUNT = `session.device_profiles p LEFT JOIN session.devices d ON ${ONE_DEVICE}`;

/** Groups that a filter or a data scope names. */
export const groupsNamed = (filter: DeviceFilter | null, { within }: Viewer): readonly string[] => [
  ...(filter?.groups ?? []),
  ...(within?.groups ?? []),
];

/** Of these groups, null for all, those whose members a filter finds. */
export async function filteredGroups(
  tx: Transaction,
  tenantId: TenantId,
  codes: readonly string[] | null,
): Promise<FilteredGroups> {
  if (codes?.length === 0) return new Map();
  const { rows } = await tx.query<{ code: string; filter: unknown }>(
    `SELECT code, filter FROM session.device_groups
     WHERE tenant_id = $1 AND filter IS NOT NULL AND ($2::text[] IS NULL OR code = ANY ($2))`,
    [tenantId, codes],
    'filtered-groups',
  );
  return new Map(rows.map(({ code, filter }) => [code, DeviceFilter.parse(filter)]));
}

/**
 * The devices that `viewer` may see and `filter` means, in a statement over DEVICES. The one place where tenant, data
 * scope and filter become SQL: lists, selections and look-ups all come here.
 */
export function whereDevices(viewer: Viewer, filter: DeviceFilter | null, filtered: FilteredGroups): Where {
  const where = new Where([viewer.tenantId]); // $1 throughout
  where.conditions.push('p.tenant_id = $1');
  if (viewer.within != null) where.conditions.push(isWithin(where, viewer.within, filtered));
  if (filter !== null) addFilter(where, filter, filtered);
  return where;
}

/**
 * The same for rows of another table that name a device in `column`; null: the viewer has no limit, and any device is
 * meant. $1 of the statement must be the tenant.
 */
export function rowsWithin(
  where: Where,
  column: string,
  { within }: Viewer,
  filtered: FilteredGroups,
  filter: DeviceFilter | null = null,
): string | null {
  if (within == null && filter === null) return null;
  const devices = new Where(where.params); // numbered on
  devices.conditions.push('p.tenant_id = $1');
  if (within != null) devices.conditions.push(isWithin(devices, within, filtered));
  if (filter !== null) addFilter(devices, filter, filtered);
  return `${column} IN (SELECT p.device_id FROM ${DEVICES_TO_COUNT} WHERE ${devices.sql})`;
}

/** A scope that names nothing lets nothing through. */
function isWithin(where: Where, { regions, stations, groups, devices }: DataScope, filtered: FilteredGroups): string {
  const ways = [
    ...(regions.length === 0 ? [] : [inRegions(where.bind(regions))]),
    ...(stations.length === 0 ? [] : [`p.station = ANY (${where.bind(stations)})`]),
    ...(groups.length === 0 ? [] : [inGroups(where, groups, filtered)]),
    ...(devices.length === 0 ? [] : [`d.device_id = ANY (${where.bind(devices)})`]),
  ];
  return ways.length === 0 ? 'false' : `(${ways.join(' OR ')})`;
}

function addFilter(where: Where, filter: DeviceFilter, filtered: FilteredGroups): void {
  where.add((n) => `d.online = ${n}`, filter.online);
  where.add((n) => `p.type = ANY (${n})`, filter.types);
  where.add((n) => inRegions(n), filter.regions);
  where.add((n) => `p.station = ANY (${n})`, filter.stations);
  if (filter.groups !== null) where.conditions.push(inGroups(where, filter.groups, filtered));
  where.add((n) => `p.tags && ${n}::text[]`, filter.tags);
  where.add((n) => `d.model = ANY (${n})`, filter.models);
  where.add((n) => `d.protocol = ANY (${n})`, filter.protocols);
  where.add((n) => `d.maintenance = ${n}`, filter.maintenance);
  where.add((n) => `d.device_id = ANY (${n})`, filter.deviceIds);
  const pattern = filter.text === null ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
  where.add((n) => `(d.device_id ILIKE ${n} OR d.device_no ILIKE ${n} OR p.name ILIKE ${n})`, pattern);
}

const inRegions = (codes: string): string =>
  `p.region IN (SELECT r.code FROM session.regions r WHERE r.tenant_id = $1 AND r.path && ${codes}::text[])`;

function inGroups(where: Where, codes: readonly string[], filtered: FilteredGroups): string {
  const named = `EXISTS (SELECT 1 FROM session.device_group_members m
    WHERE m.device_id = d.device_id AND m.group_code = ANY (${where.bind(codes)}))`;
  const found = codes.flatMap((code) => {
    const filter = filtered.get(code);
    if (filter === undefined) return [];
    const of = new Where(where.params);
    addFilter(of, filter, new Map()); // such a group is found by no other group
    return [`(${of.sql})`];
  });
  return `(${[named, ...found].join(' OR ')})`;
}

/** A statement that tells which of these groups find a device. */
export function whichGroups(
  viewer: Viewer,
  deviceId: DeviceId,
  filters: FilteredGroups,
): { readonly sql: string; readonly params: readonly unknown[] } {
  const where = whereDevices(viewer, null, new Map());
  where.add((n) => `d.device_id = ${n}`, deviceId);
  const cases = [...filters].map(([code, filter]) => {
    const of = new Where(where.params);
    addFilter(of, filter, new Map());
    return `CASE WHEN ${of.sql} THEN ${where.bind(code)}::text END`;
  });
  const sql = `SELECT array_remove(ARRAY[${cases.join(', ')}], NULL) AS codes FROM ${DEVICES} WHERE ${where.sql}`;
  return { sql, params: where.params };
}
