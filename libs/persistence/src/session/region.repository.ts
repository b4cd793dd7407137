import type { TenantId } from '@chargebus/domain';
import { BeyondDataScope, CodeTaken, RegionNotFound, StillInUse, ValidationFailed } from '@chargebus/errors';
import type { Database, Transaction } from '../database';
import { forTenant } from '../scope';
import { Where } from './device-where';
import type { Viewer } from './device-where';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export interface RegionRecord {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly path: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
/** Absent: as it is. */
export interface RegionEdit {
  readonly name?: string | undefined;
  readonly parent?: string | null | undefined;
}

const COLUMNS = 'r.code, r.name, r.parent, r.path, r.created_at AS "createdAt", r.updated_at AS "updatedAt"';
const SORTS = { code: 'r.code', name: 'r.name', created_at: 'r.created_at' } as const;
const FOREIGN_KEY_VIOLATION = '23503';

/** Regions that the viewer sees, as `r`: those of its data scope with everything below them. $1 is the tenant. */
function visible(viewer: Viewer): Where {
  const where = new Where([viewer.tenantId]);
  where.conditions.push('r.tenant_id = $1');
  where.add((n) => `r.path && ${n}::text[]`, viewer.within?.regions);
  return where;
}

/** The levels between operator and station. Each knows its way from the top, so that a subtree is one condition. */
export class RegionRepository {
  constructor(private readonly database: Database) {}

  async create(viewer: Viewer, code: string, { name, parent = null }: RegionEdit): Promise<RegionRecord> {
    return this.change(viewer, code, async (tx) => {
      const above = parent === null ? [] : await pathOf(tx, viewer.tenantId, parent);
      const { count } = await tx.query(
        `INSERT INTO session.regions (tenant_id, code, name, parent, path) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, code) DO NOTHING`,
        [viewer.tenantId, code, name ?? code, parent, [...above, code]],
      );
      if (count === 0) throw new CodeTaken({ kind: 'region', code });
    });
  }

  async update(viewer: Viewer, code: string, { name, parent }: RegionEdit): Promise<RegionRecord> {
    await this.get(viewer, code);
    return this.change(viewer, code, async (tx) => {
      if (parent !== undefined) await move(tx, viewer.tenantId, code, parent);
      await tx.query(
        'UPDATE session.regions SET name = coalesce($3, name), updated_at = now() WHERE tenant_id = $1 AND code = $2',
        [viewer.tenantId, code, name ?? null],
      );
    });
  }

  async remove(viewer: Viewer, code: string): Promise<void> {
    await this.get(viewer, code);
    await this.database
      .query(forTenant(viewer.tenantId), 'DELETE FROM session.regions WHERE tenant_id = $1 AND code = $2', [
        viewer.tenantId,
        code,
      ])
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== FOREIGN_KEY_VIOLATION) throw error;
        throw new StillInUse({ kind: 'region', code, users: 'regions, stations or devices' });
      });
  }

  async get(viewer: Viewer, code: string): Promise<RegionRecord> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => find(tx, viewer, code));
  }

  async list(
    viewer: Viewer,
    filter: { readonly below: string | null; readonly text: string | null },
    request: PageRequest,
  ): Promise<PageResult<RegionRecord>> {
    const where = visible(viewer);
    where.add((n) => `r.path @> ARRAY[${n}]`, filter.below);
    where.add(
      (n) => `(strpos(lower(r.code), ${n}) > 0 OR strpos(lower(r.name), ${n}) > 0)`,
      filter.text?.toLowerCase(),
    );
    return this.database.transaction(forTenant(viewer.tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.regions r',
        select: COLUMNS,
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: SORTS.code,
        tieBreak: 'r.code',
        read: (row: RegionRecord) => row,
      }),
    );
  }

  /** One change of the tree at a time: two moves that pass each other would tie a knot. */
  private change(viewer: Viewer, code: string, work: (tx: Transaction) => Promise<void>): Promise<RegionRecord> {
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('regions'), hashtext($1))", [viewer.tenantId]);
      await work(tx);
      return find(tx, viewer, code).catch((error: unknown) => {
        throw error instanceof RegionNotFound ? new BeyondDataScope({ what: `region ${code}` }) : error;
      });
    });
  }
}

async function find(tx: Transaction, viewer: Viewer, code: string): Promise<RegionRecord> {
  const where = visible(viewer);
  where.add((n) => `r.code = ${n}`, code);
  const { rows } = await tx.query<RegionRecord>(
    `SELECT ${COLUMNS} FROM session.regions r WHERE ${where.sql}`,
    where.params,
  );
  if (rows[0] === undefined) throw new RegionNotFound({ region: code });
  return rows[0];
}

async function pathOf(tx: Transaction, tenantId: TenantId, code: string): Promise<readonly string[]> {
  return (await find(tx, { tenantId }, code)).path;
}

async function move(tx: Transaction, tenantId: TenantId, code: string, parent: string | null): Promise<void> {
  const above = parent === null ? [] : await pathOf(tx, tenantId, parent);
  if (above.includes(code)) {
    const problem = { field: 'parent', message: 'lies below the region itself' };
    throw new ValidationFailed({ summary: `${problem.field}: ${problem.message}` }, { details: [problem] });
  }
  await tx.query(
    `UPDATE session.regions SET path = $3::text[] || path[array_position(path, $2) :],
       parent = CASE code WHEN $2 THEN $4 ELSE parent END
     WHERE tenant_id = $1 AND path @> ARRAY[$2]`,
    [tenantId, code, above, parent],
  );
}
