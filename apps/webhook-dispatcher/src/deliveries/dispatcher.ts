import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant, forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import { placesOf } from '@chargebus/persistence/webhook';
import type {
  ClaimedDelivery,
  ClaimRequest,
  DeliveryQueueRepository,
  Subscription,
} from '@chargebus/persistence/webhook';
import type { EndpointSecrets } from '../endpoints/endpoint-secrets';
import type { WebhookMetrics } from '../metrics';
import type { AttemptOutcome, AttemptService } from './attempt.service';
import { Lane } from './lane';
import type { AttemptResult, ResultWriter } from './result-writer';
import { decide } from './verdict';
import { WakeLoop } from './wake-loop';

export interface DispatcherOptions {
  readonly places: number; // at one endpoint, for first attempts; retries get a quarter of it beside them
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

const RETRY_SHARE = 4;

/**
 * Sends deliveries. What this process writes it sends at once where the endpoint has a free place and nothing waits for
 * it; all else it takes from Postgres: woken when deliveries were left there and when a place at a busy endpoint becomes
 * free, while a poll finds retries, what a rate allows by now, what other replicas wrote, and what a crash left behind.
 * Every endpoint has places of its own, so one that is slow delays nobody else. Attempts for one device at one endpoint
 * follow each other in the order of its events, within this process.
 */
export class Dispatcher {
  private readonly fresh: WakeLoop;
  private readonly retries: WakeLoop;
  private readonly inFlight = new Map<string, InFlight>();
  private readonly lastOfDevice = new Map<string, Promise<AttemptResult | null>>();
  private readonly freshLane: Lane;
  private admitted = 0; // places taken for what is being written
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
    this.freshLane = new Lane('fresh', options.places);
    this.fresh = this.loopOf(this.freshLane);
    this.retries = this.loopOf(new Lane('retry', Math.ceil(options.places / RETRY_SHARE)));
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
    await Promise.all([this.fresh.stop(), this.retries.stop()]);
    await Promise.all([...this.inFlight.values()].map(({ settled }) => settled));
  }

  /** Whether the endpoint takes less than there is for it, as far as this process sees. */
  isBehind({ endpointId, rateLimited }: Subscription): boolean {
    return rateLimited || this.freshLane.isBehind(endpointId);
  }

  /**
   * Whether a delivery that is about to be written may be sent at once. If so, it has a place, which `handOver` takes
   * back. Whose rate is limited waits its turn in Postgres, where all replicas count together.
   */
  admits({ endpointId, enabled, paused, rateLimited, failures }: Subscription): boolean {
    if (!enabled || paused || rateLimited || this.stopping || this.freshLane.isBehind(endpointId)) return false;
    if (this.freshLane.takenAt(endpointId) >= placesOf({ failures }, this.placesIn(this.freshLane))) return false;
    this.freshLane.take(endpointId);
    this.admitted += 1;
    return true;
  }
  /** Sends what was written of what was admitted. */
  handOver(admitted: readonly string[], claims: readonly ClaimedDelivery[]): void {
    this.admitted -= admitted.length;
    for (const endpointId of admitted) this.freshLane.free(endpointId);
    const takenAtMs = Date.now();
    for (const claim of claims) this.begin(this.freshLane, this.fresh, claim, takenAtMs);
  }

  /** New deliveries were left in Postgres for these endpoints. */
  wakeFresh(endpointIds: ReadonlySet<string>): void {
    this.freshLane.setBehind(endpointIds);
    this.fresh.wake(endpointIds);
  }
  /** There may be due deliveries of either kind for these endpoints; null: for any. */
  wake(endpointIds: readonly string[] | null): void {
    this.fresh.wake(endpointIds);
    this.retries.wake(endpointIds);
  }

  private loopOf(lane: Lane): WakeLoop {
    const loop: WakeLoop = new WakeLoop((endpointIds) => this.claim(lane, loop, endpointIds), this.logger);
    return loop;
  }

