import { createHash } from 'node:crypto';
import { scopesOf } from '@chargebus/api-contract';
import type { ClientRepository } from '@chargebus/persistence/iam';
import type { Logger } from '@chargebus/observability';
import type { SecretBox } from '@chargebus/security';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller';

export interface KnownClient extends Caller {
  readonly secret: string;
  readonly allowUnsigned: boolean;
}
interface Entry {
  readonly client: KnownClient | null; // null: no active client has this key
}

export const apiKeyHash = (apiKey: string): string => createHash('sha256').update(apiKey).digest('hex');

/**
 * Active clients by API key, remembered for a few seconds, unknown keys too. While Postgres is away, whoever is
 * remembered stays known.
 */
export class ClientDirectory {
  private readonly cache: LRUCache<string, Entry>;

  constructor(
    private readonly clients: Pick<ClientRepository, 'findByKeyHash'>,
    private readonly box: SecretBox,
    private readonly logger: Logger,
    ttlMs: number,
  ) {
    this.cache = new LRUCache<string, Entry>({
      max: 20_000,
      ttl: Math.max(ttlMs, 1),
      noDeleteOnStaleGet: true,
      noDeleteOnFetchRejection: true,
      allowStaleOnFetchRejection: true,
      fetchMethod: (apiKey) => this.load(apiKey),
    });
  }

  async find(apiKey: string): Promise<KnownClient | null> {
    const entry = this.cache.get(apiKey) ?? (await this.cache.fetch(apiKey));
    return entry?.client ?? null;
  }

  /** After a client was changed anywhere. */
  forgetAll(): void {
    this.cache.clear();
  }

  private async load(apiKey: string): Promise<Entry> {
    const found = await this.clients.findByKeyHash(apiKeyHash(apiKey)).catch((error: unknown) => {
      this.logger.error({ err: error }, 'clients cannot be read');
      throw error;
    });
    if (found === null) return { client: null };
    return {
      client: {
        clientId: found.clientId,
        tenantId: found.tenantId,
        within: null,
        scopes: scopesOf(found.scopes),
        rateLimitPerMin: found.rateLimitPerMin,
        allowUnsigned: found.allowUnsigned,
        secret: this.box.open(found.secretSealed, found.clientId),
      },
    };
  }
}
