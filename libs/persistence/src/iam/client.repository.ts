import type { ClientId, DataScope, TenantId } from '@chargebus/domain';
import type { ClientAccess, Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem } from '../scope';
import type { Scope } from '../scope';
import { page as onePage } from '../paging';

interface Person {
  readonly issuer: string; // of the person's tokens
  readonly subject: string; // as the issuer names the person
}
/** Who may call: a machine's API key, or a person whom a signed token names. */
export interface Client {
  readonly clientId: ClientId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly person: Person | null; // null: a key
  readonly apiKeyHint: string | null; // first characters, for people; null: a person
  /** Scopes, bundles and the tenant's own roles. */
  readonly scopes: readonly string[];
  readonly within: DataScope | null; // null: the whole tenant
  /** The key alone is enough, over TLS. */
  readonly allowUnsigned: boolean;
  readonly allowedAddresses: readonly string[]; // ranges; empty: from anywhere
  readonly rateLimitPerMin: number | null; // null: the tenant's or installation's default
  readonly status: 'active' | 'disabled' | 'revoked'; // revoked: for ever
  readonly expiresAt: string | null; // RFC 3339
  readonly previousKeyUntil: string | null; // until when the key before this one is good, too
  readonly createdBy: ClientId | null; // null: at installation
  readonly ownerId: ClientId | null; // the person who has the key's secret; null: nobody in particular, or a person
  readonly createdAt: string; // RFC 3339
  readonly lastUsedAt: string | null; // about: written once a minute
  readonly lastUsedAddress: string | null;
}
/** What authentication needs; never leaves the api process. */
export interface ClientCredentials extends Client {
  /** SecretBox, context: client id. Of the key that was asked for, be it the previous one; null: a person. */
  readonly secretSealed: string | null;
}
export interface KeyMaterial {
  readonly apiKeyHash: string; // sha256, lower-case hex
  readonly apiKeyHint: string;
  readonly secretSealed: string;
}
/** What whoever makes or changes a client decides. */
export type ClientSettings = Pick<
  Client,
  'name' | 'scopes' | 'within' | 'allowUnsigned' | 'allowedAddresses' | 'rateLimitPerMin' | 'expiresAt'
>;
export interface NewClient extends ClientSettings {
  readonly clientId: ClientId;
  readonly tenantId: TenantId;
  readonly createdBy: ClientId | null;
  readonly ownerId: ClientId | null;
  readonly credentials: KeyMaterial | Person;
}
/** Undefined: stays as it is. */
export type ClientChanges = {
  readonly [K in Exclude<keyof ClientSettings, 'name'> | 'status']?: Client[K] | undefined;
};
export interface ClientFilter {
  readonly kind?: 'key' | 'person' | undefined;
  readonly tenantId?: TenantId | undefined;
}
/** One use of a client, for `last_used_*`. */
export interface ClientUse {
  readonly clientId: ClientId;
  readonly at: string; // RFC 3339
  readonly address: string;
}

interface Row {
  client_id: ClientId;
  tenant_id: TenantId;
  name: string;
  issuer: string | null;
  subject: string | null;
  api_key_hint: string | null;
  secret_sealed: string | null;
  scopes: string[];
  within: DataScope | null;
  allow_unsigned: boolean;
  allowed_addresses: string[];
  rate_limit_per_min: number | null;
  status: Client['status'];
  expires_at: Date | null;
  previous_until: Date | null;
  created_by: ClientId | null;
  owner_id: ClientId | null;
  created_at: Date;
  last_used_at: Date | null;
  last_used_address: string | null;
}
const toClient = (row: Row): Client => ({
  clientId: row.client_id,
  tenantId: row.tenant_id,
  name: row.name,
  person: row.issuer === null || row.subject === null ? null : { issuer: row.issuer, subject: row.subject },
  apiKeyHint: row.api_key_hint,
  scopes: row.scopes,
  within: row.within,
  allowUnsigned: row.allow_unsigned,
  allowedAddresses: row.allowed_addresses,
  rateLimitPerMin: row.rate_limit_per_min,
  status: row.status,
  expiresAt: row.expires_at?.toISOString() ?? null,
  previousKeyUntil: row.previous_until?.toISOString() ?? null,
  createdBy: row.created_by,
  ownerId: row.owner_id,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  lastUsedAddress: row.last_used_address,
});
const toCredentials = (row: Row | undefined): ClientCredentials | null =>
  row === undefined ? null : { ...toClient(row), secretSealed: row.secret_sealed };
