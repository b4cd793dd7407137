import type { Counter, Gauge, Histogram, Metrics } from '@chargebus/observability';

const AGE_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15, 60, 300, 3_600];
const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * How a delivery ended. I24 is (succeeded_first + succeeded_retry) / all four; both kinds of success are told apart
 * (decision 14).
 */
export type DeliveryOutcome = 'succeeded_first' | 'succeeded_retry' | 'dead' | 'cancelled';

/** Every metric of this app. */
export class WebhookMetrics {
  readonly events: Counter<'type'>;
  readonly attempts: Counter<'result'>;
  readonly deliveries: Counter<'outcome'>;
  readonly firstAttemptAge: Histogram;
  readonly attemptDuration: Histogram;
  readonly inFlight: Gauge;
  readonly disabled: Counter<'reason'>;
  readonly tokenCallbacks: Counter<'result'>;

  constructor(private readonly metrics: Metrics) {
    const name = (rest: string): string => `chargebus_webhook_${rest}`;
    this.events = metrics.counter(name('events_total'), 'Events taken from the stream', ['type']);
    this.attempts = metrics.counter(
      name('attempts_total'),
      'Attempts by HTTP status class (2xx … 5xx) or kind of failure',
      ['result'],
    );
    this.deliveries = metrics.counter(name('deliveries_total'), 'Deliveries that ended, by outcome', ['outcome']);
    this.firstAttemptAge = metrics.histogram(
      name('first_attempt_age_seconds'),
      'From the moment the event occurred to the first attempt to deliver it',
      AGE_BUCKETS_S,
    );
    this.attemptDuration = metrics.histogram(
      name('attempt_duration_seconds'),
      'From sending to the whole answer',
      DURATION_BUCKETS_S,
    );
    this.inFlight = metrics.gauge(name('in_flight'), 'Deliveries taken by this process');
    this.disabled = metrics.counter(name('endpoints_disabled_total'), 'Endpoints switched off by rule', ['reason']);
    this.tokenCallbacks = metrics.counter(
      name('token_callbacks_total'),
      'Questions about id tokens by what the client said, or kind of failure',
      ['result'],
    );
  }

  /** `count` is asked at each scrape. */
  watchWaiting(count: () => Promise<number>): void {
    this.metrics.gauge(
      'chargebus_webhook_waiting',
      'Deliveries that wait for an attempt, of all replicas, counted up to 100000',
      [],
      async (gauge) => {
        gauge.set(await count());
      },
    );
  }
}
