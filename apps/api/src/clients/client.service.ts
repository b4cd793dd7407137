import { randomUUID } from 'node:crypto';
import type { ApiScope } from '@chargebus/api-contract';
import { ClientId, KeyMaxLifetimeDays, KeyRotationOverlapMinutes } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { ClientExists, ClientNotFound, GrantExceedsOwn, TenantNotFound, invalidField } from '@chargebus/errors';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Scope } from '@chargebus/persistence';
import type {
  Client,
  ClientChanges,
  ClientRepository,
  ClientSettings,
  NewClient,
  TenantRepository,
} from '@chargebus/persistence/iam';
import type { SecretBox } from '@chargebus/security';
import type { Authority } from '../auth/authority';
import type { Caller } from '../auth/caller';
import type { News } from '../news';
import type { Settings } from '../settings/settings';
import { newCredentials, sealCredentials } from './credentials';
import type { Credentials } from './credentials';
import { exceeds } from './data-scope';

export interface Rotated {
  readonly client: Client;
  readonly credentials: Credentials;
}
export interface Changed {
  readonly before: Client;
  readonly after: Client;
}
const DAY_MS = 86_400_000;

/**
 * Makes, changes and re-keys clients, and tells every replica. Nobody gives more than they have: scopes, part of the
 * tenant, lifetime; but an operator of the installation, who stands for it, is not limited.
 */
export class ClientService {
  constructor(
    private readonly tenants: Pick<TenantRepository, 'find'>,
    private readonly clients: ClientRepository,
    private readonly authority: Pick<Authority, 'scopesOf'>,
    private readonly settings: Pick<Settings, 'get' | 'find'>,
    private readonly box: SecretBox,
    private readonly news: Pick<News, 'tell'>,
  ) {}

  /** Throws TENANT_NOT_FOUND, CLIENT_EXISTS, GRANT_EXCEEDS_OWN, VALIDATION_FAILED (it would be over already). */
  async createKey(creator: Caller, tenantId: TenantId, settings: ClientSettings): Promise<Rotated> {
    const clientId = ClientId.parse(randomUUID());
    const credentials = newCredentials();
    const client = await this.insert(creator, {
      ...settings,
      clientId,
      tenantId,
      createdBy: creator.clientId,
      ownerId: ownerAmong(creator),
      credentials: sealCredentials(this.box, clientId, credentials),
    });
    return { client, credentials };
  }

  /** Throws as `createKey`. */
  createPerson(
    creator: Caller,
    tenantId: TenantId,
    person: { readonly issuer: string; readonly subject: string },
    settings: ClientSettings,
  ): Promise<Client> {
    const clientId = ClientId.parse(randomUUID());
    const createdBy = creator.clientId;
    return this.insert(creator, { ...settings, clientId, tenantId, createdBy, ownerId: null, credentials: person });
  }

  /** Throws CLIENT_NOT_FOUND, GRANT_EXCEEDS_OWN. */
  async update(changer: Caller, clientId: ClientId, changes: ClientChanges): Promise<Changed> {
    const before = await this.get(changer, clientId);
    if (before.status === 'revoked' && changes.status === 'revoked') return { before, after: before };
    this.refuseMore(changer, before.tenantId, before); // nor does anybody change who has more than they
    this.refuseMore(changer, before.tenantId, {
      scopes: changes.scopes ?? before.scopes,
      within: changes.within === undefined ? before.within : changes.within,
    });
    const expiresAt =
      changes.expiresAt === undefined ? undefined : this.latestExpiry(changer, before.tenantId, changes.expiresAt);
    const after = await this.clients.update(scopeOf(changer), clientId, { ...changes, expiresAt });
    if (after === null) throw new ClientNotFound({ clientId });
    this.news.tell('clients');
    return { before, after };
  }

  /** `overlapS` null: as the tenant's setting says. Throws CLIENT_NOT_FOUND, GRANT_EXCEEDS_OWN. */
  async rotate(changer: Caller, clientId: ClientId, overlapS: number | null): Promise<Rotated> {
    const before = await this.get(changer, clientId);
    this.refuseMore(changer, before.tenantId, before);
    const credentials = newCredentials();
    const overlap = overlapS ?? this.settings.get(KeyRotationOverlapMinutes, before.tenantId) * 60;
    const key = sealCredentials(this.box, clientId, credentials);
    const client = await this.clients.replaceCredentials(scopeOf(changer), clientId, key, overlap, ownerAmong(changer));
    if (client === null) throw new ClientNotFound({ clientId });
    this.news.tell('clients');
    return { client, credentials };
  }

  /** One that the caller may see. Throws CLIENT_NOT_FOUND. */
  async get(caller: Caller, clientId: ClientId): Promise<Client> {
    const client = await this.clients.find(scopeOf(caller), clientId);
    if (client === null) throw new ClientNotFound({ clientId });
    return client;
  }

  private async insert(creator: Caller, client: NewClient): Promise<Client> {
    if ((await this.tenants.find(client.tenantId)) === null) throw new TenantNotFound({ tenantId: client.tenantId });
    this.refuseMore(creator, client.tenantId, client);
    refusePast(client.expiresAt);
    const expiresAt = this.latestExpiry(creator, client.tenantId, client.expiresAt);
    const made = await this.clients.insert({ ...client, expiresAt });
    if (made === null) throw new ClientExists({ name: client.name });
    this.news.tell('clients'); // who asked with it before it was made is remembered as a stranger
    return made;
  }

  private refuseMore(giver: Caller, tenantId: TenantId, given: Pick<ClientSettings, 'scopes' | 'within'>): void {
    if (isOperator(giver)) return;
    const missing = [...this.authority.scopesOf(tenantId, given.scopes)].filter(
      (scope: ApiScope) => !giver.scopes.has(scope),
    );
    if (missing.length > 0) throw new GrantExceedsOwn({ what: missing.join(', ') }, { details: { scopes: missing } });
    if (exceeds(given.within, giver.within)) throw new GrantExceedsOwn({ what: 'data_scope' });
  }

  /** The earliest of what is asked for, the giver's own end and the tenant's rule; null: never. */
  private latestExpiry(giver: Caller, tenantId: TenantId, asked: string | null): string | null {
    const days = this.settings.find(KeyMaxLifetimeDays, tenantId);
    const end = Math.min(
      asked === null ? Infinity : Date.parse(asked),
      isOperator(giver) ? Infinity : giver.expiresAtMs,
      days === null ? Infinity : Date.now() + days * DAY_MS,
    );
    return end === Infinity ? null : new Date(end).toISOString();
  }
}

function refusePast(expiresAt: string | null): void {
  if (expiresAt === null || Date.parse(expiresAt) > Date.now()) return;
  throw invalidField('expires_at', 'must lie in the future');
}

/**
 * Whoever is shown a key's secret holds it: the person, be it by a key of theirs. Null: a machine, or an operator, who gives
 * keys out to others.
 */
const ownerAmong = (caller: Caller): ClientId | null =>
  isOperator(caller) || (caller.kind === 'key' && caller.hand === caller.clientId) ? null : caller.hand;

const isOperator = (caller: Caller): boolean => caller.scopes.has('internal') && caller.within === null;

/** Operators see the clients of every tenant, everybody else those of their own. */
export const scopeOf = (caller: Caller): Scope =>
  isOperator(caller) ? asSystem('operators see the clients of every tenant') : forTenant(caller.tenantId);