const first = (rows: readonly Row[]): Client | null => (rows[0] === undefined ? null : toClient(rows[0]));

const GOOD = "c.status = 'active' AND t.status = 'active' AND (c.expires_at IS NULL OR c.expires_at > now())";

/** Written by `api` only. */
export class ClientRepository {
  constructor(private readonly database: Database) {}

  /** Null: the tenant has a client of that name, or the key or person is somebody's already. */
  async insert(client: NewClient): Promise<Client | null> {
    const { credentials } = client;
    const person = 'subject' in credentials ? credentials : null;
    const key = 'subject' in credentials ? null : credentials;
    const { rows } = await this.database.query<Row>(
      { tenants: [client.tenantId] },
      `INSERT INTO iam.clients (client_id, tenant_id, name, kind, issuer, subject, api_key_hash, api_key_hint, secret_sealed,
         scopes, within, allow_unsigned, allowed_addresses, rate_limit_per_min, expires_at, created_by, owner_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       ON CONFLICT DO NOTHING RETURNING *`,
      [
        client.clientId,
        client.tenantId,
        client.name,
        person === null ? 'key' : 'person',
        person?.issuer ?? null,
        person?.subject ?? null,
        key?.apiKeyHash ?? null,
        key?.apiKeyHint ?? null,
        key?.secretSealed ?? null,
        client.scopes,
        client.within,
        client.allowUnsigned,
        client.allowedAddresses,
        client.rateLimitPerMin,
        client.expiresAt,
        client.createdBy,
        client.ownerId,
      ],
    );
    return first(rows);
  }

