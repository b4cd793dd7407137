import type { Counter, Gauge, Histogram, Metrics } from '@chargebus/observability';

/** Every metric of this app. */
export class CommandMetrics {
  readonly accepted: Counter<'kind'>;
  readonly refused: Counter<'kind'>;
  readonly finished: Counter<'kind' | 'status'>;
  readonly attempts: Counter<'outcome'>;
  readonly requeued: Counter;
  readonly woken: Counter;
  readonly open: Gauge;
  readonly underWay: Gauge;
  readonly hopSeconds: Histogram;

  constructor(metrics: Metrics) {
    this.accepted = metrics.counter('chargebus_command_accepted_total', 'Commands taken into the queue', ['kind']);
    this.refused = metrics.counter('chargebus_command_refused_total', 'Commands refused, queue full', ['kind']);
    this.finished = metrics.counter('chargebus_command_finished_total', 'Commands that ended', ['kind', 'status']);
    this.attempts = metrics.counter('chargebus_command_attempts_total', 'Attempts that ended', ['outcome']);
    this.requeued = metrics.counter('chargebus_command_requeued_total', 'Commands whose job had to be made again');
    this.woken = metrics.counter('chargebus_command_woken_total', 'Commands due early, their device came online');
    this.open = metrics.gauge('chargebus_command_open', 'Commands accepted and not finished, all replicas');
    this.underWay = metrics.gauge('chargebus_command_attempts_under_way', 'Attempts under way in this process');
    this.hopSeconds = metrics.histogram(
      'chargebus_command_accept_to_request_seconds',
      'From accepted to asked of the gateway, first attempts',
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5, 30],
    );
  }
}
