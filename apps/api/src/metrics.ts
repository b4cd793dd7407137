import type { Counter, Gauge, Histogram, Metrics } from '@chargebus/observability';

/** Every metric that this app emits. */
export interface ApiMetrics {
  /** From the first byte of the request to the last of the answer. */
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  /** Calls that failed authentication, by error name. */
  readonly refused: Counter<'error'>;
  readonly logRowsDropped: Counter;
  readonly auditEntriesDropped: Counter;
  /** Live event streams that are open. */
  readonly streams: Gauge;
  /** Streams of readers that stopped reading. */
  readonly streamsCutOff: Counter;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10, 30];

export const apiMetrics = (metrics: Metrics): ApiMetrics => ({
  requests: metrics.histogram('chargebus_api_request_duration_seconds', 'Answered HTTP requests', SECONDS, [
    'method',
    'route',
    'status',
  ]),
  refused: metrics.counter('chargebus_api_refused_total', 'Requests that were not authenticated or not allowed', [
    'error',
  ]),
  streams: metrics.gauge('chargebus_api_event_streams', 'Live event streams that are open'),
  streamsCutOff: metrics.counter(
    'chargebus_api_event_streams_cut_off_total',
    'Live event streams of readers that stopped reading',
  ),
  logRowsDropped: metrics.counter('chargebus_api_request_log_dropped_total', 'Request log rows that were not written'),
  auditEntriesDropped: metrics.counter('chargebus_api_audit_dropped_total', 'Audit entries that Postgres did not take'),
});
