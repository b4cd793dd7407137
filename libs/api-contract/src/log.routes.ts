import { ClientId } from '@chargebus/domain';
import { z } from 'zod';
import { defineList, defineStream } from './define-route';
import { fileShape, OTHER_FORMATS } from './export.routes';
import { instant, numberInQuery, phyId, tenantId, text } from './fields';
import { timeRangeShape } from './time-range';

export const RequestLogEntry = z
  .object({
    request_id: z.string(),
    tenant_id: tenantId.nullable().describe('null: refused before the caller was known.'),
    client_id: ClientId.nullable(),
    method: z.string(),
    endpoint: z.string(),
    query: z.unknown(),
    device_phy_id: z.string().nullable(),
    third_party_order_no: z.string().nullable(),
    request_body: z.unknown().describe('Secrets, phone, identity and card numbers starred out.'),
    response_body: z
      .unknown()
      .describe(
        'As `request_body`. Of long bodies only the length: above 8,192 characters of text, 2,048 in answers to GET.',
      ),
    status_code: z.int(),
    duration_ms: z.number(),
    client_ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: 'RequestLogEntry' });
const logExample: z.infer<typeof RequestLogEntry> = {
  request_id: '0b7c1a9e-4d0e-4a51-8a40-9b7a2f3d6c10',
  tenant_id: null,
  client_id: null,
  method: 'POST',
  endpoint: '/api/third/devices/04AB373B/charge/start',
  query: null,
  device_phy_id: '04AB373B',
  third_party_order_no: 'ORD001',
  request_body: { port_no: 1, third_party_user_id: '138****5678' },
  response_body: { code: 0 },
  status_code: 200,
  duration_ms: 12.5,
  client_ip: '203.0.113.7',
  user_agent: 'platform/1.0',
  created_at: '2024-01-13T10:00:00.000Z',
};
const status = numberInQuery(z.int().min(100).max(599));
const filter = {
  ...timeRangeShape,
  tenant_id: tenantId.optional(),
  client_id: ClientId.optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  endpoint: text(200).optional().describe('The path, or its beginning when it ends with `*`.'),
  device_phy_id: phyId.optional(),
  third_party_order_no: text(100).optional(),
  request_id: text(200).optional(),
  min_status: status.optional(),
  max_status: status.optional(),
  min_duration_ms: numberInQuery(z.int().min(0).max(3_600_000)).optional(),
};
const logs = { scope: 'internal', tag: 'Logs' } as const;

export const listRequestLogs = defineList({
  ...logs,
  id: 'listRequestLogs',
  method: 'GET',
  path: '/api/internal/logs/requests',
  summary: 'Calls of the API',
  description:
    'Of the last day unless told, newest first. `total` counts to 10,000 and no further; the cursor goes on.',
  query: filter,
  sort: ['created_at'],
  response: RequestLogEntry,
  example: { params: {}, query: { min_status: '500' }, response: logExample },
});
export const exportRequestLogs = defineStream({
  ...logs,
  id: 'exportRequestLogs',
  method: 'GET',
  path: '/api/internal/logs/requests/export',
  summary: 'Calls of the API as a file',
  description: 'What the list means, the oldest first, as CSV, JSON lines or XLSX, written while it is read.',
  query: { ...filter, ...fileShape },
  produces: 'text/csv',
  alsoProduces: OTHER_FORMATS,
  response: z.string(),
  example: { params: {}, query: { min_status: '500', format: 'csv' }, response: 'request_id,tenant_id,client_id\n' },
});
export const summariseRequestLogs = defineList({
  ...logs,
  id: 'summariseRequestLogs',
  positional: true,
  method: 'GET',
  path: '/api/internal/logs/requests/summary',
  summary: 'Calls of the API by method, route and status',
  query: filter,
  sort: ['requests'],
  response: z
    .object({
      method: z.string(),
      endpoint: z.string().describe('Ids of devices are written as {phyId}, other ids as {id}.'),
      status_code: z.int(),
      requests: z.int(),
      avg_duration_ms: z.number(),
      p95_duration_ms: z.number(),
      max_duration_ms: z.number(),
    })
    .meta({ id: 'RequestLogSummary' }),
  example: {
    params: {},
    response: {
      method: 'POST',
      endpoint: '/api/third/devices/{phyId}/charge/start',
      status_code: 200,
      requests: 1200,
      avg_duration_ms: 11.2,
      p95_duration_ms: 24.8,
      max_duration_ms: 130.4,
    },
  },
});
