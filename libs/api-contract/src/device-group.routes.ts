import { DeviceType } from '@chargebus/domain';
import { BeyondDataScope, CodeTaken, DeviceGroupNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { Device, deviceExample } from './device.routes';
import { phyId, tag, text } from './fields';
import {
  code,
  codePath,
  name,
  namedCode,
  reads,
  Removed,
  search,
  writes,
  written,
  writtenExample,
} from './master-data';

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
