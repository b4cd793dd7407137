import type { ClientId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import type { SealedSecret } from './endpoint.repository';

export interface TokenCallbackSettings {
  readonly url: string;
  readonly timeoutMs: number;
  readonly fallback: 'accepted' | 'blocked' | 'expired' | 'no_credit' | 'unknown';
}
export interface TokenCallback extends TokenCallbackSettings, SealedSecret {
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `tenant_id AS "tenantId", client_id AS "clientId", url, timeout_ms AS "timeoutMs", fallback,
  secret_sealed AS "secretSealed", secret_hint AS "secretHint", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Table `webhook.token_callbacks`, written by webhook-dispatcher only. */
export class TokenCallbackRepository {
  /** Changes the settings of a callback that is there, which keeps its secret; `secret` is for a new one. */
  async put(
    tx: Transaction,
    owner: Pick<TokenCallback, 'tenantId' | 'clientId'>,
    { url, timeoutMs, fallback }: TokenCallbackSettings,
    secret: SealedSecret,
  ): Promise<TokenCallback> {
    const { rows } = await tx.query<TokenCallback>(
      `INSERT INTO webhook.token_callbacks (tenant_id, client_id, url, timeout_ms, fallback, secret_sealed, secret_hint)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (tenant_id, client_id) DO UPDATE SET url = $3, timeout_ms = $4, fallback = $5, updated_at = now()
       RETURNING ${COLUMNS}`,
      [owner.tenantId, owner.clientId, url, timeoutMs, fallback, secret.secretSealed, secret.secretHint],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('a callback that was written must be there');
    return row;
  }

  async find(tx: Transaction, tenantId: TenantId, clientId: ClientId): Promise<TokenCallback | null> {
    const { rows } = await tx.query<TokenCallback>(
      `SELECT ${COLUMNS} FROM webhook.token_callbacks WHERE tenant_id = $1 AND client_id = $2`,
      [tenantId, clientId],
    );
    return rows[0] ?? null;
  }

  /** The oldest first. */
  async ofTenant(tx: Transaction, tenantId: TenantId): Promise<readonly TokenCallback[]> {
    const { rows } = await tx.query<TokenCallback>(
      `SELECT ${COLUMNS} FROM webhook.token_callbacks WHERE tenant_id = $1 ORDER BY created_at, client_id`,
      [tenantId],
    );
    return rows;
  }

  /** False: there was none. */
  async remove(tx: Transaction, tenantId: TenantId, clientId: ClientId): Promise<boolean> {
    const { count } = await tx.query('DELETE FROM webhook.token_callbacks WHERE tenant_id = $1 AND client_id = $2', [
      tenantId,
      clientId,
    ]);
    return count === 1;
  }
}
