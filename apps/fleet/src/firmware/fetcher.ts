import { setTimeout as delay } from 'node:timers/promises';
import { toInstant } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { FirmwareRecord, FirmwareRepository } from '@chargebus/persistence/fleet';
import { Ticker } from '@chargebus/runtime';
import { OutboundError } from '@chargebus/security';
import type { GuardedClient } from '@chargebus/security';
import { DigestDiffers } from './images';
import type { Images } from './images';

const AT_ONCE = 2;
const LOOK_EVERY_MS = 5_000;
const TRIES = 4;
const AGAIN_AFTER_MS = [2_000, 30_000, 120_000];
/** Orphans are looked for so often; what no image names is kept for a day, for uploads under way and rollbacks. */
const CLEAN_EVERY_MS = 3_600_000;
const KEPT_S = 86_400;

/**
 * Brings images from where they lie into the store: once, through the guarded client, and only if their digest is what was
 * announced. A process that dies over one leaves it to another.
 */
export class FirmwareFetcher {
  private readonly ticker: Ticker;
  private cleaned = 0;

  constructor(
    private readonly database: Database,
    private readonly firmware: FirmwareRepository,
    private readonly images: Images,
    private readonly client: Pick<GuardedClient, 'download'>,
    private readonly logger: Logger,
    private readonly limits: { readonly maxBytes: number; readonly timeoutMs: number },
  ) {
    this.ticker = new Ticker('fetching firmware', LOOK_EVERY_MS, logger, () => this.turn());
  }

  start(): void {
    this.ticker.start();
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }
  wake(): void {
    this.ticker.wake();
  }

  private async turn(): Promise<boolean> {
    const claimed = await this.database.transaction(asSystem('fetching for every tenant'), (tx) =>
      this.firmware.claimFetches(tx, AT_ONCE),
    );
    await Promise.all(claimed.map((one) => this.fetch(one)));
    if (claimed.length === 0 && Date.now() - this.cleaned > CLEAN_EVERY_MS) await this.clean();
    return claimed.length > 0;
  }

  private async fetch(firmware: FirmwareRecord): Promise<void> {
    const { firmwareId, tenantId, sha256, sourceUrl, fileName } = firmware;
    if (sourceUrl === null) return;
    try {
      const source = this.client.download({ url: sourceUrl, ...this.limits });
      const { sizeBytes } = await this.images.put(tenantId, sha256, source, fileName);
      if (sizeBytes === 0) throw new OutboundError('broken', 'there are no bytes');
      await this.database.transaction(forTenant(tenantId), (tx) => this.firmware.stored(tx, firmwareId, sizeBytes));
    } catch (error) {
      const { failure, againInMs } = judge(error, firmware.fetchAttempts);
      this.logger.warn({ err: error, firmwareId, tenantId, againInMs }, 'firmware could not be fetched');
      await this.database.transaction(forTenant(tenantId), (tx) =>
        this.firmware.notFetched(tx, firmwareId, failure, againInMs),
      );
    }
  }

  /** Blobs that no image needs: of uploads that were not described, and of images that were deleted. */
  private async clean(): Promise<void> {
    this.cleaned = Date.now();
    const store = await this.images.store();
    const old = toInstant(Date.now() - KEPT_S * 1_000);
    const blobs = (await store.list()).filter(({ storedAt }) => storedAt < old);
    const digests = [...new Set(blobs.map(({ sha256 }) => sha256))];
    const needed = await this.database.transaction(asSystem('blobs of every tenant'), (tx) =>
      this.firmware.needed(tx, digests, KEPT_S),
    );
    for (const { name } of blobs.filter((blob) => !needed.has(blob.name))) {
      await store.remove(name);
      await delay(0);
    }
  }
}

/** Other bytes and a forbidden address stay what they are; anything else may pass. */
function judge(error: unknown, attempts: number): { readonly failure: string; readonly againInMs: number | null } {
  if (error instanceof DigestDiffers)
    return { failure: `checksum_mismatch: the bytes have sha256:${error.actual}`, againInMs: null };
  const failure = error instanceof OutboundError ? `${error.failure}: ${error.message}` : 'broken';
  const isFinal = attempts >= TRIES || (error instanceof OutboundError && error.failure === 'refused');
  return { failure, againInMs: isFinal ? null : (AGAIN_AFTER_MS[attempts - 1] ?? 120_000) };
}
