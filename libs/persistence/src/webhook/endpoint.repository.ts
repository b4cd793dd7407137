import type { DataScope, DeviceFilter, PayloadVersion, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import type { WebhookPage } from './page';
import { pageOf } from './page';

/** standard and ed25519: Standard Webhooks with HMAC or a public key; both: standard and classic; all: all three. */
export type SignatureKind = 'standard' | 'classic' | 'both' | 'ed25519' | 'all';
export type DisabledReason = 'by_user' | 'gone' | 'failing';

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
export interface WebhookEndpoint extends EndpointSettings, SealedSecret {
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

const COLUMNS = `endpoint_id AS "endpointId", tenant_id AS "tenantId", url, events, payload_version AS "payloadVersion",
  signature, description, status, disabled_reason AS "disabledReason", secret_sealed AS "secretSealed",
  secret_hint AS "secretHint", previous_secret_sealed AS "previousSecretSealed",
  previous_secret_until AS "previousSecretUntil", device_filter AS "deviceFilter", within,
  rate_limit_per_min AS "rateLimitPerMin", ed25519_sealed AS "ed25519Sealed", ed25519_public AS "ed25519Public",
  previous_ed25519_sealed AS "previousEd25519Sealed", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** A list in JSON would be taken for an array of Postgres. */
const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** Table `webhook.endpoints`, written by webhook-dispatcher only. */
export class EndpointRepository {
  /** Null: the tenant has `limit` endpoints already. Creations of one tenant wait for each other, so the limit is exact. */
  async insert(
    tx: Transaction,
    endpoint: EndpointSettings &
      SealedSecret &
      SealedKeyPair & { readonly endpointId: string; readonly tenantId: TenantId },
    limit: number,
  ): Promise<WebhookEndpoint | null> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7003))', [endpoint.tenantId]);
    const { rows } = await tx.query<WebhookEndpoint>(
      `INSERT INTO webhook.endpoints (endpoint_id, tenant_id, url, events, payload_version, signature, description, secret_sealed, secret_hint,
         device_filter, within, rate_limit_per_min, ed25519_sealed, ed25519_public)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13, $14, $15
       WHERE (SELECT count(*) FROM webhook.endpoints WHERE tenant_id = $2 AND deleted_at IS NULL) < $10
       RETURNING ${COLUMNS}`,
      [
        endpoint.endpointId,
        endpoint.tenantId,
        endpoint.url,
        endpoint.events,
        endpoint.payloadVersion,
        endpoint.signature,
        endpoint.description,
        endpoint.secretSealed,
        endpoint.secretHint,
        limit,
        json(endpoint.deviceFilter),
        json(endpoint.within),
        endpoint.rateLimitPerMin,
        endpoint.ed25519Sealed,
        endpoint.ed25519Public,
      ],
    );
    return rows[0] ?? null;
  }

  async find(tx: Transaction, tenantId: TenantId, endpointId: string): Promise<WebhookEndpoint | null> {
    const { rows } = await tx.query<WebhookEndpoint>(
      `SELECT ${COLUMNS} FROM webhook.endpoints WHERE endpoint_id = $1 AND tenant_id = $2 AND deleted_at IS NULL`,
      [endpointId, tenantId],
    );
    return rows[0] ?? null;
  }

  async page(
    tx: Transaction,
    tenantId: TenantId,
    page: WebhookPage,
  ): Promise<{ items: WebhookEndpoint[]; total: number; nextCursor: string | null }> {
    const newestFirst = page.order === 'desc';
    const { rows } = await tx.query<WebhookEndpoint>(
      `SELECT ${COLUMNS} FROM webhook.endpoints
       WHERE tenant_id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR endpoint_id ${newestFirst ? '<' : '>'} $2)
       ORDER BY endpoint_id ${newestFirst ? 'DESC' : 'ASC'} LIMIT $3 OFFSET $4`,
      [tenantId, page.cursor, page.limit + 1, page.cursor === null ? page.offset : 0],
    );
    const total = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM webhook.endpoints WHERE tenant_id = $1 AND deleted_at IS NULL',
      [tenantId],
    );
    return { ...pageOf(rows, page.limit, (row) => row.endpointId), total: total.rows[0]?.count ?? 0 };
  }

  /** Only what is given changes. Enabling forgets all failures. Null: there is no such endpoint. */
  async update(
    tx: Transaction,
    tenantId: TenantId,
    endpointId: string,
    changes: Partial<EndpointSettings & SealedKeyPair & { readonly status: 'enabled' | 'disabled' }>,
  ): Promise<WebhookEndpoint | null> {
    const { rows } = await tx.query<WebhookEndpoint>(
      `UPDATE webhook.endpoints SET
         url = coalesce($3, url), events = coalesce($4, events), payload_version = coalesce($5, payload_version),
         signature = coalesce($6, signature), description = CASE WHEN $7 THEN $8 ELSE description END,
         status = coalesce($9, status),
         disabled_reason = CASE $9 WHEN 'enabled' THEN NULL WHEN 'disabled' THEN coalesce(disabled_reason, 'by_user') ELSE disabled_reason END,
         failures = CASE $9 WHEN 'enabled' THEN 0 ELSE failures END,
         failing_since = CASE $9 WHEN 'enabled' THEN NULL ELSE failing_since END,
         paused_until = CASE $9 WHEN 'enabled' THEN NULL ELSE paused_until END,
         device_filter = CASE WHEN $10 THEN $11 ELSE device_filter END,
         within = coalesce($12, within),
         rate_limit_per_min = CASE WHEN $13 THEN $14::int ELSE rate_limit_per_min END,
         ed25519_public = CASE WHEN ed25519_sealed IS NULL THEN $16 ELSE ed25519_public END,
         ed25519_sealed = coalesce(ed25519_sealed, $15),
         updated_at = now()
       WHERE endpoint_id = $1 AND tenant_id = $2 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
      [
        endpointId,
        tenantId,
        changes.url ?? null,
        changes.events ?? null,
        changes.payloadVersion ?? null,
        changes.signature ?? null,
        changes.description !== undefined,
        changes.description ?? null,
        changes.status ?? null,
        changes.deviceFilter !== undefined,
        json(changes.deviceFilter ?? null),
        json(changes.within ?? null),
        changes.rateLimitPerMin !== undefined,
        changes.rateLimitPerMin ?? null,
        changes.ed25519Sealed ?? null,
        changes.ed25519Public ?? null,
      ],
    );
    return rows[0] ?? null;
  }

  /** The present secret becomes the previous one for `overlapMs`; one that was previous already is forgotten. */
  async rotate(
    tx: Transaction,
    tenantId: TenantId,
    endpointId: string,
    secret: SealedSecret & SealedKeyPair,
    overlapMs: number,
  ): Promise<WebhookEndpoint | null> {
    const { rows } = await tx.query<WebhookEndpoint>(
      `UPDATE webhook.endpoints SET previous_secret_sealed = secret_sealed,
         previous_secret_until = now() + $5 * interval '1 millisecond', secret_sealed = $3, secret_hint = $4,
         previous_ed25519_sealed = ed25519_sealed, ed25519_sealed = $6, ed25519_public = $7, updated_at = now()
       WHERE endpoint_id = $1 AND tenant_id = $2 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
      [
        endpointId,
        tenantId,
        secret.secretSealed,
        secret.secretHint,
        overlapMs,
        secret.ed25519Sealed,
        secret.ed25519Public,
      ],
    );
    return rows[0] ?? null;
  }

  /** Its secrets are forgotten at once, its deliveries later. False: there is no such endpoint. */
  async remove(tx: Transaction, tenantId: TenantId, endpointId: string): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE webhook.endpoints SET deleted_at = now(), status = 'disabled', disabled_reason = 'by_user', secret_sealed = '',
         ed25519_sealed = NULL, previous_ed25519_sealed = NULL, previous_secret_sealed = NULL, previous_secret_until = NULL
       WHERE endpoint_id = $1 AND tenant_id = $2 AND deleted_at IS NULL`,
      [endpointId, tenantId],
    );
    return count === 1;
  }

  async subscriptions(tx: Transaction, tenantIds: readonly TenantId[]): Promise<readonly Subscription[]> {
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
       RETURNING endpoint_id AS "endpointId", tenant_id AS "tenantId", url, disabled_reason AS reason, failures,
         failing_since AS "failingSince"`,
      [candidates.gone, candidates.failed, rule.afterFailures, rule.afterMs],
    );
    return rows;
  }
}
