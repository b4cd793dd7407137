import type { ClientId, DataScope, DeviceFilter, PayloadVersion, TenantId } from '@chargebus/domain';
import type { Statements, Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

/** standard and ed25519: Standard Webhooks with HMAC or a public key; both: standard and classic; all: all three. */
export type SignatureKind = 'standard' | 'classic' | 'both' | 'ed25519' | 'all';
/** gone: it answered 410; failing: it never answered well; maker_gone: who made it may not call any more. */
export type DisabledReason = 'by_user' | 'gone' | 'failing' | 'maker_gone';

/** What its owner chooses. */
export interface EndpointSettings {
  readonly url: string;
  readonly events: readonly string[];
  readonly payloadVersion: PayloadVersion;
  readonly signature: SignatureKind;
  readonly description: string | null;
  readonly deviceFilter: DeviceFilter | null; // null: all devices, and events about none
  readonly within: DataScope | null; // the part of the tenant that its owner may see; null: all of it
  readonly rateLimitPerMin: number | null; // null: none
  readonly timeoutS: number | null; // of one attempt; null: the installation's
  readonly retryCount: number | null; // after the first attempt; null: the whole schedule
}
/** Headers of its own that every attempt carries. */
export interface SealedHeaders {
  readonly headersSealed: string | null; // a JSON object; null: none
  readonly headerNames: readonly string[];
}
/** One endpoint of a tenant, as somebody asks for it. */
export interface EndpointRef {
  readonly tenantId: TenantId;
  readonly ownedBy?: ClientId | null | undefined; // who asks may see this client's endpoints only; else all of the tenant's
  readonly endpointId: string;
}
export interface SealedSecret {
  readonly secretSealed: string;
  readonly secretHint: string; // last four characters
}
/** A pair of ed25519 keys; the private one sealed. */
export interface SealedKeyPair {
  readonly ed25519Sealed: string;
  readonly ed25519Public: string;
}
export interface WebhookEndpoint extends EndpointSettings, SealedSecret, SealedHeaders {
  readonly endpointId: string;
  readonly tenantId: TenantId;
  readonly status: 'enabled' | 'disabled';
  readonly disabledReason: DisabledReason | null; // null while enabled
  readonly previousSecretSealed: string | null;
  readonly previousSecretUntil: Date | null;
  readonly ed25519Sealed: string | null; // null: made when it is asked for
  readonly ed25519Public: string | null;
  readonly previousEd25519Sealed: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
/** What matching an event needs to know. */
export interface Subscription {
  readonly endpointId: string;
  readonly tenantId: TenantId;
  readonly events: readonly string[];
  readonly payloadVersion: PayloadVersion;
  readonly deviceFilter: DeviceFilter | null;
  readonly within: DataScope | null;
  readonly enabled: boolean;
  readonly paused: boolean; // nothing is to be sent for now
  readonly rateLimited: boolean;
  readonly failures: number; // since the last success
}
export interface DisabledEndpoint {
  readonly endpointId: string;
  readonly tenantId: TenantId;
  readonly url: string;
  readonly reason: DisabledReason;
  readonly failures: number;
  readonly failingSince: Date | null;
}
export interface EndpointFailure {
  readonly endpointId: string;
  readonly failures: number;
  readonly pauseMs: number; // 0: the receiver asked for none
}
export interface DisableRule {
  readonly afterMs: number; // without a success for at least so long
  readonly afterFailures: number; // and at least so many failed attempts since
}
/** What the makers of endpoints may do at present. */
export interface MakerRights {
  readonly limited: readonly { readonly clientId: ClientId; readonly within: DataScope }[];
  /** All that they made ends. */
  readonly revoked: readonly ClientId[];
  /** What they made of a part of the tenant ends; what is the whole tenant's stays. */
  readonly suspended: readonly ClientId[];
}

const COLUMNS = `endpoint_id AS "endpointId", tenant_id AS "tenantId", url, events, payload_version AS "payloadVersion",
  signature, description, status, disabled_reason AS "disabledReason", secret_sealed AS "secretSealed",
  secret_hint AS "secretHint", previous_secret_sealed AS "previousSecretSealed",
  previous_secret_until AS "previousSecretUntil", device_filter AS "deviceFilter", within,
  rate_limit_per_min AS "rateLimitPerMin", timeout_s AS "timeoutS", retry_count AS "retryCount",
  headers_sealed AS "headersSealed", header_names AS "headerNames", ed25519_sealed AS "ed25519Sealed", ed25519_public AS "ed25519Public",
  previous_ed25519_sealed AS "previousEd25519Sealed", created_at AS "createdAt", updated_at AS "updatedAt"`;

const DISABLED = `endpoint_id AS "endpointId", tenant_id AS "tenantId", url, disabled_reason AS reason, failures,
  failing_since AS "failingSince"`;

/** The columns that hold what is chosen or made for an endpoint as it is given. */
const COLUMN_OF = {
  endpointId: 'endpoint_id',
  clientId: 'client_id',
  url: 'url',
  events: 'events',
  payloadVersion: 'payload_version',
  signature: 'signature',
  description: 'description',
  deviceFilter: 'device_filter',
  within: 'within',
  rateLimitPerMin: 'rate_limit_per_min',
  timeoutS: 'timeout_s',
  retryCount: 'retry_count',
  headersSealed: 'headers_sealed',
  headerNames: 'header_names',
  secretSealed: 'secret_sealed',
  secretHint: 'secret_hint',
  ed25519Sealed: 'ed25519_sealed',
  ed25519Public: 'ed25519_public',
} as const;
type Assignable = Partial<Record<keyof typeof COLUMN_OF, unknown>>;
const isJson = (name: string): boolean => name === 'deviceFilter' || name === 'within';

/** What is given of it, nulls included. A list in JSON would be taken for an array of Postgres. */
function assignments(given: Assignable): { readonly columns: readonly string[]; readonly values: readonly unknown[] } {
  const names = (Object.keys(COLUMN_OF) as (keyof typeof COLUMN_OF)[]).filter((name) => given[name] !== undefined);
  return {
    columns: names.map((name) => COLUMN_OF[name]),
    values: names.map((name) => (isJson(name) && given[name] !== null ? JSON.stringify(given[name]) : given[name])),
  };
}

const REFERRED = 'endpoint_id = $1 AND tenant_id = $2 AND ($3::uuid IS NULL OR client_id = $3) AND deleted_at IS NULL';
const referred = ({ endpointId, tenantId, ownedBy }: EndpointRef): unknown[] => [endpointId, tenantId, ownedBy ?? null];

export type EndpointChanges = Partial<
  EndpointSettings & SealedHeaders & SealedKeyPair & { readonly status: 'enabled' | 'disabled' }
>;

/** Table `webhook.endpoints`, written by webhook-dispatcher only. */
export class EndpointRepository {
  /** Null: the tenant has `limit` endpoints already. Creations of one tenant wait for each other, so the limit is exact. */
  async insert(
    tx: Transaction,
    endpoint: EndpointSettings &
      SealedHeaders &
      SealedSecret &
      SealedKeyPair & { readonly endpointId: string; readonly tenantId: TenantId; readonly clientId: ClientId },
    limit: number,
  ): Promise<WebhookEndpoint | null> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7003))', [endpoint.tenantId]);
    const { columns, values } = assignments(endpoint);
    const places = values.map((_, at) => `$${(at + 3).toString()}`);
    const { rows } = await tx.query<WebhookEndpoint>(
      `INSERT INTO webhook.endpoints (tenant_id, ${columns.join(', ')})
       SELECT $1::uuid, ${places.join(', ')}
       WHERE (SELECT count(*) FROM webhook.endpoints WHERE tenant_id = $1::uuid AND deleted_at IS NULL) < $2
       RETURNING ${COLUMNS}`,
      [endpoint.tenantId, limit, ...values],
    );
    return rows[0] ?? null;
  }

  async find(tx: Transaction, ref: EndpointRef): Promise<WebhookEndpoint | null> {
    const { rows } = await tx.query<WebhookEndpoint>(
      `SELECT ${COLUMNS} FROM webhook.endpoints WHERE ${REFERRED}`,
      referred(ref),
    );
    return rows[0] ?? null;
  }

  page(
    tx: Transaction,
    { tenantId, ownedBy }: Omit<EndpointRef, 'endpointId'>,
    request: PageRequest,
  ): Promise<PageResult<WebhookEndpoint>> {
    return page(tx, {
      request,
      from: 'webhook.endpoints',
      select: COLUMNS,
      conditions: ['tenant_id = $1', '($2::uuid IS NULL OR client_id = $2)', 'deleted_at IS NULL'],
      params: [tenantId, ownedBy ?? null],
      tieBreak: 'endpoint_id',
      read: (row: WebhookEndpoint) => row,
    });
  }

  /**
   * Only what is given changes. Enabling forgets all failures, and a maker who is gone where somebody of the whole tenant
   * does it; a pair of keys is kept where there is one. Null: there is no such endpoint.
   */
  async update(
    tx: Transaction,
    ref: EndpointRef,
    { status, ed25519Sealed, ed25519Public, ...changes }: EndpointChanges,
  ): Promise<WebhookEndpoint | null> {
    const { columns, values } = assignments(changes);
    const given = columns.map((column, at) => `${column} = $${(at + 7).toString()}, `);
    const { rows } = await tx.query<WebhookEndpoint>(
      `UPDATE webhook.endpoints SET ${given.join('')}
         status = coalesce($4, status),
         disabled_reason = CASE $4 WHEN 'enabled' THEN NULL WHEN 'disabled' THEN coalesce(disabled_reason, 'by_user') ELSE disabled_reason END,
         failures = CASE $4 WHEN 'enabled' THEN 0 ELSE failures END,
         failing_since = CASE $4 WHEN 'enabled' THEN NULL ELSE failing_since END,
         client_id = CASE WHEN $4 = 'enabled' AND disabled_reason = 'maker_gone' AND $3::uuid IS NULL THEN NULL ELSE client_id END,
         paused_until = CASE $4 WHEN 'enabled' THEN NULL ELSE paused_until END,
         ed25519_public = CASE WHEN ed25519_sealed IS NULL THEN $6 ELSE ed25519_public END,
         ed25519_sealed = coalesce(ed25519_sealed, $5),
         updated_at = now()
       WHERE ${REFERRED} RETURNING ${COLUMNS}`,
      [...referred(ref), status ?? null, ed25519Sealed ?? null, ed25519Public ?? null, ...values],
    );
    return rows[0] ?? null;
  }

  /** The present secret becomes the previous one for `overlapMs`; one that was previous already is forgotten. */
  async rotate(
    tx: Transaction,
    ref: EndpointRef,
    secret: SealedSecret & SealedKeyPair,
    overlapMs: number,
  ): Promise<WebhookEndpoint | null> {
    const { rows } = await tx.query<WebhookEndpoint>(
      `UPDATE webhook.endpoints SET previous_secret_sealed = secret_sealed,
         previous_secret_until = now() + $4 * interval '1 millisecond', secret_sealed = $5, secret_hint = $6,
         previous_ed25519_sealed = ed25519_sealed, ed25519_sealed = $7, ed25519_public = $8, updated_at = now()
       WHERE ${REFERRED} RETURNING ${COLUMNS}`,
      [...referred(ref), overlapMs, secret.secretSealed, secret.secretHint, secret.ed25519Sealed, secret.ed25519Public],
    );
    return rows[0] ?? null;
  }

  /** Its secrets are forgotten at once, its deliveries later. False: there is no such endpoint. */
  async remove(tx: Transaction, ref: EndpointRef): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE webhook.endpoints SET deleted_at = now(), status = 'disabled', disabled_reason = 'by_user', secret_sealed = '',
         ed25519_sealed = NULL, previous_ed25519_sealed = NULL, previous_secret_sealed = NULL, previous_secret_until = NULL,
         headers_sealed = NULL
       WHERE ${REFERRED}`,
      referred(ref),
    );
    return count === 1;
  }

  async subscriptions(tx: Statements, tenantIds: readonly TenantId[]): Promise<readonly Subscription[]> {
    const { rows } = await tx.query<Subscription>(
      `SELECT endpoint_id AS "endpointId", tenant_id AS "tenantId", events, payload_version AS "payloadVersion",
         device_filter AS "deviceFilter", within, status = 'enabled' AS enabled,
         coalesce(paused_until > now(), false) AS paused, rate_limit_per_min IS NOT NULL AS "rateLimited", failures
       FROM webhook.endpoints WHERE tenant_id = ANY ($1) AND deleted_at IS NULL`,
      [tenantIds],
      'webhook-subscriptions',
    );
    return rows;
  }

  async recordSuccesses(tx: Transaction, endpointIds: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE webhook.endpoints SET failures = 0, failing_since = NULL WHERE endpoint_id = ANY ($1) AND failures > 0`,
      [endpointIds],
    );
  }

  async recordFailures(tx: Transaction, failures: readonly EndpointFailure[]): Promise<void> {
    await tx.query(
      `UPDATE webhook.endpoints e SET failures = e.failures + f.failures, failing_since = coalesce(e.failing_since, now()),
         paused_until = CASE WHEN f.pause_ms > 0 THEN greatest(e.paused_until, now() + f.pause_ms * interval '1 millisecond') ELSE e.paused_until END
       FROM unnest($1::text[], $2::int[], $3::float8[]) AS f(endpoint_id, failures, pause_ms)
       WHERE e.endpoint_id = f.endpoint_id`,
      [failures.map((f) => f.endpointId), failures.map((f) => f.failures), failures.map((f) => f.pauseMs)],
    );
  }

  /** Switches off those that answered 410 (`gone`) and those of `failed` that the rule condemns; says which. */
  async disable(
    tx: Transaction,
    candidates: { readonly gone: readonly string[]; readonly failed: readonly string[] },
    rule: DisableRule,
  ): Promise<readonly DisabledEndpoint[]> {
    const { rows } = await tx.query<DisabledEndpoint>(
      `UPDATE webhook.endpoints SET status = 'disabled', updated_at = now(),
         disabled_reason = CASE WHEN endpoint_id = ANY ($1) THEN 'gone' ELSE 'failing' END
       WHERE status = 'enabled' AND (endpoint_id = ANY ($1) OR (endpoint_id = ANY ($2)
         AND failures >= $3 AND failing_since <= now() - $4 * interval '1 millisecond'))
       RETURNING ${DISABLED}`,
      [candidates.gone, candidates.failed, rule.afterFailures, rule.afterMs],
    );
    return rows;
  }

  /** Who made the endpoints that there are. */
  async makers(tx: Statements): Promise<readonly ClientId[]> {
    const { rows } = await tx.query<{ clientId: ClientId }>(
      `SELECT DISTINCT client_id AS "clientId" FROM webhook.endpoints WHERE deleted_at IS NULL AND client_id IS NOT NULL`,
    );
    return rows.map(({ clientId }) => clientId);
  }

  /** Endpoints of limited makers tell of their part alone; those that end are disabled, and said. */
  async follow(tx: Transaction, { limited, revoked, suspended }: MakerRights): Promise<readonly DisabledEndpoint[]> {
    await tx.query(
      `UPDATE webhook.endpoints e SET within = m.within, updated_at = now()
       FROM unnest($1::uuid[], $2::jsonb[]) AS m (client_id, within)
       WHERE e.client_id = m.client_id AND e.deleted_at IS NULL AND e.within IS DISTINCT FROM m.within`,
      [limited.map(({ clientId }) => clientId), limited.map(({ within }) => JSON.stringify(within))],
    );
    const { rows } = await tx.query<DisabledEndpoint>(
      `UPDATE webhook.endpoints SET status = 'disabled', disabled_reason = 'maker_gone', updated_at = now()
       WHERE status = 'enabled' AND (client_id = ANY ($1) OR (client_id = ANY ($2) AND within IS NOT NULL))
       RETURNING ${DISABLED}`,
      [revoked, suspended],
    );
    return rows;
  }
}
