import type { AttemptRecord } from '@chargebus/persistence/webhook';
import { OutboundError } from '@chargebus/security';
import type { GuardedClient } from '@chargebus/security';
import type { WebhookMetrics } from '../metrics';
import { signedHeaders } from './signing';
import type { OutgoingMessage } from './signing';

/** What came of one attempt. `error` is written for the endpoint's owner. */
export interface AttemptOutcome {
  readonly record: Omit<AttemptRecord, 'attemptNo'>;
  readonly retryAfter: string | null; // header as received
}
interface Exchange extends Pick<AttemptRecord, 'status' | 'error' | 'responseExcerpt'> {
  readonly retryAfter: string | null;
  readonly result: string; // for the metric: 2xx … 5xx, or the kind of failure
}

const EXCERPT_BYTES = 1_024;

/** Sends one message once. */
export class AttemptService {
  constructor(
    private readonly client: Pick<GuardedClient, 'request'>,
    private readonly metrics: Pick<WebhookMetrics, 'attempts' | 'attemptDuration'>,
  ) {}

  /** Never throws for what the other side does. */
  async send(message: OutgoingMessage, timeoutMs: number): Promise<AttemptOutcome> {
    const at = new Date();
    const startedMs = performance.now();
    const { retryAfter, result, ...answer } = await this.exchange(message, at.getTime(), timeoutMs);
    const durationMs = performance.now() - startedMs;
    this.metrics.attemptDuration.observe(durationMs / 1_000);
    this.metrics.attempts.inc({ result });
    return { record: { at, durationMs, ...answer }, retryAfter };
  }

  private async exchange(message: OutgoingMessage, nowMs: number, timeoutMs: number): Promise<Exchange> {
    try {
      const { status, retryAfter, body } = await this.client.request({
        method: 'POST',
        url: message.url,
        headers: signedHeaders(message, nowMs),
        body: message.body,
        timeoutMs,
        maxResponseBytes: EXCERPT_BYTES,
      });
      const result = `${Math.floor(status / 100).toString()}xx`;
      return { status, error: null, responseExcerpt: printable(body), retryAfter, result };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const reason = `${error.failure}: ${error.message}`;
      return { status: null, error: reason, responseExcerpt: null, retryAfter: null, result: error.failure };
    }
  }
}

/** Postgres takes no NUL in a text, and an excerpt is for reading. */
const printable = (body: Buffer): string | null => {
  const text = body
    .toString('utf8')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text === '' ? null : text;
};
