import type { Metrics } from '@chargebus/observability';

/** Every metric of this app. */
export const createMetrics = (metrics: Metrics) => ({
  facts: metrics.counter('chargebus_session_facts_total', 'facts of devices that were committed'),
  batchFacts: metrics.histogram(
    'chargebus_session_batch_tasks',
    'decisions in one transaction',
    [1, 5, 20, 50, 100, 250, 500, 1000, 2500, 5000],
  ),
  commitSeconds: metrics.histogram(
    'chargebus_session_commit_seconds',
    'from the first decision of a batch to its commit and shadow',
    [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  ),
  conflicts: metrics.counter('chargebus_session_conflicts_total', 'batches decided again because a row had moved'),
  oddities: metrics.counter('chargebus_session_oddities_total', 'facts handled by doing nothing, by kind', ['kind']),
  events: metrics.counter('chargebus_session_events_total', 'business events by type', ['type']),
  orders: metrics.counter('chargebus_session_orders_total', 'orders given to the command service', ['kind', 'result']),
  shadowRebuilds: metrics.counter('chargebus_session_shadow_rebuilds_total', 'devices read from Postgres into Redis'),
});
export type SessionMetrics = ReturnType<typeof createMetrics>;
