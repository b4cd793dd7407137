import { DeviceFilter, DeviceId, DeviceType, Instant, MasterCode, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

const code = z.string().min(1).max(64);
const ofCode = { ...audience, code };
const text = z.string().max(100).nullable(); // part of a code or name; null: does not matter
const written = { createdAt: Instant, updatedAt: Instant };
/** What is saved: a new one under `code`, or a change of that one, in which absent means as it is. */
const saved = { ...audience, code: MasterCode, create: z.boolean() };
const removed = z.object({ code });

export const RegionView = z.object({
  code,
  name: z.string(),
  parent: code.nullable(), // null: right below the operator
  path: z.array(code), // from the top down to itself
  ...written,
});
export type RegionView = z.infer<typeof RegionView>;
export const RegionChange = z.object({ name: z.string().min(1).max(100).optional(), parent: code.nullish() });
export type RegionChange = z.infer<typeof RegionChange>;
/** A region that moves takes everything below it along. Errors: CODE_TAKEN, REGION_NOT_FOUND, BEYOND_DATA_SCOPE, VALIDATION_FAILED. */
export const SaveRegion = defineRequest({
  subject: 'cb.ask.organization.save_region',
  timeoutMs: 5_000,
  request: z.object({ ...saved, code, change: RegionChange }), // a region that a device named first may have any code
  reply: RegionView,
});
/** Errors: REGION_NOT_FOUND, STILL_IN_USE. */
export const DeleteRegion = defineRequest({
  subject: 'cb.ask.organization.delete_region',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: removed,
});
export const GetRegion = defineRequest({
  subject: 'cb.ask.organization.region',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: RegionView,
});
export const ListRegions = defineRequest({
  subject: 'cb.ask.organization.regions',
  timeoutMs: 5_000,
  request: z.object({ ...audience, below: code.nullable(), text, page: PageQuery }), // below: with everything under it
  reply: Page(RegionView),
});

export const StationState = z.enum(['planned', 'open', 'maintenance', 'closed']);
export type StationState = z.infer<typeof StationState>;
export const StationContact = z.object({
  name: z.string().max(100).nullable(),
  phone: z.string().max(50).nullable(),
  email: z.string().max(200).nullable(),
});
export const StationView = z.object({
  code,
  name: z.string(),
  region: code.nullable(),
  state: StationState,
  address: z.string().nullable(),
  longitude: z.number().min(-180).max(180).nullable(), // degrees, WGS 84
  latitude: z.number().min(-90).max(90).nullable(),
  contact: StationContact.nullable(),
  openingHours: z.string().nullable(), // for people, e.g. `24/7` or `Mo-Fr 07:00-22:00`
  attributes: z.record(z.string(), z.unknown()),
  deviceCount: z.number().int().nonnegative(),
  ...written,
});
export type StationView = z.infer<typeof StationView>;
export const StationChange = z.object({
  name: z.string().min(1).max(100).optional(),
  region: code.nullish(), // its devices go with it
  state: StationState.optional(),
  address: z.string().max(300).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  contact: StationContact.nullish(),
  openingHours: z.string().max(200).nullish(),
  attributes: z.record(z.string(), z.unknown()).optional(), // merged; null takes one away
});
export type StationChange = z.infer<typeof StationChange>;
/** Errors: CODE_TAKEN, STATION_NOT_FOUND, REGION_NOT_FOUND, BEYOND_DATA_SCOPE. */
export const SaveStation = defineRequest({
  subject: 'cb.ask.organization.save_station',
  timeoutMs: 5_000,
  request: z.object({ ...saved, change: StationChange }),
  reply: StationView,
});
/** Errors: STATION_NOT_FOUND, STILL_IN_USE. */
export const DeleteStation = defineRequest({
  subject: 'cb.ask.organization.delete_station',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: removed,
});
export const GetStation = defineRequest({
  subject: 'cb.ask.organization.station',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: StationView,
});
export const ListStations = defineRequest({
  subject: 'cb.ask.organization.stations',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    regions: z.array(code).nullable(), // with everything below them
    states: z.array(StationState).nullable(),
    text, // also of the address
    page: PageQuery,
  }),
  reply: Page(StationView),
});

