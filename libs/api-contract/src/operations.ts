import type { Json } from './openapi';

const text = (type: string, example: string): Json => ({
  description: 'OK',
  content: { [type]: { schema: { type: 'string' }, example } },
});
const health = (example: Json): Json => ({
  content: { 'application/json': { schema: { type: 'object' }, example } },
});
const open = (operationId: string, summary: string, responses: Json): Json => ({
  operationId,
  tags: ['Operations'],
  summary,
  security: [],
  responses,
});
const ready = { status: 'ok', checks: { postgres: 'ok', nats: 'ok', redis: 'ok' } };
const metrics = { 200: text('text/plain', 'chargebus_api_request_duration_seconds_count{app="api"} 1') };

/** Routes for probes and Prometheus: open, without the envelope. */
export const OPERATIONS: readonly { readonly path: string; readonly operation: Json }[] = [
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
];
