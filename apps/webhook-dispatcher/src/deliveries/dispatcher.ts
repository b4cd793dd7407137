import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant, forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import { roomAfter } from '@chargebus/persistence/webhook';
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

  /**
   * Whether a delivery that is about to be written may be taken by this process at once. If so, room is kept for it, which
   * `handOver` gives back. Whose rate is limited waits its turn in Postgres, where all replicas count together.
   */
  admits({ endpointId, enabled, paused, rateLimited, failures }: Subscription): boolean {
    const lane = this.freshLane;
    if (!enabled || paused || rateLimited || this.stopping || lane.isBehind(endpointId)) return false;
    if (lane.takenAt(endpointId) >= roomAfter(failures, lane.roomAt(endpointId, this.spare()))) return false;
    lane.take(endpointId);
    this.admitted += 1;
    return true;
  }
  /** Sends what was written of what was admitted. */
  handOver(admitted: readonly string[], claims: readonly ClaimedDelivery[]): void {
    this.admitted -= admitted.length;
    for (const endpointId of admitted) this.freshLane.giveBack(endpointId);
    const takenAtMs = Date.now();
    for (const claim of claims) this.begin(this.freshLane, this.fresh, claim, takenAtMs);
  }

  /** New deliveries were left in Postgres for these endpoints. Who is busy is asked for when it has done enough. */
  wakeFresh(endpointIds: ReadonlySet<string>): void {
    this.freshLane.setBehind(endpointIds);
    this.fresh.wake([...endpointIds].filter((endpointId) => this.freshLane.isWorthAsking(endpointId)));
  }
  /** Endpoints that take less than there is for them, as far as this process sees. */
  behind(): readonly string[] {
    return this.freshLane.behindAt;
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
   * What share of the room at an endpoint this process can spare: less and less as it fills, so that however many
   * endpoints are slow, the others find room.
   */
  private spare(): number {
    return Math.max(0, 1 - (this.inFlight.size + this.admitted) / this.options.maxInFlight);
  }

  private async claim(lane: Lane, loop: WakeLoop, endpointIds: readonly string[] | null): Promise<void> {
    const { leaseMs, maxInFlight } = this.options;
    const max = maxInFlight - this.inFlight.size - this.admitted;
    if (max <= 0) return;
    const share = this.spare();
    const room = Math.ceil(lane.places * share);
    const request: ClaimRequest = { lane: lane.name, endpointIds, busy: lane.beginClaim(share), room, max, leaseMs };
    const takenAtMs = Date.now();
    const claims = await this.queue.claim(this.database.alone(asSystem('the queue serves all tenants')), request);
    for (const claim of claims) this.begin(lane, loop, claim, takenAtMs);
    loop.wake(lane.learn(request, claims));
  }

  private begin(lane: Lane, loop: WakeLoop, claim: ClaimedDelivery, takenAtMs: number): void {
    lane.take(claim.endpointId);
    const key = `${claim.endpointId} ${claim.deviceId ?? claim.deliveryId}`;
    const sent = this.sendAfter(this.lastOfDevice.get(key), lane, claim);
    this.lastOfDevice.set(key, sent);
    void sent.then((result) => {
      if (this.lastOfDevice.get(key) === sent) this.lastOfDevice.delete(key);
      // There is room again before the result is written.
      if (lane.finish(claim.endpointId, result?.attempt.durationMs ?? 0)) loop.wake([claim.endpointId]);
    });
    const settled = this.settle(claim, sent);
    this.inFlight.set(claim.deliveryId, { claim, takenAtMs, settled });
    this.metrics.inFlight.set(this.inFlight.size);
  }

  /** Null: not begun, because this process is stopping. Never rejects. */
  private async sendAfter(
    before: Promise<unknown> | undefined,
    lane: Lane,
    claim: ClaimedDelivery,
  ): Promise<AttemptResult | null> {
    await before;
    await lane.turns.begin(claim.endpointId, claim.priority);
    try {
      return this.isStopping() ? null : await this.send(claim);
    } finally {
      lane.turns.end(claim.endpointId);
    }
  }

  private async send(claim: ClaimedDelivery): Promise<AttemptResult> {
    if (claim.attempts === 0) this.metrics.firstAttemptAge.observe((Date.now() - claim.occurredAt.getTime()) / 1_000);
    const { record, retryAfter } = await this.attempt(claim);
    const facts = { status: record.status, retryAfter, tries: claim.tries, retryCount: claim.retryCount };
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
      const timeoutMs = claim.timeoutS === null ? this.options.timeoutMs : claim.timeoutS * 1_000;
      return await this.attempts.send({ ...claim, ...this.secrets.credentialsOf(claim) }, timeoutMs);
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
