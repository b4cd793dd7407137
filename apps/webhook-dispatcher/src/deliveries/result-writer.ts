import { forTenants } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  AttemptRecord,
  ClaimedDelivery,
  DeliveryQueueRepository,
  DisabledEndpoint,
  DisableRule,
  EndpointFailure,
  EndpointRepository,
} from '@chargebus/persistence/webhook';
import type { Logger } from '@chargebus/observability';
import type { Disabling } from '../endpoints/disabling';
import type { WebhookMetrics } from '../metrics';
import type { Verdict } from './verdict';

export interface AttemptResult {
  readonly claim: ClaimedDelivery;
  readonly attempt: AttemptRecord;
  readonly verdict: Verdict;
}
interface Waiting {
  readonly result: AttemptResult;
  readonly written: () => void;
}

const BATCH_ROWS = 500;
const RETRY_MS = 250;

/**
 * Writes what came of attempts, as many at once as have gathered while the last batch was being written. While Postgres
 * is away it keeps trying: results wait here, and where a lease runs out meanwhile the delivery is sent again.
 */
export class ResultWriter {
  private readonly waiting: Waiting[] = [];
  private isWriting = false;

  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueueRepository,
    private readonly endpoints: EndpointRepository,
    private readonly disabling: Disabling,
    private readonly metrics: WebhookMetrics,
    private readonly logger: Logger,
    private readonly rule: DisableRule,
  ) {}

  /** Resolves when the result is committed. */
  write(result: AttemptResult): Promise<void> {
    return new Promise((written) => {
      this.waiting.push({ result, written });
      if (!this.isWriting) void this.writeAll();
    });
  }

  /** `isWriting` changes in the same turn in which the loop ends, so that no result falls between the two. */
  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_ROWS);
      await this.commitUntilDone(batch.map(({ result }) => result));
      for (const { written } of batch) written();
    }
    this.isWriting = false;
  }

  private async commitUntilDone(results: readonly AttemptResult[]): Promise<void> {
    for (;;) {
      try {
        const disabled = await this.commit(results);
        if (disabled.length > 0) void this.disabling.cancelWaiting(disabled);
        return;
      } catch (error) {
        this.logger.warn({ err: error, results: results.length }, 'results not written, trying again');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private async commit(results: readonly AttemptResult[]): Promise<readonly DisabledEndpoint[]> {
    const tenants = [...new Set(results.map(({ claim }) => claim.tenantId))];
    const { changed, disabled, alarms } = await this.database.transaction(forTenants(tenants), async (tx) => {
      const changed = await this.queue.finish(
        tx,
        results.map(({ claim, attempt, verdict }) => ({ claim, attempt, ...verdict })),
      );
      const disabled = await this.judgeEndpoints(tx, results);
      return { changed, disabled, alarms: await this.disabling.announce(tx, disabled) };
    });
    this.report(results, changed);
    await this.disabling.publish(alarms);
    return disabled;
  }

  /** An endpoint that answered well at least once in the batch is well. */
  private async judgeEndpoints(
    tx: Transaction,
    results: readonly AttemptResult[],
  ): Promise<readonly DisabledEndpoint[]> {
    const well = new Set(endpointsOf(results, 'well'));
    const recovered = results.filter(({ claim }) => well.has(claim.endpointId) && claim.endpointFailures > 0);
    if (recovered.length > 0)
      await this.endpoints.recordSuccesses(tx, [...new Set(recovered.map(({ claim }) => claim.endpointId))]);
    const gone = [...new Set(endpointsOf(results, 'gone'))];
    const failures = summariseFailures(results.filter(({ claim }) => !well.has(claim.endpointId)));
    if (failures.length > 0) await this.endpoints.recordFailures(tx, failures);
    if (failures.length === 0 && gone.length === 0) return [];
    return this.endpoints.disable(tx, { gone, failed: failures.map(({ endpointId }) => endpointId) }, this.rule);
  }

  private report(results: readonly AttemptResult[], changed: ReadonlySet<string>): void {
    for (const { claim, attempt, verdict } of results) {
      if (verdict.state !== 'pending' && changed.has(claim.deliveryId))
        this.metrics.deliveries.inc({ outcome: outcomeOf(verdict, attempt.attemptNo) });
      const line = {
        tenant_id: claim.tenantId,
        deviceId: claim.deviceId,
        eventId: claim.eventId,
        endpoint_id: claim.endpointId,
        delivery_id: claim.deliveryId,
        attempt_no: attempt.attemptNo,
        status: attempt.status,
        error: attempt.error,
        duration_ms: Math.round(attempt.durationMs),
        state: verdict.state,
        next_in_ms: Math.round(verdict.dueInMs),
      };
      if (verdict.state === 'succeeded') this.logger.debug(line, 'delivery.attempted');
      else this.logger.info(line, 'delivery.attempted');
    }
  }
}

const outcomeOf = (verdict: Verdict, attemptNo: number) => {
  if (verdict.state !== 'succeeded') return 'dead';
  return attemptNo === 1 ? 'succeeded_first' : 'succeeded_retry';
};

const endpointsOf = (results: readonly AttemptResult[], health: Verdict['endpoint']): readonly string[] =>
  results.filter(({ verdict }) => verdict.endpoint === health).map(({ claim }) => claim.endpointId);

/** One line per endpoint, in the order of their ids, so that two writers never wait for each other in a circle. */
function summariseFailures(results: readonly AttemptResult[]): EndpointFailure[] {
  const byEndpoint = new Map<string, EndpointFailure>();
  for (const { claim, verdict } of results) {
    const { endpointId } = claim;
    const known = byEndpoint.get(endpointId) ?? { endpointId, failures: 0, pauseMs: 0 };
    const pauseMs = Math.max(known.pauseMs, verdict.pauseMs);
    byEndpoint.set(endpointId, { endpointId, failures: known.failures + 1, pauseMs });
  }
  return [...byEndpoint.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}
