import { ArchiveNotFound } from '@chargebus/errors';
import { ArchiveKind } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, text } from './fields';
import { timeRangeShape } from './time-range';

const days = z.int().min(1).max(36_500);
const policy = z.strictObject({
  samples_days: days.describe('Samples as they were measured.'),
  sessions_days: days.describe('Sessions with their hourly values; not less than samples_days.'),
  logs_days: days.describe('Alarms and faults that are over.'),
  commands_days: days.describe('Orders that are finished, with their attempts.'),
  requests_days: days.describe('Calls of the API.'),
  deliveries_days: days.max(400).describe('Log of webhook deliveries that are over; they are in no archive.'),
  device_logs_days: days.describe('Log files of devices; they are in no archive.'),
  archives_days: days.describe('Archives, from the end of what is in them; then it is gone for good.'),
});
const Retention = policy
  .extend({ own: z.boolean().describe('false: all as the installation keeps it.') })
  .meta({ id: 'Retention' });
const example = {
  ...{ samples_days: 400, sessions_days: 1_825, logs_days: 730 },
  ...{ commands_days: 180, requests_days: 30, deliveries_days: 30, device_logs_days: 90, archives_days: 36_500 },
};

export const getRetention = defineRoute({
  id: 'getRetention',
  method: 'GET',
  path: '/api/third/history/retention',
  scope: 'history:read',
  tag: 'History',
  summary: 'How long history stays at hand',
  description: 'What is older has been moved into archives.',
  response: Retention,
  example: { params: {}, response: { ...example, own: false } },
});
export const putRetention = defineRoute({
  id: 'putRetention',
  method: 'PUT',
  path: '/api/third/history/retention',
  scope: 'config:manage',
  tag: 'History',
  summary: 'Set how long history stays at hand',
  description:
    'Within an hour, what is older is moved into archives; it does not come back when more days are set later. Days are counted from the end of a day for samples, orders and calls, and of a month for the rest. This is the whole policy: what is left out is kept as the installation keeps it.',
  body: policy.partial().meta({ id: 'PutRetention' }),
  response: Retention,
  example: { params: {}, body: example, response: { ...example, own: true } },
});

export const Archive = z
  .object({
    id: z.string(),
    kind: ArchiveKind,
    from: instant,
    to: instant.describe('Excluded.'),
    part: z.int().describe('More than 1: rows that came when their time was archived already.'),
    rows: z.int(),
    size: z.int().describe('Bytes of the file, JSON lines in gzip.'),
    sha256: z.string().describe('Of the file.'),
    created_at: instant,
    download_url: z.string().describe('Opens without credentials for an hour.'),
  })
  .meta({ id: 'Archive' });
export type Archive = z.infer<typeof Archive>;
const archiveExample = {
  id: 'samples-0190a0e0-0000-7000-8000-00000000000a-20240113-1',
  kind: 'samples' as const,
  from: '2024-01-13T00:00:00.000Z',
  to: '2024-01-14T00:00:00.000Z',
  part: 1,
  rows: 86_400,
  size: 1_234_567,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  created_at: '2025-02-17T01:00:00.000Z',
  download_url:
    'https://charge.example/api/downloads/archive.samples-0190a0e0-0000-7000-8000-00000000000a-20240113-1.jsonl.gz?expires=1739754000&signature=…',
};

export const listArchives = defineList({
  id: 'listArchives',
  positional: true,
  method: 'GET',
  path: '/api/third/history/archives',
  scope: 'history:read',
  tag: 'History',
  summary: 'Archives of history',
  description: 'Files with what has left the tables, the latest range first. For the whole tenant only.',
  query: { kind: ArchiveKind.optional(), ...timeRangeShape },
  sort: ['from'],
  response: Archive,
  example: { params: {}, query: { kind: 'samples' }, response: archiveExample },
});
export const getArchive = defineRoute({
  id: 'getArchive',
  method: 'GET',
  path: '/api/third/history/archives/{archiveId}',
  scope: 'history:read',
  tag: 'History',
  summary: 'One archive with its link',
  params: z.object({ archiveId: text(120) }),
  response: Archive,
  errors: [ArchiveNotFound],
  example: { params: { archiveId: archiveExample.id }, response: archiveExample },
});
