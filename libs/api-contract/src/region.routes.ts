import { BeyondDataScope, CodeTaken, RegionNotFound, StillInUse } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
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
