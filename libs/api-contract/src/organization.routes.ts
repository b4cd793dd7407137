import { DeviceType, MasterCode, PortState } from '@chargebus/domain';
import {
  BeyondDataScope,
  CodeTaken,
  DeviceGroupNotFound,
  RegionNotFound,
  StationNotFound,
  StillInUse,
} from '@chargebus/errors';
import { StationState } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { Device, deviceExample } from './device.routes';
import { instant, phyId, tag, text } from './fields';

const reads = { scope: 'devices:read' } as const;
const writes = { scope: 'devices:write' } as const;
const codePath = z.object({ code: text(64).describe('Code that its owner chose.') });
const code = MasterCode.describe('Chosen by its owner; unique per tenant, never changed.');
const name = text(100);
const namedCode = text(64);
const attributes = z
  .record(text(64), z.unknown())
  .refine((all) => JSON.stringify(all).length <= 16_384, 'is too large');
const written = { created_at: instant, updated_at: instant };
const writtenExample = { created_at: '2024-01-01T08:00:00.000Z', updated_at: '2024-01-01T08:00:00.000Z' };
const Removed = z.object({ code: z.string() }).meta({ id: 'RemovedCode' });
const search = text(100).optional().describe('Part of the code or name.');

// Regions

export const Region = z
  .object({
    code: z.string(),
    name: z.string(),
    parent: z.string().nullable().describe('null: right below the operator.'),
    path: z.array(z.string()).describe('Codes from the top down to itself.'),
    ...written,
  })
  .meta({ id: 'Region' });
export type Region = z.infer<typeof Region>;
const regionExample = {
  code: 'beijing',
  name: 'Beijing',
  parent: 'north',
  path: ['north', 'beijing'],
  ...writtenExample,
};
const ofRegions = { tag: 'Regions' } as const;

export const createRegion = defineRoute({
  ...ofRegions,
  ...writes,
  id: 'createRegion',
  method: 'POST',
  path: '/api/third/regions',
  summary: 'Create a region',
  description: 'Regions nest as deep as needed. One that a device names first is made at the top, under its code.',
  body: z.strictObject({ code, name: name.optional(), parent: namedCode.nullish() }).meta({ id: 'NewRegion' }),
  status: 201,
  response: Region,
  errors: [CodeTaken, RegionNotFound, BeyondDataScope],
  example: { params: {}, body: { code: 'beijing', name: 'Beijing', parent: 'north' }, response: regionExample },
});
export const listRegions = defineList({
  ...ofRegions,
  ...reads,
  id: 'listRegions',
  method: 'GET',
  path: '/api/third/regions',
  summary: 'List regions',
  query: { below: namedCode.optional().describe('This region and everything below it.'), q: search },
  sort: ['code', 'name', 'created_at'],
  response: Region,
  example: { params: {}, query: { below: 'north' }, response: regionExample },
});
export const getRegion = defineRoute({
  ...ofRegions,
  ...reads,
  id: 'getRegion',
  method: 'GET',
  path: '/api/third/regions/{code}',
  summary: 'One region',
  params: codePath,
  response: Region,
  errors: [RegionNotFound],
  example: { params: { code: 'beijing' }, response: regionExample },
});
export const updateRegion = defineRoute({
  ...ofRegions,
  ...writes,
  id: 'updateRegion',
  method: 'PATCH',
  path: '/api/third/regions/{code}',
  summary: 'Rename or move a region',
  description: 'What is below it moves along.',
  params: codePath,
  body: z.strictObject({ name: name.optional(), parent: namedCode.nullish() }).meta({ id: 'RegionChange' }),
  response: Region,
  errors: [RegionNotFound, BeyondDataScope],
  example: { params: { code: 'beijing' }, body: { parent: 'north' }, response: regionExample },
});
export const deleteRegion = defineRoute({
  ...ofRegions,
  ...writes,
  id: 'deleteRegion',
  method: 'DELETE',
  path: '/api/third/regions/{code}',
  summary: 'Delete a region that holds nothing',
  params: codePath,
  response: Removed,
  errors: [RegionNotFound, StillInUse],
  example: { params: { code: 'beijing' }, response: { code: 'beijing' } },
});

// Stations

