import type { ClientId, TenantId } from '@chargebus/domain';
import type { Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem } from '../scope';
import type { Scope } from '../scope';

export interface Client {
  readonly clientId: ClientId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly apiKeyHint: string; // first characters, for people
  readonly scopes: readonly string[];
  /** The key alone is enough, over TLS. */
  readonly allowUnsigned: boolean;
  readonly rateLimitPerMin: number | null; // null: the installation's default
  readonly status: 'active' | 'disabled';
  readonly createdAt: string; // RFC 3339
}
/** What authentication needs; never leaves the api process. */
export interface ClientCredentials extends Client {
  readonly secretSealed: string; // SecretBox, context: client id
}
export interface NewClient extends Omit<Client, 'createdAt' | 'status'> {
  readonly apiKeyHash: string; // sha256, lower-case hex
  readonly secretSealed: string;
}
/** Undefined: stays as it is. */
export type ClientChanges = {
  readonly [K in 'scopes' | 'allowUnsigned' | 'rateLimitPerMin' | 'status']?: Client[K] | undefined;
};

interface Row {
  client_id: ClientId;
  tenant_id: TenantId;
  name: string;
  api_key_hint: string;
  secret_sealed: string;
  scopes: string[];
  allow_unsigned: boolean;
  rate_limit_per_min: number | null;
  status: Client['status'];
  created_at: Date;
}
const toClient = (row: Row): Client => ({
  clientId: row.client_id,
  tenantId: row.tenant_id,
  name: row.name,
  apiKeyHint: row.api_key_hint,
  scopes: row.scopes,
  allowUnsigned: row.allow_unsigned,
  rateLimitPerMin: row.rate_limit_per_min,
  status: row.status,
  createdAt: row.created_at.toISOString(),
});

/** Written by `api` only. */
export class ClientRepository {
  constructor(private readonly database: Database) {}

  /** Null: the tenant has a client of that name, or the key is taken. */
  async insert(client: NewClient): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('made by an operator or at installation'),
      `INSERT INTO iam.clients (client_id, tenant_id, name, api_key_hash, api_key_hint, secret_sealed, scopes, allow_unsigned, rate_limit_per_min)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING *`,
      [
        client.clientId,
        client.tenantId,
        client.name,
        client.apiKeyHash,
        client.apiKeyHint,
        client.secretSealed,
        client.scopes,
        client.allowUnsigned,
        client.rateLimitPerMin,
      ],
    );
    return rows[0] === undefined ? null : toClient(rows[0]);
  }

  /** An active client of an active tenant; the key tells which tenant, so the question belongs to none. */
  async findByKeyHash(apiKeyHash: string): Promise<ClientCredentials | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('the API key says who calls'),
      `SELECT c.* FROM iam.clients c JOIN iam.tenants t USING (tenant_id)
       WHERE c.api_key_hash = $1 AND c.status = 'active' AND t.status = 'active'`,
      [apiKeyHash],
      'client-by-key',
    );
    return rows[0] === undefined ? null : { ...toClient(rows[0]), secretSealed: rows[0].secret_sealed };
  }

  async findByName(tenantId: TenantId, name: string): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      { tenants: [tenantId] },
      'SELECT * FROM iam.clients WHERE tenant_id = $1 AND name = $2',
      [tenantId, name],
    );
    return rows[0] === undefined ? null : toClient(rows[0]);
  }

  /** `page.sort`: `created_at` or `name`. */
  async list(scope: Scope, page: PageQuery): Promise<Page<Client>> {
    const column = page.sort === 'name' ? 'name' : 'created_at';
    const direction = page.order === 'asc' ? 'ASC' : 'DESC';
    const { rows } = await this.database.query<Row & { total: string }>(
      scope,
      `SELECT *, count(*) OVER () AS total FROM iam.clients ORDER BY ${column} ${direction}, client_id LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    );
    return { items: rows.map(toClient), total: Number(rows[0]?.total ?? 0), nextCursor: null };
  }

  /** Only what is given changes; null: there is no such client. */
  async update(clientId: ClientId, changes: ClientChanges): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('changed by an operator'),
      `UPDATE iam.clients SET
         scopes = coalesce($2, scopes), allow_unsigned = coalesce($3, allow_unsigned),
         rate_limit_per_min = CASE WHEN $4 THEN $5 ELSE rate_limit_per_min END,
         status = coalesce($6, status), updated_at = now()
       WHERE client_id = $1 RETURNING *`,
      [
        clientId,
        changes.scopes ?? null,
        changes.allowUnsigned ?? null,
        changes.rateLimitPerMin !== undefined,
        changes.rateLimitPerMin ?? null,
        changes.status ?? null,
      ],
    );
    return rows[0] === undefined ? null : toClient(rows[0]);
  }

  /** Gives a client another key and secret; the old ones are dead at once. */
  async replaceCredentials(
    clientId: ClientId,
    credentials: Pick<NewClient, 'apiKeyHash' | 'apiKeyHint' | 'secretSealed'>,
  ): Promise<Client | null> {
    const { rows } = await this.database.query<Row>(
      asSystem('changed by an operator'),
      `UPDATE iam.clients SET api_key_hash = $2, api_key_hint = $3, secret_sealed = $4, updated_at = now()
       WHERE client_id = $1 RETURNING *`,
      [clientId, credentials.apiKeyHash, credentials.apiKeyHint, credentials.secretSealed],
    );
    return rows[0] === undefined ? null : toClient(rows[0]);
  }
}
