import { createHash } from 'node:crypto';
import { IdempotencyKeyInProgress, IdempotencyKeyReused, ServiceUnavailable } from '@chargebus/errors';
import type { Logger } from '@chargebus/observability';
import type { IdempotencyClaim, IdempotencyRef, IdempotencyRepository } from '@chargebus/persistence/iam';
import { Ticker } from '@chargebus/runtime';
import type { SecretBox } from '@chargebus/security';

/** What came of a request with a key. `replayed`: it was done before, and not now. */
export interface Outcome {
  readonly data: unknown;
  readonly replayed: boolean;
}

const KEEP_MS = 24 * 3_600_000;
/** Longer than any call may take; a process that dies over a request leaves its key locked for so long. */
const LOCK_MS = 120_000;
/** What is larger is not kept: a repeat does it again. */
const MAX_ANSWER_CHARS = 1_048_576;
const HOUSEKEEPING_EVERY_MS = 3_600_000;
const ASK_AGAIN_MAX_S = 5;

/**
 * Makes a request with an Idempotency-Key happen once: its success is kept and given again. A refusal or a failure is
 * forgotten, so that it can be repeated. Answers may hold secrets that are shown once, so they are sealed.
 */
export class IdempotencyService {
  private readonly ticker: Ticker;

  constructor(
    private readonly keys: Pick<IdempotencyRepository, 'claim' | 'keep' | 'release' | 'removeExpired'>,
    private readonly box: SecretBox,
    private readonly logger: Logger,
  ) {
    this.ticker = new Ticker('old idempotency keys', HOUSEKEEPING_EVERY_MS, logger, () => keys.removeExpired());
  }

  onApplicationBootstrap(): void {
    this.ticker.start(HOUSEKEEPING_EVERY_MS);
  }
  onModuleDestroy(): Promise<void> {
    return this.ticker.stop();
  }

  /** Throws IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_PROGRESS, and what `work` throws. */
  async once(ref: IdempotencyRef, fingerprint: string, work: () => Promise<unknown>): Promise<Outcome> {
    const claim = await this.keys.claim(ref, fingerprint, LOCK_MS, KEEP_MS).catch((error: unknown) => {
      throw new ServiceUnavailable({ service: 'idempotency' }, { cause: error });
    });
    if (claim.claimNo === null) return { data: this.answerOf(ref, fingerprint, claim), replayed: true };
    const data = await work().catch(async (error: unknown) => {
      await this.settle(ref, claim.claimNo, null);
      throw error;
    });
    await this.settle(ref, claim.claimNo, JSON.stringify(data ?? null));
    return { data, replayed: false };
  }

  private answerOf(ref: IdempotencyRef, fingerprint: string, claim: IdempotencyClaim): unknown {
    const { key } = ref;
    if (claim.fingerprint !== fingerprint) throw new IdempotencyKeyReused({ key });
    if (claim.answerSealed === null) {
      const retryAfterS = Math.ceil(Math.min(Math.max(claim.lockedForS, 1), ASK_AGAIN_MAX_S));
      throw new IdempotencyKeyInProgress({ key }, { details: { retry_after: retryAfterS } });
    }
    return JSON.parse(this.box.open(claim.answerSealed, contextOf(ref))) as unknown;
  }

  /** What was done is done: the caller gets the answer even where it cannot be kept. */
  private async settle(ref: IdempotencyRef, claimNo: number | null, answer: string | null): Promise<void> {
    if (claimNo === null) return;
    try {
      if (answer === null || answer.length > MAX_ANSWER_CHARS) await this.keys.release(ref, claimNo);
      else await this.keys.keep(ref, claimNo, this.box.seal(answer, contextOf(ref)));
    } catch (error) {
      this.logger.warn({ err: error, route: ref.route }, 'an idempotency key stays locked for a while');
    }
  }
}

const contextOf = (ref: IdempotencyRef): string => [ref.tenantId, ref.clientId, ref.route, ref.key].join('\n');

/** What must be the same for it to be the same request. */
export const fingerprintOf = (query: string, body: unknown): string =>
  createHash('sha256')
    .update(`${query}\n`)
    .update(body instanceof Uint8Array ? body : '')
    .digest('base64url');
