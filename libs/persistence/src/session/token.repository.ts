import type { TenantId } from '@chargebus/domain';
import type { Database, Transaction } from '../database';
import { forTenant } from '../scope';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export interface TokenRecord {
  readonly token: string; // as it was written
  readonly type: string | null;
  readonly status: 'accepted' | 'blocked' | 'expired' | 'no_credit';
  readonly expiresAtMs: number | null;
  readonly groupId: string | null;
  readonly balanceFen: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
export interface TokenFilter {
  readonly status: TokenRecord['status'] | null;
  readonly groupId: string | null;
  readonly text: string | null; // part of the token
}

interface Row {
  readonly token: string;
  readonly type: string | null;
  readonly status: TokenRecord['status'];
  readonly expires_at: Date | null;
  readonly group_id: string | null;
  readonly balance_fen: number | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}
const COLUMNS = 't.token, t.type, t.status, t.expires_at, t.group_id, t.balance_fen, t.created_at, t.updated_at';
const toRecord = (row: Row): TokenRecord => ({
  token: row.token,
  type: row.type,
  status: row.status,
  expiresAtMs: row.expires_at?.getTime() ?? null,
  groupId: row.group_id,
  balanceFen: row.balance_fen,
  createdAtMs: row.created_at.getTime(),
  updatedAtMs: row.updated_at.getTime(),
});
const keyOf = (token: string): string => token.toLowerCase();
const SORTS = { created_at: 't.created_at', updated_at: 't.updated_at', token: 't.token_key' } as const;

/** The register of id tokens: which of them may charge. Written by `session` only. */
export class TokenRepository {
  constructor(private readonly database: Database) {}

  async put(
    tenantId: TenantId,
    { token, type, status, expiresAtMs, groupId, balanceFen }: Omit<TokenRecord, 'createdAtMs' | 'updatedAtMs'>,
  ): Promise<TokenRecord> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      `INSERT INTO session.tokens AS t (tenant_id, token_key, token, type, status, expires_at, group_id, balance_fen)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (tenant_id, token_key) DO UPDATE SET token = $3, type = $4, status = $5, expires_at = $6,
         group_id = $7, balance_fen = $8, updated_at = now()
       RETURNING ${COLUMNS}`,
      [
        tenantId,
        keyOf(token),
        token,
        type,
        status,
        expiresAtMs === null ? null : new Date(expiresAtMs),
        groupId,
        balanceFen,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('a token that was written must be there');
    return toRecord(row);
  }

  async find(tenantId: TenantId, token: string): Promise<TokenRecord | null> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      `SELECT ${COLUMNS} FROM session.tokens t WHERE t.tenant_id = $1 AND t.token_key = $2`,
      [tenantId, keyOf(token)],
    );
    return rows[0] === undefined ? null : toRecord(rows[0]);
  }

  /** What it was; null: there was none. */
  async remove(tenantId: TenantId, token: string): Promise<TokenRecord | null> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      `DELETE FROM session.tokens t WHERE t.tenant_id = $1 AND t.token_key = $2 RETURNING ${COLUMNS}`,
      [tenantId, keyOf(token)],
    );
    return rows[0] === undefined ? null : toRecord(rows[0]);
  }

  async list(tenantId: TenantId, filter: TokenFilter, request: PageRequest): Promise<PageResult<TokenRecord>> {
    const conditions = ['t.tenant_id = $1'];
    const params: unknown[] = [tenantId];
    const where = (sql: (n: string) => string, value: string | null): void => {
      if (value === null) return;
      params.push(value);
      conditions.push(sql(`$${params.length.toString()}`));
    };
    where((n) => `t.status = ${n}`, filter.status);
    where((n) => `t.group_id = ${n}`, filter.groupId);
    where((n) => `strpos(t.token_key, ${n}) > 0`, filter.text === null ? null : keyOf(filter.text));
    return this.database.transaction(forTenant(tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.tokens t',
        select: COLUMNS,
        conditions,
        params,
        sorts: SORTS,
        defaultSort: SORTS.created_at,
        tieBreak: 't.token_key',
        read: toRecord,
      }),
    );
  }
}

/** For each: the first of its names that is in the register. A card may be known by its chip or by its printed number. */
export async function readTokens(
  tx: Transaction,
  wanted: readonly { readonly tenantId: TenantId; readonly names: readonly string[] }[],
): Promise<readonly (TokenRecord | null)[]> {
  const named = wanted.flatMap(({ tenantId, names }, place) =>
    [...new Set(names.map(keyOf))].filter((key) => key !== '').map((key) => ({ tenantId, key, place })),
  );
  const found: (TokenRecord | null)[] = wanted.map(() => null);
  if (named.length === 0) return found;
  const { rows } = await tx.query<Row & { place: number }>(
    `SELECT n.place, ${COLUMNS}
     FROM unnest($1::uuid[], $2::text[], $3::integer[]) WITH ORDINALITY AS n (tenant_id, key, place, at)
     JOIN session.tokens t ON t.tenant_id = n.tenant_id AND t.token_key = n.key ORDER BY n.at`,
    [named.map(({ tenantId }) => tenantId), named.map(({ key }) => key), named.map(({ place }) => place)],
    'tokens-read',
  );
  for (const row of rows) found[row.place] ??= toRecord(row);
  return found;
}
