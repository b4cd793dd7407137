import { DeviceNotFound, ExportLimit, ExportNotFound, ExportOver } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute, defineStream } from './define-route';
import { deviceFilterShape } from './device-filter';
import { flagInQuery, instant, phyId, text } from './fields';
import { alarmFilterShape, commandFilterShape, portInQuery, sessionFilterShape } from './history.routes';
import { timeRangeShape } from './time-range';

export const EXPORT_FORMATS = ['csv', 'jsonl', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
const format = z.enum(EXPORT_FORMATS);
const MARK = 'CSV with a byte order mark, for spreadsheets that would garble other than Latin text.';

/** Of a file that is CSV unless asked otherwise: its other types. */
export const OTHER_FORMATS = {
  'application/x-ndjson': '{"phy_id":"04AB373B"}\n',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '(bytes of a workbook)',
};
/** How a list is to be written as a file. */
export const fileShape = {
  format: format.default('csv'),
  bom: flagInQuery.default(false).describe(MARK),
};

const ofDevice = { phy_id: phyId.optional() };
/** What can be exported, with the filters of its list. */
export const EXPORT_FILTERS = {
  devices: z.strictObject(deviceFilterShape),
  sessions: z.strictObject({ ...ofDevice, ...sessionFilterShape }),
  samples: z.strictObject({ ...ofDevice, port_no: portInQuery, session_id: text(64).optional(), ...timeRangeShape }),
  commands: z.strictObject({ ...ofDevice, ...commandFilterShape }),
  alarms: z.strictObject({ ...ofDevice, ...alarmFilterShape }),
} as const;
export type ExportKind = keyof typeof EXPORT_FILTERS;
export const EXPORT_KINDS = Object.keys(EXPORT_FILTERS) as [ExportKind, ...ExportKind[]];

const exportOf = <Q extends z.ZodRawShape>(kind: ExportKind, query: Q, example: Readonly<Record<string, string>>) =>
  defineStream({
    id: `export${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    method: 'GET',
    path: `/api/third/export/${kind}`,
    scope: 'exports:create',
    tag: 'Exports',
    summary: `Export ${kind}`,
    description: `All ${kind} that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.`,
    query: { ...query, ...fileShape },
    produces: 'text/csv',
    alsoProduces: OTHER_FORMATS,
    response: z.string(),
    errors: [DeviceNotFound],
    example: { params: {}, query: { ...example, format: 'csv' }, response: 'phy_id,device_no,name\n' },
  });
export const exportDevices = exportOf('devices', EXPORT_FILTERS.devices.shape, { online: 'true' });
export const exportSessions = exportOf('sessions', EXPORT_FILTERS.sessions.shape, { time_range: '30d' });
export const exportSamples = exportOf('samples', EXPORT_FILTERS.samples.shape, {
  phy_id: '04AB373B',
  time_range: '1d',
});
export const exportCommands = exportOf('commands', EXPORT_FILTERS.commands.shape, { status: 'dead' });
export const exportAlarms = exportOf('alarms', EXPORT_FILTERS.alarms.shape, { level: 'critical' });

export const ExportJob = z
  .object({
    id: z.string(),
    kind: z.enum(EXPORT_KINDS),
    format,
    filters: z.record(z.string(), z.string()),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    rows: z.int().describe('Written so far; 0 again when it is begun anew.'),
    total_rows: z
      .int()
      .nullable()
      .describe(
        'Counted when it began, samples of rolled up hours only; more may come. null: not begun, or not known.',
      ),
    progress: z.int().min(0).max(100).nullable().describe('Percent; 100 only when it is done. null: as total_rows.'),
    size: z.int().nullable().describe('Bytes; null: not done.'),
    sha256: z.string().nullable(),
    error: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
    expires_at: instant.nullable().describe('After this the file is gone.'),
    download_url: z
      .string()
      .nullable()
      .describe('Opens without credentials for an hour; asking again gives a new one.'),
  })
  .meta({ id: 'ExportJob' });
export type ExportJob = z.infer<typeof ExportJob>;

const jobExample = {
  id: 'exp_0f8fad5bd9cb469fa165',
  kind: 'samples' as const,
  format: 'csv' as const,
  filters: { time_range: '30d' },
  status: 'queued' as const,
  rows: 0,
  total_rows: null,
  progress: null,
  size: null,
  sha256: null,
  error: null,
  created_at: '2024-01-13T10:00:00.000Z',
  started_at: null,
  finished_at: null,
  expires_at: null,
  download_url: null,
};
const doneExample = {
  ...jobExample,
  status: 'done' as const,
  rows: 86_400,
  total_rows: 86_280,
  progress: 100,
  size: 9_123_456,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  started_at: '2024-01-13T10:00:01.000Z',
  finished_at: '2024-01-13T10:00:31.000Z',
  expires_at: '2024-01-20T10:00:31.000Z',
  download_url:
    'https://charge.example/api/downloads/exports.exp_0f8fad5bd9cb469fa165.csv?expires=1705143631&signature=…',
};
const byId = { params: z.object({ id: text(40) }), example: { id: jobExample.id } };

export const createExport = defineRoute({
  id: 'createExport',
  method: 'POST',
  path: '/api/third/exports',
  scope: 'exports:create',
  tag: 'Exports',
  summary: 'Export in the background',
  description:
    'For what takes longer than a connection should: made by any process that is free, begun anew when that one dies, kept for seven days. `filters` are those of the export of the same kind.',
  body: z
    .strictObject({
      kind: z.enum(EXPORT_KINDS),
      format: format.default('csv'),
      bom: z.boolean().default(false).describe(MARK),
      filters: z.record(z.string().max(40), z.union([z.string().max(4_000), z.number(), z.boolean()])).default({}),
    })
    .meta({ id: 'CreateExport' }),
  response: ExportJob,
  status: 202,
  errors: [DeviceNotFound, ExportLimit],
  example: {
    params: {},
    body: { kind: 'samples', format: 'csv', filters: { time_range: '30d' } },
    response: jobExample,
  },
});
export const listExports = defineList({
  id: 'listExports',
  positional: true,
  method: 'GET',
  path: '/api/third/exports',
  scope: 'exports:create',
  tag: 'Exports',
  summary: 'Exports of the last days',
  sort: ['created_at'],
  response: ExportJob,
  example: { params: {}, response: doneExample },
});
export const getExport = defineRoute({
  id: 'getExport',
  method: 'GET',
  path: '/api/third/exports/{id}',
  scope: 'exports:create',
  tag: 'Exports',
  summary: 'Progress of an export, and its link',
  params: byId.params,
  response: ExportJob,
  errors: [ExportNotFound],
  example: { params: byId.example, response: doneExample },
});
export const cancelExport = defineRoute({
  id: 'cancelExport',
  method: 'POST',
  path: '/api/third/exports/{id}/cancel',
  scope: 'exports:create',
  tag: 'Exports',
  summary: 'Cancel an export',
  description: 'Cancelling twice is cancelling once.',
  params: byId.params,
  response: ExportJob,
  errors: [ExportNotFound, ExportOver],
  example: { params: byId.example, response: { ...jobExample, status: 'cancelled' } },
});
