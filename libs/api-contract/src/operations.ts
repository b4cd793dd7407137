import {
  BodyTooLarge,
  DownloadNotFound,
  LinkExpired,
  LinkForged,
  LogUploadClosed,
  RangeNotSatisfiable,
} from '@chargebus/errors';
import type { DeclaredError } from './define-route';
import type { Json } from './openapi';

const text = (type: string, example: string): Json => ({
  description: 'OK',
  content: { [type]: { schema: { type: 'string' }, example } },
});
const health = (example: Json): Json => ({
  content: { 'application/json': { schema: { type: 'object' }, example } },
});
const open = (operationId: string, summary: string, responses: Json, parameters: readonly Json[] = []): Json => ({
  operationId,
  tags: ['Operations'],
  summary,
  security: [],
  ...(parameters.length === 0 ? {} : { parameters }),
  responses,
});
const parameter = (where: 'path' | 'query' | 'header', name: string, description: string, example: string): Json => ({
  in: where,
  name,
  required: where !== 'header',
  description,
  schema: { type: 'string' },
  example,
});
const linkParameters = [
  parameter('path', 'name', 'Bucket and blob.', 'exports.exp_01.csv'),
  parameter('query', 'expires', 'Unix seconds.', '1767226200'),
  parameter('query', 'signature', 'Of path and expiry; comes with the link.', 'ZXhhbXBsZQ'),
  parameter('header', 'Range', 'One range of bytes.', 'bytes=0-1023'),
];
const refused = ({ definition: { name, message } }: DeclaredError): Json => ({
  description: message,
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Failure' },
      examples: { [name]: { $ref: `#/components/examples/${name}` } },
    },
  },
});
const downloaded = (content: Json): Json => ({
  200: { description: 'All of it.', content },
  206: { description: 'The range that was asked for.', content },
  403: refused(LinkForged),
  404: refused(DownloadNotFound),
  410: refused(LinkExpired),
  416: refused(RangeNotSatisfiable),
});
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' }, example: 'phy_id,…' } };

const uploadToken = parameter('path', 'token', 'Came with the address.', 'lu_01.1767226200.ZXhhbXBsZQ');
const uploadFile = parameter('path', 'file', 'Name of the file, as the device calls it.', 'diagnostics.log');
const uploaded: Json = {
  200: {
    description: 'All of it was kept.',
    content: { 'application/json': { schema: { type: 'object' }, example: {} } },
  },
  403: refused(LinkForged),
  410: refused(LogUploadClosed),
  413: refused(BodyTooLarge),
};
/** Devices PUT or POST, and some add the name of their file. */
const uploads = (): readonly Operation[] =>
  (['put', 'post'] as const).flatMap((method) => [
    {
      path: '/api/uploads/{token}',
      method,
      operation: open(`${method}Upload`, 'Bring the file that a device was asked for', uploaded, [uploadToken]),
    },
    {
      path: '/api/uploads/{token}/{file}',
      method,
      operation: open(`${method}NamedUpload`, 'Bring the file that a device was asked for', uploaded, [
        uploadToken,
        uploadFile,
      ]),
    },
  ]);

const ready = { status: 'ok', checks: { postgres: 'ok', nats: 'ok', redis: 'ok' } };
const metrics = { 200: text('text/plain', 'chargebus_api_request_duration_seconds_count{app="api"} 1') };

interface Operation {
  readonly path: string;
  readonly method?: 'head' | 'put' | 'post'; // get unless told
  readonly operation: Json;
}

/** Routes for probes, Prometheus and holders of a signed link: open, without the envelope. */
export const OPERATIONS: readonly Operation[] = [
  {
    path: '/health/live',
    operation: open('live', 'Whether the process runs', {
      200: { description: 'It runs.', ...(health({ status: 'ok' }) as object) },
    }),
  },
  {
    path: '/health/ready',
    operation: open('ready', 'Whether what it needs is there', {
      200: { description: 'All of it.', ...(health(ready) as object) },
      503: {
        description: 'Something is missing; checks says what.',
        ...(health({ status: 'failing', checks: { ...ready.checks, redis: 'Connection is closed.' } }) as object),
      },
    }),
  },
  { path: '/api/metrics', operation: open('metrics', 'Prometheus metrics', metrics) },
  { path: '/metrics', operation: open('metricsAlias', 'Alias of /api/metrics', metrics) },
  { path: '/actuator/prometheus', operation: open('metricsActuatorAlias', 'Alias of /api/metrics', metrics) },
  {
    path: '/api/downloads/{name}',
    operation: open('download', 'What a signed link leads to', downloaded(bytes), linkParameters),
  },
  {
    path: '/api/downloads/{name}',
    method: 'head',
    operation: open('downloadHead', 'Size and type of what a signed link leads to', downloaded({}), linkParameters),
  },
  ...uploads(),
];
