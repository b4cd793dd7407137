import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant, forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { ClaimedDelivery, DeliveryQueueRepository } from '@chargebus/persistence/webhook';
import type { EndpointSecrets } from '../endpoints/endpoint-secrets';
import type { WebhookMetrics } from '../metrics';
import type { AttemptOutcome, AttemptService } from './attempt.service';
import { Lane } from './lane';
import type { AttemptResult, ResultWriter } from './result-writer';
import { decide } from './verdict';

export interface DispatcherOptions {
  readonly places: number;
  readonly maxInFlight: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly delaysS: readonly number[];
}
interface InFlight {
  readonly claim: ClaimedDelivery;
  readonly takenAtMs: number;
  readonly settled: Promise<void>;
}

/**
 * Takes due deliveries from Postgres and sends them. Woken when deliveries are written by this process and when a place
 * at a busy endpoint becomes free; a poll finds retries, what other replicas wrote, and what a crash left behind. Every
 * endpoint has places of its own, so one that is slow delays nobody else. Attempts for one device at one endpoint
 * follow each other in the order of its events, within this process.
 */
export class Dispatcher {
  private readonly lanes: readonly Lane[];
  private readonly inFlight = new Map<string, InFlight>();
  private readonly lastOfDevice = new Map<string, Promise<AttemptResult | null>>();
  private readonly wanted = new Set<string>();
  private wantAll = false;
  private isPumping = false;
  private pumped: Promise<void> = Promise.resolve();
  private stopping = false;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueueRepository,
    private readonly secrets: EndpointSecrets,
    private readonly attempts: AttemptService,
    private readonly results: ResultWriter,
    private readonly metrics: WebhookMetrics,
    private readonly logger: Logger,
    private readonly options: DispatcherOptions,
  ) {
    this.lanes = [new Lane('fresh', options.places), new Lane('retry', options.places)];
  }

  start(): void {
    const poll = (): void => {
      this.wake(null);
    };
    this.timers = [
      setInterval(poll, this.options.pollMs),
      setInterval(() => void this.extendLeases(), this.options.leaseMs / 3),
    ];
    poll();
  }

  /** Begins nothing new, waits for what is under way and its results, gives the rest back. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.pumped;
    await Promise.all([...this.inFlight.values()].map(({ settled }) => settled));
  }

  /** There may be due deliveries for these endpoints; null: for any. */
  wake(endpointIds: Iterable<string> | null): void {
    if (endpointIds === null) this.wantAll = true;
    else for (const endpointId of endpointIds) this.wanted.add(endpointId);
    if (!this.isPumping) this.pumped = this.pump();
  }

  /** `isPumping` changes in the same turn in which the loop ends, so that no wake falls between the two. */
  private async pump(): Promise<void> {
    this.isPumping = true;
    try {
      while ((this.wantAll || this.wanted.size > 0) && !this.isStopping()) {
        const endpointIds = this.wantAll ? null : [...this.wanted];
        this.wantAll = false;
        this.wanted.clear();
        for (const lane of this.lanes) await this.claim(lane, endpointIds);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'deliveries not taken, trying again at the next poll');
    } finally {
      this.isPumping = false;
    }
  }
  /** A method, so that the compiler does not take an earlier answer for granted across an await. */
  private isStopping(): boolean {
    return this.stopping;
  }

  private async claim(lane: Lane, endpointIds: readonly string[] | null): Promise<void> {
    const { leaseMs, maxInFlight, places } = this.options;
    const max = maxInFlight - this.inFlight.size;
    if (max <= 0) return;
    const takenAtMs = Date.now();
    const claims = await this.database.transaction(asSystem('the queue serves all tenants'), (tx) =>
      this.queue.claim(tx, { lane: lane.name, endpointIds, busy: lane.busy, places, max, leaseMs }),
    );
    for (const claim of claims) this.begin(lane, claim, takenAtMs);
  }

  private begin(lane: Lane, claim: ClaimedDelivery, takenAtMs: number): void {
    lane.take(claim.endpointId, claim.endpointFailures > 0 ? 1 : lane.places);
    const key = `${claim.endpointId} ${claim.deviceId ?? claim.deliveryId}`;
    const sent = this.sendAfter(this.lastOfDevice.get(key), claim);
    this.lastOfDevice.set(key, sent);
    const settled = this.settle(lane, claim, sent).then(() => {
      if (this.lastOfDevice.get(key) === sent) this.lastOfDevice.delete(key);
    });
    this.inFlight.set(claim.deliveryId, { claim, takenAtMs, settled });
    this.metrics.inFlight.set(this.inFlight.size);
  }

  /** Null: not begun, because this process is stopping. Never rejects. */
  private async sendAfter(before: Promise<unknown> | undefined, claim: ClaimedDelivery): Promise<AttemptResult | null> {
    await before;
    if (this.stopping) return null;
    if (claim.attempts === 0) this.metrics.firstAttemptAge.observe((Date.now() - claim.occurredAt.getTime()) / 1_000);
    const { record, retryAfter } = await this.attempt(claim);
    const facts = { status: record.status, retryAfter, tries: claim.tries };
    return {
      claim,
      attempt: { ...record, attemptNo: claim.attempts + 1 },
      verdict: decide(facts, this.options.delaysS, Date.now(), Math.random()),
    };
  }

  /** What breaks on our side (a secret whose key is gone) is a failed attempt too, so that it is retried and seen. */
  private async attempt(claim: ClaimedDelivery): Promise<AttemptOutcome> {
    try {
      const secrets = this.secrets.open(claim.endpointId, claim.secretSealed, claim.previousSecretSealed);
      return await this.attempts.send({ ...claim, secrets }, this.options.timeoutMs);
    } catch (error) {
      this.logger.error({ err: error, delivery_id: claim.deliveryId }, 'attempt failed on our side');
      const record = { at: new Date(), durationMs: 0, status: null, error: 'internal error', responseExcerpt: null };
      return { record, retryAfter: null };
    }
  }

  private async settle(lane: Lane, claim: ClaimedDelivery, sent: Promise<AttemptResult | null>): Promise<void> {
    const result = await sent;
    if (result === null) await this.giveBack(claim);
    else await this.results.write(result);
    this.inFlight.delete(claim.deliveryId);
    this.metrics.inFlight.set(this.inFlight.size);
    if (lane.free(claim.endpointId)) this.wake([claim.endpointId]);
  }

  private async giveBack(claim: ClaimedDelivery): Promise<void> {
    try {
      await this.database.transaction(forTenant(claim.tenantId), (tx) => this.queue.release(tx, [claim]));
    } catch (error) {
      this.logger.warn({ err: error, delivery_id: claim.deliveryId }, 'delivery not given back: its lease will end');
    }
  }

  /** Keeps what takes long: slow receivers, and deliveries that wait for the one before them. */
  private async extendLeases(): Promise<void> {
    const { leaseMs } = this.options;
    const old = [...this.inFlight.values()].filter(({ takenAtMs }) => Date.now() - takenAtMs > leaseMs / 3);
    if (old.length === 0) return;
    const claims = old.map(({ claim }) => claim);
    try {
      await this.database.transaction(forTenants([...new Set(claims.map(({ tenantId }) => tenantId))]), (tx) =>
        this.queue.extendLeases(tx, claims, leaseMs),
      );
    } catch (error) {
      this.logger.warn({ err: error, claims: claims.length }, 'leases not extended');
    }
  }
}
