import type { Metrics } from '@chargebus/observability';
import { FrameTally } from './frame-tally';

/** Every metric of the gateway. Gauges are read from their owners when somebody scrapes. */
export function declareMetrics(metrics: Metrics) {
  const name = (suffix: string): string => `chargebus_gateway_${suffix}`;
  const frames = metrics.counter(name('frames_total'), 'whole frames from devices', [
    'protocol',
    'command',
    'result',
  ] as const);
  return {
    frames: new FrameTally(frames),
    facts: metrics.counter(name('facts_total'), 'facts that the stream acknowledged'),
    publishes: metrics.histogram(
      name('publish_seconds'),
      'from the publish of a batch of facts to its acknowledgement',
      [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    ),
    publishFailures: metrics.counter(name('publish_failures_total'), 'publishes that were tried again'),
    pauses: metrics.counter(name('pauses_total'), 'times that reading stopped', ['cause'] as const),
    refused: metrics.counter(name('connections_refused_total'), 'connections not taken', ['reason'] as const),
    handshakes: metrics.counter(name('handshakes_total'), 'WebSocket handshakes by result', ['result'] as const),
    closed: metrics.counter(name('connections_closed_total'), 'connections that ended', ['reason'] as const),
    superseded: metrics.counter(name('devices_superseded_total'), 'devices that moved to a newer connection'),
    traced: metrics.counter(name('frames_traced_total'), 'frames recorded for people to look at'),
    untraced: metrics.counter(name('frames_untraced_total'), 'frames above the rate of the trace, not recorded'),
    noiseBytes: metrics.counter(name('discarded_bytes_total'), 'bytes that belong to no frame'),
    checksumErrors: metrics.counter(name('checksum_errors_total'), 'frames with a wrong checksum'),
    orders: metrics.counter(name('orders_total'), 'orders by kind and outcome', ['kind', 'outcome'] as const),
    orderSeconds: metrics.histogram(
      name('order_first_write_seconds'),
      'from the arrival of an order to its first frame on the wire',
      [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60],
    ),
    questions: metrics.counter(name('questions_total'), 'questions of devices', ['kind', 'result'] as const),
    gauge: (suffix: string, help: string, read: () => number) =>
      metrics.gauge(name(suffix), help, [], (gauge) => {
        gauge.set(read());
      }),
  };
}
export type GatewayMetrics = ReturnType<typeof declareMetrics>;
