import { BeyondDataScope, CodeTaken, RegionNotFound, StationNotFound, StillInUse } from '@chargebus/errors';
import { StationState } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { text } from './fields';
import { code, codePath, name, namedCode, reads, Removed, writes, written, writtenExample } from './master-data';

const attributes = z
  .record(text(64), z.unknown())
  .refine((all) => JSON.stringify(all).length <= 16_384, 'is too large');
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