export const DeviceGroupView = z.object({
  code,
  name: z.string(),
  description: z.string().nullable(),
  filter: DeviceFilter.nullable(), // finds further members besides those that are named; null: none
  namedMembers: z.number().int().nonnegative(),
  ...written,
});
export type DeviceGroupView = z.infer<typeof DeviceGroupView>;
export const DeviceGroupChange = z.object({
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(500).nullish(),
  filter: DeviceFilter.nullish(),
});
export type DeviceGroupChange = z.infer<typeof DeviceGroupChange>;
/** Errors: CODE_TAKEN, DEVICE_GROUP_NOT_FOUND, BEYOND_DATA_SCOPE, VALIDATION_FAILED (a filter that names groups). */
export const SaveDeviceGroup = defineRequest({
  subject: 'cb.ask.organization.save_group',
  timeoutMs: 5_000,
  request: z.object({ ...saved, change: DeviceGroupChange }),
  reply: DeviceGroupView,
});
/** Its devices stay. Errors: DEVICE_GROUP_NOT_FOUND, BEYOND_DATA_SCOPE. */
export const DeleteDeviceGroup = defineRequest({
  subject: 'cb.ask.organization.delete_group',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: removed,
});
export const GetDeviceGroup = defineRequest({
  subject: 'cb.ask.organization.group',
  timeoutMs: 5_000,
  request: z.object(ofCode),
  reply: DeviceGroupView,
});
export const ListDeviceGroups = defineRequest({
  subject: 'cb.ask.organization.groups',
  timeoutMs: 5_000,
  request: z.object({ ...audience, text, page: PageQuery }),
  reply: Page(DeviceGroupView),
});
/** Names members, or takes their names away; the same again changes nothing. Errors: DEVICE_GROUP_NOT_FOUND, BEYOND_DATA_SCOPE. */
export const ChangeGroupMembers = defineRequest({
  subject: 'cb.ask.organization.group_members',
  timeoutMs: 5_000,
  request: z.object({
    ...ofCode,
    add: z.array(DeviceId).max(10_000),
    remove: z.array(DeviceId).max(10_000),
  }),
  reply: z.object({
    group: DeviceGroupView,
    added: z.number().int().nonnegative(),
    removed: z.number().int().nonnegative(),
    unknown: z.array(DeviceId), // of those to be added
  }),
});

const counts = z.object({
  stations: z.number().int().nonnegative(),
  devices: z.number().int().nonnegative(),
  onlineDevices: z.number().int().nonnegative(),
  ports: z.number().int().nonnegative(),
});
/**
 * The tree as flat lists; whoever shows it nests them. Counts of a region hold everything below it. A principal with a
 * data scope gets what lies in it and what leads there. Errors: VALIDATION_FAILED (too many devices for this depth).
 */
export const GetOrganization = defineRequest({
  subject: 'cb.ask.organization.tree',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    filter: DeviceFilter,
    depth: z.enum(['region', 'station', 'device', 'port']),
  }),
  reply: z.object({
    counts: counts.extend({ regions: z.number().int().nonnegative() }),
    regions: z.array(z.object({ code, name: z.string(), parent: code.nullable(), counts })),
    stations: z.array(
      z.object({
        code,
        name: z.string(),
        region: code.nullable(),
        state: StationState,
        counts: counts.omit({ stations: true }),
      }),
    ),
    devices: z.array(
      z.object({
        deviceId: DeviceId,
        name: z.string().nullable(),
        type: DeviceType,
        online: z.boolean(),
        region: code.nullable(),
        station: code.nullable(),
        ports: z.array(z.object({ portNo: z.number().int(), state: PortState })), // empty above depth port
      }),
    ),
  }),
});
