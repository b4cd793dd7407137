import type { DeviceId, TenantId } from '@chargebus/domain';
import { Batcher } from '../batcher';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';
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

/** A question of a device about a token, by all names that it may have. */
export interface TokenQuestion {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly causeId: string;
  readonly names: readonly string[];
}
interface TokenFound {
  readonly answer: unknown;
  readonly token: TokenRecord | null;
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
  private readonly lookUps: Batcher<TokenQuestion, TokenFound>;

  constructor(private readonly database: Database) {
    this.lookUps = new Batcher((questions) => this.lookUpAll(questions));
  }

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

  /**
   * In one round trip, shared with other questions of the moment, because a vehicle waits: the answer that this question
   * got before, undefined for none, and the first of `names` that is in the register. A card may be known by its chip or
   * by its printed number.
   */
  lookUp(question: TokenQuestion): Promise<TokenFound> {
    return this.lookUps.push(question);
  }

  private async lookUpAll(questions: readonly TokenQuestion[]): Promise<readonly TokenFound[]> {
    const { rows } = await this.database.query<Partial<Row> & { place: number; answer: unknown }>(
      forTenants([...new Set(questions.map(({ tenantId }) => tenantId))]),
      `SELECT q.place::integer - 1 AS place, a.answer, t.*
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) WITH ORDINALITY
         AS q (tenant_id, device_id, cause_id, names, place)
       LEFT JOIN session.answered_questions a
         ON a.device_id = q.device_id AND a.cause_id = q.cause_id AND a.tenant_id = q.tenant_id
       LEFT JOIN LATERAL (
         SELECT ${COLUMNS} FROM jsonb_array_elements_text(q.names) WITH ORDINALITY AS n (name, at)
         JOIN session.tokens t ON t.tenant_id = q.tenant_id AND t.token_key = n.name ORDER BY n.at LIMIT 1) t ON true`,
      [
        questions.map(({ tenantId }) => tenantId),
        questions.map(({ deviceId }) => deviceId),
        questions.map(({ causeId }) => causeId),
        questions.map(({ names }) => JSON.stringify(names.filter((name) => name !== '').map(keyOf))),
      ],
      'token-look-up',
    );
    const found = new Map(rows.map((row) => [row.place, row]));
    return questions.map((_, place) => {
      const row = found.get(place);
      return { answer: row?.answer ?? undefined, token: row?.token == null ? null : toRecord(row as Row) };
    });
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