const contact = z
  .strictObject({
    name: text(100).nullish(),
    phone: text(50).nullish(),
    email: text(200).nullish(),
  })
  .nullable();
export const Station = z
  .object({
    code: z.string(),
    name: z.string(),
    region: z.string().nullable(),
    state: StationState,
    address: z.string().nullable(),
    longitude: z.number().nullable().describe('Degrees, WGS 84.'),
    latitude: z.number().nullable().describe('Degrees, WGS 84.'),
    contact: z
      .object({ name: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() })
      .nullable(),
    opening_hours: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    device_count: z.int(),
    ...written,
  })
  .meta({ id: 'Station' });
export type Station = z.infer<typeof Station>;
const stationFields = {
  region: namedCode.nullish().describe('Its devices are in it too.'),
  state: StationState.optional().describe('planned unless told.'),
  address: text(300).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  contact: contact.optional(),
  opening_hours: text(200).nullish(),
  attributes: attributes.optional().describe('Merged; null takes one away.'),
};
const stationExample = {
  code: 'BJ-001',
  name: 'North gate',
  region: 'beijing',
  state: 'open' as const,
  address: '1 Chang an Avenue',
  longitude: 116.397,
  latitude: 39.909,
  contact: { name: 'Li Wei', phone: '+86 10 5555 0100', email: null },
  opening_hours: '24/7',
  attributes: { floor: -1 },
  device_count: 12,
  ...writtenExample,
};
const ofStations = { tag: 'Stations' } as const;
const stationPath = { code: 'BJ-001' };

export const createStation = defineRoute({
  ...ofStations,
  ...writes,
  id: 'createStation',
  method: 'POST',
  path: '/api/third/stations',
  summary: 'Create a station',
  body: z.strictObject({ code, name: name.optional(), ...stationFields }).meta({ id: 'NewStation' }),
  status: 201,
  response: Station,
  errors: [CodeTaken, RegionNotFound, BeyondDataScope],
  example: {
    params: {},
    body: { code: 'BJ-001', name: 'North gate', region: 'beijing', state: 'open', opening_hours: '24/7' },
    response: stationExample,
  },
});
export const listStations = defineList({
  ...ofStations,
  ...reads,
  id: 'listStations',
  method: 'GET',
  path: '/api/third/stations',
  summary: 'List stations',
  query: {
    region: deviceFilterShape.region,
    state: StationState.optional(),
    q: text(100).optional().describe('Part of the code, name or address.'),
  },
  sort: ['code', 'name', 'state', 'region', 'created_at'],
  response: Station,
  example: { params: {}, query: { region: 'north', state: 'open', page: '1' }, response: stationExample },
});
export const getStation = defineRoute({
  ...ofStations,
  ...reads,
  id: 'getStation',
  method: 'GET',
  path: '/api/third/stations/{code}',
  summary: 'One station',
  params: codePath,
  response: Station,
  errors: [StationNotFound],
  example: { params: stationPath, response: stationExample },
});
export const updateStation = defineRoute({
  ...ofStations,
  ...writes,
  id: 'updateStation',
  method: 'PATCH',
  path: '/api/third/stations/{code}',
  summary: 'Change a station, its state too',
  description:
    'The state is for people and filters. What must not be charged at is put in maintenance: device by device, or all of a station by a batch.',
  params: codePath,
  body: z.strictObject({ name: name.optional(), ...stationFields }).meta({ id: 'StationChange' }),
  response: Station,
  errors: [StationNotFound, RegionNotFound, BeyondDataScope],
  example: {
    params: stationPath,
    body: { state: 'maintenance' },
    response: { ...stationExample, state: 'maintenance' },
  },
});
export const deleteStation = defineRoute({
  ...ofStations,
  ...writes,
  id: 'deleteStation',
  method: 'DELETE',
  path: '/api/third/stations/{code}',
  summary: 'Delete a station without devices',
  params: codePath,
  response: Removed,
  errors: [StationNotFound, StillInUse],
  example: { params: stationPath, response: stationPath },
});

// Groups

const strings = z.array(z.string()).nullable();
const GroupFilterView = z
  .object({
    online: z.boolean().nullable(),
    type: z.array(DeviceType).nullable(),
    region: strings,
    station: strings,
    tag: strings,
    model: strings,
    protocol: strings,
    maintenance: z.boolean().nullable(),
    q: z.string().nullable(),
  })
  .meta({ id: 'DeviceGroupFilter' });
