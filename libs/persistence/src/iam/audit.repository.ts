import type { TenantId } from '@chargebus/domain';
import type { Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { page as onePage } from '../paging';
import { ChainWalk } from './audit-chain';
import type { ChainedEntry, ChainHead, ChainReport } from './audit-chain';

export interface AuditFilter {
  readonly action: string | null;
  readonly actorId: string | null;
  readonly phyId: string | null;
  readonly requestId: string | null;
  readonly result: string | null;
  readonly from: string | null; // RFC 3339, included
  readonly until: string | null; // RFC 3339, excluded
}
interface Row {
  readonly tenant_id: string;
  readonly sequence: string;
  readonly content: string;
  readonly previous_hash: string;
  readonly hash: string;
}
const COLUMNS = 'tenant_id, sequence, content::text AS content, previous_hash, hash';
const toEntry = (row: Row): ChainedEntry => ({
  tenantId: row.tenant_id,
  sequence: Number(row.sequence),
  content: row.content,
  previousHash: row.previous_hash,
  hash: row.hash,
});
const PAGE_ROWS = 2_000;

/** The hash-chained log of who did what. Appended to by `api` only, changed by nobody. */
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** Contents are JSON texts with `at_ms`, `action` and `result.outcome`. One round trip, all or nothing. */
  async append(entries: readonly { readonly tenantId: TenantId; readonly content: string }[]): Promise<void> {
    await this.database.query(
      asSystem('calls of several tenants'),
      'SELECT audit.append($1::uuid[], $2::text[])',
      [entries.map((entry) => entry.tenantId), entries.map((entry) => entry.content)],
      'audit-append',
    );
  }

  /** Newest first, unless `page` says otherwise. */
  list(tenantId: TenantId, filter: AuditFilter, page: PageQuery): Promise<Page<ChainedEntry>> {
    const { action, actorId, phyId, requestId, result, from, until } = filter;
    return this.database.transaction(forTenant(tenantId), (tx) =>
      onePage(tx, {
        request: page,
        from: 'audit.entries',
        select: COLUMNS,
        conditions: [
          'tenant_id = $1',
          '($2::text IS NULL OR action = $2)',
          '($3::text IS NULL OR actor_id = $3)',
          '($4::text IS NULL OR phy_id = $4)',
          '($5::text IS NULL OR request_id = $5)',
          '($6::text IS NULL OR result = $6)',
          '($7::timestamptz IS NULL OR at >= $7)',
          '($8::timestamptz IS NULL OR at < $8)',
        ],
        params: [tenantId, action, actorId, phyId, requestId, result, from, until],
        sorts: { sequence: 'sequence' },
        defaultSort: 'sequence',
        tieBreak: 'sequence',
        read: toEntry,
      }),
    );
  }

  /** The whole chain of a tenant in its order, a page of rows at a time. */
  async *chain(tenantId: TenantId): AsyncGenerator<readonly ChainedEntry[]> {
    for (let after = 0; ;) {
      const { rows } = await this.database.query<Row>(
        forTenant(tenantId),
        `SELECT ${COLUMNS} FROM audit.entries WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT ${PAGE_ROWS.toString()}`,
        [tenantId, after],
      );
      if (rows.length === 0) return;
      const entries = rows.map(toEntry);
      yield entries;
      after = entries.at(-1)?.sequence ?? after;
    }
  }

  /** Computes every hash of a tenant's chain anew, up to where it ended when this began. */
  async verify(tenantId: TenantId): Promise<ChainReport> {
    const head = await this.head(tenantId);
    const walk = new ChainWalk(tenantId);
    for await (const entries of this.chain(tenantId))
      if (!entries.every((entry) => entry.sequence > head.sequence || walk.take(entry))) break;
    return walk.finish(head);
  }

  /** Tenants that have a chain. */
  async tenants(): Promise<readonly TenantId[]> {
    const { rows } = await this.database.query<{ tenant_id: TenantId }>(
      asSystem('the verifier looks at every chain'),
      'SELECT tenant_id FROM audit.heads UNION SELECT DISTINCT tenant_id FROM audit.entries ORDER BY 1',
    );
    return rows.map((row) => row.tenant_id);
  }

  private async head(tenantId: TenantId): Promise<ChainHead> {
    const { rows } = await this.database.query<{ sequence: string; hash: string }>(
      forTenant(tenantId),
      'SELECT sequence, hash FROM audit.heads WHERE tenant_id = $1',
      [tenantId],
    );
    return { tenantId, sequence: Number(rows[0]?.sequence ?? 0), hash: rows[0]?.hash ?? '' };
  }
}