  /**
   * A good client of an active tenant, by its key or the one before it while that is good, too. The key tells which
   * tenant, so the question belongs to none.
   */
  async findByKeyHash(apiKeyHash: string): Promise<ClientCredentials | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('the API key says who calls'),
      `SELECT c.*, CASE WHEN c.api_key_hash = $1 THEN c.secret_sealed ELSE c.previous_secret_sealed END AS secret_sealed
       FROM iam.clients c JOIN iam.tenants t USING (tenant_id)
       WHERE (c.api_key_hash = $1 OR c.previous_key_hash = $1 AND c.previous_until > now()) AND ${GOOD}`,
      [apiKeyHash],
      'client-by-key',
    );
    return toCredentials(rows[0]);
  }

  /** As `findByKeyHash`, by what a token says. */
  async findByPerson({ issuer, subject }: Person): Promise<ClientCredentials | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('the token says who calls'),
      `SELECT c.* FROM iam.clients c JOIN iam.tenants t USING (tenant_id)
       WHERE c.issuer = $1 AND c.subject = $2 AND ${GOOD}`,
      [issuer, subject],
      'client-by-person',
    );
    return toCredentials(rows[0]);
  }

  async findByName(tenantId: TenantId, name: string): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      { tenants: [tenantId] },
      'SELECT * FROM iam.clients WHERE tenant_id = $1 AND name = $2',
      [tenantId, name],
    );
    return first(rows);
  }

  async find(scope: Scope, clientId: ClientId): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(scope, 'SELECT * FROM iam.clients WHERE client_id = $1', [
      clientId,
    ]);
    return first(rows);
  }

  /** Those that there are. */
  async access(clientIds: readonly ClientId[]): Promise<ClientAccess[]> {
    const { rows } = await this.database.query<ClientAccess>(
      asSystem('whoever acts for clients asks for many at once'),
      `SELECT client_id AS "clientId", within, CASE WHEN status = 'revoked' THEN 'revoked'
         WHEN status = 'active' AND (expires_at IS NULL OR expires_at > now()) THEN 'good' ELSE 'suspended' END AS state
       FROM iam.clients WHERE client_id = ANY ($1)`,
      [clientIds],
    );
    return [...rows];
  }

  /** `page.sort`: `created_at`, `name` or `last_used_at`. */
  list(scope: Scope, filter: ClientFilter, page: PageQuery): Promise<Page<Client>> {
    return this.database.transaction(scope, (tx) =>
      onePage(tx, {
        request: page,
        from: 'iam.clients',
        select: '*',
        conditions: ['($1::text IS NULL OR kind = $1)', '($2::uuid IS NULL OR tenant_id = $2)'],
        params: [filter.kind ?? null, filter.tenantId ?? null],
        sorts: { created_at: 'created_at', name: 'name', last_used_at: 'last_used_at' },
        defaultSort: 'created_at',
        tieBreak: 'client_id',
        read: toClient,
      }),
    );
  }

  /** Only what is given changes, and nothing of a client that is revoked; null: there is no such client. */
  async update(scope: Scope, clientId: ClientId, changes: ClientChanges): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      scope,
      `UPDATE iam.clients SET
         scopes = coalesce($2, scopes), allow_unsigned = coalesce($3, allow_unsigned),
         allowed_addresses = coalesce($4, allowed_addresses), status = coalesce($5, status),
         rate_limit_per_min = CASE WHEN $6 THEN $7 ELSE rate_limit_per_min END,
         within = CASE WHEN $8 THEN $9::jsonb ELSE within END,
         expires_at = CASE WHEN $10 THEN $11::timestamptz ELSE expires_at END, updated_at = now()
       WHERE client_id = $1 AND status <> 'revoked' RETURNING *`,
      [
        clientId,
        changes.scopes ?? null,
        changes.allowUnsigned ?? null,
        changes.allowedAddresses ?? null,
        changes.status ?? null,
        changes.rateLimitPerMin !== undefined,
        changes.rateLimitPerMin ?? null,
        changes.within !== undefined,
        changes.within ?? null,
        changes.expiresAt !== undefined,
        changes.expiresAt ?? null,
      ],
    );
    return first(rows);
  }

  /**
   * Gives a key's client another key and secret; those before it stay good for `overlapS` seconds, 0: not at all. `ownerId`
   * null: it is whose it was.
   */
  async replaceCredentials(
    scope: Scope,
    clientId: ClientId,
    key: KeyMaterial,
    overlapS: number,
    ownerId: ClientId | null,
  ): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      scope,
      `UPDATE iam.clients SET
         previous_key_hash = CASE WHEN $5 > 0 THEN api_key_hash END,
         previous_secret_sealed = CASE WHEN $5 > 0 THEN secret_sealed END,
         previous_until = CASE WHEN $5 > 0 THEN now() + make_interval(secs => $5) END,
         api_key_hash = $2, api_key_hint = $3, secret_sealed = $4, owner_id = coalesce($6, owner_id), updated_at = now()
       WHERE client_id = $1 AND kind = 'key' AND status <> 'revoked' RETURNING *`,
      [clientId, key.apiKeyHash, key.apiKeyHint, key.secretSealed, overlapS, ownerId],
    );
    return first(rows);
  }

  /** One statement for all who called; an older use does not replace a newer one. */
  async recordUses(uses: readonly ClientUse[]): Promise<void> {
    await this.database.query(
      asSystem('clients of several tenants'),
      `UPDATE iam.clients c SET last_used_at = u.at, last_used_address = u.address
       FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS u (client_id, at, address)
       WHERE c.client_id = u.client_id AND (c.last_used_at IS NULL OR c.last_used_at < u.at)`,
      [uses.map((use) => use.clientId), uses.map((use) => use.at), uses.map((use) => use.address)],
    );
  }
}