const some = <T extends z.ZodType>(item: T) => z.array(item).max(100).nullish();
const groupFilter = z
  .strictObject({
    online: z.boolean().nullish(),
    type: some(DeviceType),
    region: some(namedCode),
    station: some(namedCode),
    tag: some(namedCode),
    model: some(text(100)),
    protocol: some(tag(20)),
    maintenance: z.boolean().nullish(),
    q: text(100).nullish(),
  })
  .meta({ id: 'NewDeviceGroupFilter' });
export const DeviceGroup = z
  .object({
    code: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    filter: GroupFilterView.nullable().describe('Finds further members; null: only those that are named.'),
    named_members: z.int(),
    ...written,
  })
  .meta({ id: 'DeviceGroup' });
export type DeviceGroup = z.infer<typeof DeviceGroup>;
const groupFields = { description: text(500).nullish(), filter: groupFilter.nullish() };
const groupExample = {
  code: 'night',
  name: 'Night tariff',
  description: null,
  filter: null,
  named_members: 2,
  ...writtenExample,
};
const ofGroups = { tag: 'Device groups' } as const;
const groupPath = { code: 'night' };

export const createDeviceGroup = defineRoute({
  ...ofGroups,
  ...writes,
  id: 'createDeviceGroup',
  method: 'POST',
  path: '/api/third/groups',
  summary: 'Create a device group',
  description: 'Members are named one by one, found by a filter, or both.',
  body: z.strictObject({ code, name: name.optional(), ...groupFields }).meta({ id: 'NewDeviceGroup' }),
  status: 201,
  response: DeviceGroup,
  errors: [CodeTaken, BeyondDataScope],
  example: { params: {}, body: { code: 'night', name: 'Night tariff' }, response: groupExample },
});
export const listDeviceGroups = defineList({
  ...ofGroups,
  ...reads,
  id: 'listDeviceGroups',
  method: 'GET',
  path: '/api/third/groups',
  summary: 'List device groups',
  query: { q: search },
  sort: ['code', 'name', 'created_at'],
  response: DeviceGroup,
  example: { params: {}, query: { q: 'nig' }, response: groupExample },
});
export const getDeviceGroup = defineRoute({
  ...ofGroups,
  ...reads,
  id: 'getDeviceGroup',
  method: 'GET',
  path: '/api/third/groups/{code}',
  summary: 'One device group',
  params: codePath,
  response: DeviceGroup,
  errors: [DeviceGroupNotFound],
  example: { params: groupPath, response: groupExample },
});
export const updateDeviceGroup = defineRoute({
  ...ofGroups,
  ...writes,
  id: 'updateDeviceGroup',
  method: 'PATCH',
  path: '/api/third/groups/{code}',
  summary: 'Change a device group',
  params: codePath,
  body: z.strictObject({ name: name.optional(), ...groupFields }).meta({ id: 'DeviceGroupChange' }),
  response: DeviceGroup,
  errors: [DeviceGroupNotFound, BeyondDataScope],
  example: { params: groupPath, body: { name: 'Night' }, response: { ...groupExample, name: 'Night' } },
});
export const deleteDeviceGroup = defineRoute({
  ...ofGroups,
  ...writes,
  id: 'deleteDeviceGroup',
  method: 'DELETE',
  path: '/api/third/groups/{code}',
  summary: 'Delete a device group; its devices stay',
  params: codePath,
  response: Removed,
  errors: [DeviceGroupNotFound, BeyondDataScope],
  example: { params: groupPath, response: groupPath },
});
export const listGroupDevices = defineList({
  ...ofGroups,
  ...reads,
  id: 'listGroupDevices',
  method: 'GET',
  path: '/api/third/groups/{code}/devices',
  summary: 'List the members of a device group',
  params: codePath,
  sort: ['phy_id', 'created_at', 'name', 'last_seen'],
  response: Device,
  errors: [DeviceGroupNotFound],
  example: { params: groupPath, query: { size: '20' }, response: deviceExample },
});
const members = z.array(phyId).max(1_000).default([]);
export const changeGroupMembers = defineRoute({
  ...ofGroups,
  ...writes,
  id: 'changeGroupMembers',
  method: 'POST',
  path: '/api/third/groups/{code}/members',
  summary: 'Name members of a group, or take their names away',
  params: codePath,
  body: z.strictObject({ add: members, remove: members }).meta({ id: 'GroupMembersChange' }),
  response: DeviceGroup.extend({
    added: z.int(),
    removed: z.int(),
    unknown: z.array(z.string()).describe('Of those to be added: no such device.'),
  }).meta({ id: 'GroupMembersChanged' }),
  errors: [DeviceGroupNotFound, BeyondDataScope],
  example: {
    params: groupPath,
    body: { add: ['04AB373B', '04AB373C', 'NONE'] },
    response: { ...groupExample, added: 2, removed: 0, unknown: ['NONE'] },
  },
});