  /**
   * Places at one endpoint: all of them while this process has little under way, fewer and fewer as it fills, so that
   * however many endpoints are slow, the others find room.
   */
  private placesIn(lane: Lane): number {
    const load = (this.inFlight.size + this.admitted) / this.options.maxInFlight;
    return Math.max(0, Math.ceil(lane.places * (1 - load)));
  }

  private async claim(lane: Lane, loop: WakeLoop, endpointIds: readonly string[] | null): Promise<void> {
    const { leaseMs, maxInFlight } = this.options;
    const max = maxInFlight - this.inFlight.size - this.admitted;
    if (max <= 0) return;
    const request: ClaimRequest = {
      ...{ lane: lane.name, endpointIds, busy: new Map(lane.busy) },
      ...{ places: this.placesIn(lane), max, leaseMs },
    };
    const takenAtMs = Date.now();
    const claims = await this.database.transaction(asSystem('the queue serves all tenants'), (tx) =>
      this.queue.claim(tx, request),
    );
    for (const claim of claims) this.begin(lane, loop, claim, takenAtMs);
    loop.wake(lane.learn(request, claims));
    lane.setBehind(loop.wanted); // deliveries may have been left in Postgres meanwhile
  }

  private begin(lane: Lane, loop: WakeLoop, claim: ClaimedDelivery, takenAtMs: number): void {
    lane.take(claim.endpointId);
    const key = `${claim.endpointId} ${claim.deviceId ?? claim.deliveryId}`;
    const sent = this.sendAfter(this.lastOfDevice.get(key), claim);
    this.lastOfDevice.set(key, sent);
    void sent.then(() => {
      if (this.lastOfDevice.get(key) === sent) this.lastOfDevice.delete(key);
      if (lane.free(claim.endpointId)) loop.wake([claim.endpointId]); // the place is free before the result is written
    });
    const settled = this.settle(claim, sent);
    this.inFlight.set(claim.deliveryId, { claim, takenAtMs, settled });
    this.metrics.inFlight.set(this.inFlight.size);
  }

  /** Null: not begun, because this process is stopping. Never rejects. */
  private async sendAfter(before: Promise<unknown> | undefined, claim: ClaimedDelivery): Promise<AttemptResult | null> {
    await before;
    if (this.isStopping()) return null;
    if (claim.attempts === 0) this.metrics.firstAttemptAge.observe((Date.now() - claim.occurredAt.getTime()) / 1_000);
    const { record, retryAfter } = await this.attempt(claim);
    const facts = { status: record.status, retryAfter, tries: claim.tries };
    return {
      claim,
      attempt: { ...record, attemptNo: claim.attempts + 1 },
      verdict: decide(facts, this.options.delaysS, Date.now(), Math.random()),
    };
  }

  /** A method, so that the compiler does not take an earlier answer for granted across an await. */
  private isStopping(): boolean {
    return this.stopping;
  }

  /** What breaks on our side (a secret whose key is gone) is a failed attempt too, so that it is retried and seen. */
  private async attempt(claim: ClaimedDelivery): Promise<AttemptOutcome> {
    try {
      const secrets = this.secrets.open(claim.endpointId, claim.secretSealed, claim.previousSecretSealed);
      const privateKeys = this.secrets.openKeys(claim.endpointId, claim.ed25519Sealed, claim.previousEd25519Sealed);
      return await this.attempts.send({ ...claim, secrets, privateKeys }, this.options.timeoutMs);
    } catch (error) {
      this.logger.error({ err: error, delivery_id: claim.deliveryId }, 'attempt failed on our side');
      const record = { at: new Date(), durationMs: 0, status: null, error: 'internal error', responseExcerpt: null };
      return { record, retryAfter: null };
    }
  }

  private async settle(claim: ClaimedDelivery, sent: Promise<AttemptResult | null>): Promise<void> {
    const result = await sent;
    if (result === null) await this.giveBack(claim);
    else await this.results.write(result);
    this.inFlight.delete(claim.deliveryId);
    this.metrics.inFlight.set(this.inFlight.size);
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
