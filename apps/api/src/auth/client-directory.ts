import { createHash } from 'node:crypto';
import type { Logger } from '@chargebus/observability';
import type { ClientCredentials, ClientRepository } from '@chargebus/persistence/iam';
import { AddressRanges } from '@chargebus/security';
import type { SecretBox } from '@chargebus/security';
import { LRUCache } from 'lru-cache';
import type { Authority } from './authority';
import type { Caller } from './caller';
import type { GuessLimiter } from './guess-limiter';

export interface KnownClient extends Caller {
  readonly secret: string | null; // null: a person
  readonly allowUnsigned: boolean;
  readonly allowedAddresses: AddressRanges | null; // null: from anywhere
}
/** What a request shows of its sender. */
export type Credential = { readonly apiKey: string } | { readonly issuer: string; readonly subject: string };
interface Asked {
  readonly credential: Credential;
}
interface Entry {
  readonly client: KnownClient | null; // null: no good client has this key or name
}

export const apiKeyHash = (apiKey: string): string => createHash('sha256').update(apiKey).digest('hex');

const cacheKey = (credential: Credential): string =>
  'apiKey' in credential ? `key ${credential.apiKey}` : `person ${credential.issuer}\n${credential.subject}`;

/**
 * Good clients by what they show, remembered for a few seconds, strangers too. While Postgres is away, whoever is
 * remembered stays known. A stranger's address may ask for a bounded number of keys; whoever was known is not counted.
 */
export class ClientDirectory {
  private readonly cache: LRUCache<string, Entry, Asked>;
  /** Whoever was found once is no guess, also while nothing else is remembered of them. */
  private readonly knownBefore = new LRUCache<string, true>({ max: 20_000 });

  constructor(
    private readonly clients: Pick<ClientRepository, 'findByKeyHash' | 'findByPerson'>,
    private readonly authority: Authority,
    private readonly guesses: GuessLimiter,
    private readonly box: SecretBox,
    private readonly logger: Logger,
    ttlMs: number,
  ) {
    this.cache = new LRUCache<string, Entry, Asked>({
      max: 20_000,
      ttl: Math.max(ttlMs, 1),
      noDeleteOnStaleGet: true,
      noDeleteOnFetchRejection: true,
      allowStaleOnFetchRejection: true,
      ignoreFetchAbort: true, // else whoever asks while everything is forgotten is taken for a stranger
      fetchMethod: (_key, _stale, { context }) => this.load(context.credential),
    });
  }

  /** Throws RATE_LIMITED when the address has named too many keys that nobody has. */
  async find(credential: Credential, address: string): Promise<KnownClient | null> {
    const key = cacheKey(credential);
    const fresh = this.cache.get(key);
    if (fresh?.client != null) return fresh.client;
    const wasKnown = this.knownBefore.has(key);
    if (!wasKnown) this.guesses.take(address, Date.now());
    const entry = fresh ?? (await this.cache.fetch(key, { context: { credential } }));
    if (entry?.client == null) return null;
    if (!wasKnown) this.guesses.giveBack(address);
    this.knownBefore.set(key, true);
    return entry.client;
  }

  /** After a client or a role was changed anywhere. */
  forgetAll(): void {
    this.cache.clear();
  }

  private async load(credential: Credential): Promise<Entry> {
    const asked =
      'apiKey' in credential
        ? this.clients.findByKeyHash(apiKeyHash(credential.apiKey))
        : this.clients.findByPerson(credential);
    const found = await asked.catch((error: unknown) => {
      this.logger.error({ err: error }, 'clients cannot be read');
      throw error;
    });
    return { client: found === null ? null : this.known(found) };
  }

  private known(found: ClientCredentials): KnownClient {
    return {
      clientId: found.clientId,
      kind: found.person === null ? 'key' : 'person',
      hand: found.ownerId ?? found.clientId,
      name: found.name,
      tenantId: found.tenantId,
      within: found.within,
      scopes: this.authority.scopesOf(found.tenantId, found.scopes),
      rateLimitPerMin: found.rateLimitPerMin,
      expiresAtMs: found.expiresAt === null ? Infinity : Date.parse(found.expiresAt),
      allowUnsigned: found.allowUnsigned,
      allowedAddresses: found.allowedAddresses.length === 0 ? null : new AddressRanges(found.allowedAddresses),
      secret: found.secretSealed === null ? null : this.box.open(found.secretSealed, found.clientId),
    };
  }
}
