import type { ClientId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';

export interface IdempotencyRef {
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
  readonly route: string;
  readonly key: string;
}
/** What the row says to whoever comes with the key. */
export interface IdempotencyClaim {
  readonly claimNo: number | null; // null: another request has it, or had it
  readonly fingerprint: string;
  readonly answerSealed: string | null; // null: still under way
  readonly lockedForS: number; // how long at most it may still be
}

const REMOVED_AT_ONCE = 5_000;

/** Table `iam.idempotency_keys`; written by `api` only. */
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the key, if nobody has it, it is forgotten, or whoever took it for the same request died over it. One
   * statement: of two that come together one gets it.
   */
  async claim(ref: IdempotencyRef, fingerprint: string, lockMs: number, keepMs: number): Promise<IdempotencyClaim> {
    const { rows } = await this.database.query<IdempotencyClaim>(
      forTenant(ref.tenantId),
      `WITH taken AS (
         INSERT INTO iam.idempotency_keys AS k (tenant_id, client_id, route, key, fingerprint, locked_until, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond', now() + $7 * interval '1 millisecond')
         ON CONFLICT (tenant_id, client_id, route, key) DO UPDATE SET
           fingerprint = excluded.fingerprint, claim_no = k.claim_no + 1, locked_until = excluded.locked_until,
           answer_sealed = NULL, expires_at = excluded.expires_at
         WHERE k.expires_at <= now()
           OR (k.answer_sealed IS NULL AND k.locked_until <= now() AND k.fingerprint = excluded.fingerprint)
         RETURNING claim_no AS "claimNo", fingerprint, answer_sealed AS "answerSealed", 0::float AS "lockedForS"
       )
       SELECT * FROM taken
       UNION ALL
       SELECT NULL, fingerprint, answer_sealed, greatest(extract(epoch FROM locked_until - now()), 0)::float
       FROM iam.idempotency_keys
       WHERE tenant_id = $1 AND client_id = $2 AND route = $3 AND key = $4 AND NOT EXISTS (SELECT FROM taken)`,
      [ref.tenantId, ref.clientId, ref.route, ref.key, fingerprint, lockMs, keepMs],
      'idempotency-claim',
    );
    // The other one's row may be newer than this statement's view of the table: it has only just begun.
    return rows[0] ?? { claimNo: null, fingerprint, answerSealed: null, lockedForS: 1 };
  }

  /** Does nothing where the claim was taken over. */
  async keep(ref: IdempotencyRef, claimNo: number, answerSealed: string): Promise<void> {
    await this.database.query(
      forTenant(ref.tenantId),
      `UPDATE iam.idempotency_keys SET answer_sealed = $6
       WHERE tenant_id = $1 AND client_id = $2 AND route = $3 AND key = $4 AND claim_no = $5`,
      [ref.tenantId, ref.clientId, ref.route, ref.key, claimNo, answerSealed],
      'idempotency-keep',
    );
  }

  /** Lets the key be used again. */
  async release(ref: IdempotencyRef, claimNo: number): Promise<void> {
    await this.database.query(
      forTenant(ref.tenantId),
      `DELETE FROM iam.idempotency_keys
       WHERE tenant_id = $1 AND client_id = $2 AND route = $3 AND key = $4 AND claim_no = $5 AND answer_sealed IS NULL`,
      [ref.tenantId, ref.clientId, ref.route, ref.key, claimNo],
      'idempotency-release',
    );
  }

  /** Removes what is forgotten, in bounded steps. */
  async removeExpired(): Promise<void> {
    for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE;)
      ({ count: removed } = await this.database.query(
        asSystem('housekeeping'),
        `DELETE FROM iam.idempotency_keys WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM iam.idempotency_keys WHERE expires_at <= now() LIMIT ${REMOVED_AT_ONCE.toString()}))`,
      ));
  }
}
