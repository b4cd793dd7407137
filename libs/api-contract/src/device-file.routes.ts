import { MasterCode } from '@chargebus/domain';
import { BeyondDataScope, ImportRefused } from '@chargebus/errors';
import { z } from 'zod';
import { defineRoute, defineStream } from './define-route';
import { deviceFilterShape } from './device-filter';
import { DeviceFields } from './device.routes';
import { flagInQuery, phyId, tag } from './fields';

export const MAX_IMPORT_ROWS = 10_000;

/** One device of a file. Left out: as it is; null: nothing. */
export const ImportedDevice = z
  .strictObject({
    phy_id: phyId,
    ...DeviceFields,
    groups: z.array(MasterCode).max(50).optional().describe('Codes of the groups that name it.'),
    protocol: tag(20).nullish(),
    maintenance: z.boolean().optional(),
  })
  .meta({ id: 'ImportedDevice' });
export type ImportedDevice = z.infer<typeof ImportedDevice>;

/** Columns of a CSV file, in the order in which they are exported. */
export const DEVICE_COLUMNS = [
  'phy_id',
  'name',
  'type',
  'region',
  'station',
  'model',
  'protocol',
  'port_count',
  'tags',
  'groups',
  'attributes',
  'heartbeat_interval',
  'offline_timeout',
  'maintenance',
] as const satisfies readonly (keyof ImportedDevice)[];
/** Columns of other exports that say what a device says of itself: an import passes over them. */
export const TOLD_COLUMNS: ReadonlySet<string> = new Set([
  'device_no',
  'firmware_version',
  'iccid',
  'imei',
  'online',
  'last_seen',
  'open_faults',
  'created_at',
]);

const ImportReport = z
  .object({
    rows: z.int(),
    applied: z.boolean().describe('false: nothing was written.'),
    created: z.int().describe('Or would be.'),
    updated: z.int(),
    unchanged: z.int(),
    bad_rows: z.int(),
    problems: z
      .array(z.object({ line: z.int(), field: z.string(), reason: z.string() }))
      .describe(
        'The first 1,000. Lines of a file count from 1, the header of CSV being the first; devices of a list, too.',
      ),
  })
  .meta({ id: 'DeviceImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;

const how = {
  dry_run: z.boolean().default(false),
  mode: z.enum(['upsert', 'create']).default('upsert').describe('create: what is there already is a bad row.'),
  on_error: z.enum(['abort', 'continue']).default('abort'),
};
/** The same beside a body that is a file. */
const howInQuery = {
  dry_run: flagInQuery.optional(),
  mode: how.mode.unwrap().optional(),
  on_error: how.on_error.unwrap().optional(),
};
const MAX_FILE_CHARACTERS = 12_000_000;
const file = z.string().max(MAX_FILE_CHARACTERS).optional();

const common = { tag: 'Devices' } as const;
export const importDevices = defineRoute({
  ...common,
  id: 'importDevices',
  method: 'POST',
  path: '/api/third/devices/import',
  scope: 'devices:write',
  summary: 'Register and change devices by a file',
  description:
    'Up to 10,000 devices: as CSV with a header, as JSON lines, or as a list; in the fields of a JSON body, as a JSON array, or as a file of type text/csv or application/x-ndjson with dry_run, mode and on_error in the query. Text is UTF-8 unless its charset says otherwise. CSV is separated by commas, semicolons or tabs: what its header has most of. All rows are looked at before one is written; the same file again changes nothing. Columns that are left out stay as they are. With dry_run nothing is written and every bad row is reported; with on_error=abort one bad row refuses the whole file.',
  query: howInQuery,
  body: z.preprocess(
    (given) => (Array.isArray(given) ? { devices: given } : given),
    z
      .strictObject({
        csv: file,
        ndjson: file,
        devices: z.array(z.record(z.string(), z.unknown())).max(MAX_IMPORT_ROWS).optional(),
        ...how,
      })
      .refine(
        ({ csv, ndjson, devices }) => [csv, ndjson, devices].filter((form) => form !== undefined).length === 1,
        'needs one of csv, ndjson and devices',
      )
      .meta({ id: 'DeviceImport' }),
  ),
  texts: {
    'text/csv': { toJson: (csv) => ({ csv }), example: 'phy_id,name,region,tags\n04AB373B,Gate 3,beijing,vip new\n' },
    'application/x-ndjson': { toJson: (ndjson) => ({ ndjson }), example: '{"phy_id":"04AB373B","name":"Gate 3"}\n' },
  },
  bodyLimitBytes: 16_777_216,
  response: ImportReport,
  errors: [BeyondDataScope, ImportRefused],
  example: {
    params: {},
    body: { csv: 'phy_id,name,region,tags\n04AB373B,Gate 3,beijing,vip new\n', dry_run: true },
    response: { rows: 1, applied: false, created: 1, updated: 0, unchanged: 0, bad_rows: 0, problems: [] },
  },
});
export const exportRegister = defineStream({
  ...common,
  id: 'exportRegister',
  method: 'GET',
  path: '/api/third/devices/export',
  scope: 'devices:read',
  summary: 'Devices as a file that an import reads',
  description:
    'All devices that the filter means, written while they are read: as CSV, as JSON lines, or as the JSON body of an import. Cells that a spreadsheet would take for a formula begin with an apostrophe, which the import takes away.',
  query: {
    ...deviceFilterShape,
    format: z.enum(['csv', 'json', 'jsonl']).default('csv'),
    bom: flagInQuery.default(false).describe('CSV with a byte order mark, for spreadsheets.'),
  },
  produces: 'text/csv',
  alsoProduces: {
    'application/x-ndjson': '{"phy_id":"04AB373B","name":"Gate 3"}\n',
    'application/json': '{"devices":[{"phy_id":"04AB373B","name":"Gate 3"}]}',
  },
  response: z.string(),
  example: { params: {}, query: { format: 'csv', region: 'beijing' }, response: `${DEVICE_COLUMNS.join(',')}\n` },
});