// The tree

const DeviceNode = z
  .object({
    phy_id: z.string(),
    name: z.string().nullable(),
    type: DeviceType,
    online: z.boolean(),
    ports: z.array(z.object({ port_no: z.int(), status: PortState })).describe('With depth=port.'),
  })
  .meta({ id: 'OrganizationDevice' });
const counts = { devices: z.int(), online_devices: z.int(), ports: z.int() };
const StationNode = z
  .object({
    code: z.string(),
    name: z.string(),
    state: StationState,
    counts: z.object(counts),
    devices: z.array(DeviceNode).describe('With depth=device or port.'),
  })
  .meta({ id: 'OrganizationStation' });
const inside = {
  stations: z.array(StationNode),
  devices: z.array(DeviceNode).describe('Those that are at no station.'),
};
export interface RegionNode {
  code: string;
  name: string;
  counts: { stations: number; devices: number; online_devices: number; ports: number };
  regions: RegionNode[];
  stations: z.infer<typeof StationNode>[];
  devices: z.infer<typeof DeviceNode>[];
}
const RegionNode: z.ZodType<RegionNode> = z
  .object({
    code: z.string(),
    name: z.string(),
    counts: z.object({ stations: z.int(), ...counts }).describe('With everything below.'),
    regions: z.lazy(() => z.array(RegionNode)),
    ...inside,
  })
  .meta({ id: 'OrganizationRegion' });
export type StationNode = z.infer<typeof StationNode>;
export type DeviceNode = z.infer<typeof DeviceNode>;
export const getOrganization = defineRoute({
  ...reads,
  id: 'getOrganization',
  method: 'GET',
  path: '/api/third/organization/tree',
  tag: 'Regions',
  summary: 'The tree operator → region → station → device → port',
  description: 'Counts at every level. Devices are shown for up to 1,000 of them; narrow a larger fleet down.',
  query: {
    depth: z.enum(['region', 'station', 'device', 'port']).default('station'),
    ...deviceFilterShape,
  },
  response: z
    .object({
      operator: z.object({ tenant_id: z.string(), name: z.string() }),
      counts: z.object({ regions: z.int(), stations: z.int(), ...counts }),
      regions: z.array(RegionNode),
      ...inside,
    })
    .meta({ id: 'Organization' }),
  example: {
    params: {},
    query: { depth: 'port', region: 'north' },
    response: {
      operator: { tenant_id: '0190a0e0-0000-7000-8000-000000000001', name: 'Example operator' },
      counts: { regions: 2, stations: 1, devices: 1, online_devices: 1, ports: 2 },
      regions: [
        {
          code: 'north',
          name: 'North',
          counts: { stations: 1, devices: 1, online_devices: 1, ports: 2 },
          regions: [
            {
              code: 'beijing',
              name: 'Beijing',
              counts: { stations: 1, devices: 1, online_devices: 1, ports: 2 },
              regions: [],
              stations: [
                {
                  code: 'BJ-001',
                  name: 'North gate',
                  state: 'open',
                  counts: { devices: 1, online_devices: 1, ports: 2 },
                  devices: [
                    {
                      phy_id: '04AB373B',
                      name: 'Gate 3',
                      type: 'AC',
                      online: true,
                      ports: [
                        { port_no: 1, status: 'charging' },
                        { port_no: 2, status: 'idle' },
                      ],
                    },
                  ],
                },
              ],
              devices: [],
            },
          ],
          stations: [],
          devices: [],
        },
      ],
      stations: [],
      devices: [],
    },
  },
});
