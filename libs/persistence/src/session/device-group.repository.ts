import type { DeviceFilter, DeviceId } from '@chargebus/domain';
import { BeyondDataScope, CodeTaken, DeviceGroupNotFound } from '@chargebus/errors';
import type { Database, Transaction } from '../database';
import { forTenant } from '../scope';
import { Where } from './device-where';
import type { Viewer } from './device-where';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export interface DeviceGroupRecord {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly filter: DeviceFilter | null;
  readonly namedMembers: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
/** Absent: as it is. */
export interface DeviceGroupEdit {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly filter?: DeviceFilter | null | undefined; // names no groups
}
export interface MembersChanged {
  readonly added: number;
  readonly removed: number;
  readonly unknown: readonly DeviceId[];
}

const SELECT = `g.code, g.name, g.description, g.filter, g.created_at AS "createdAt", g.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM session.device_group_members m
   WHERE m.tenant_id = g.tenant_id AND m.group_code = g.code) AS "namedMembers"`;
const GROUPS = 'groups of the tenant';
const SORTS = { code: 'g.code', name: 'g.name', created_at: 'g.created_at' } as const;

/** A principal with a data scope sees the groups that are named in it. */
function visible({ tenantId, within }: Viewer): Where {
  const where = new Where([tenantId]);
  where.conditions.push('g.tenant_id = $1');
  where.add((n) => `g.code = ANY (${n}::text[])`, within?.groups);
  return where;
}

/** Groups of devices: named one by one, found by a filter, or both. Groups limit principals, so only those change them who have no limit. */
export class DeviceGroupRepository {
  constructor(private readonly database: Database) {}

  async create(viewer: Viewer, code: string, edit: DeviceGroupEdit): Promise<DeviceGroupRecord> {
    return this.change(viewer, code, async (tx) => {
      const { count } = await tx.query(
        `INSERT INTO session.device_groups (tenant_id, code, name, description, filter) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, code) DO NOTHING`,
        [viewer.tenantId, code, edit.name ?? code, edit.description ?? null, edit.filter ?? null],
      );
      if (count === 0) throw new CodeTaken({ kind: 'device group', code });
    });
  }

  async update(viewer: Viewer, code: string, edit: DeviceGroupEdit): Promise<DeviceGroupRecord> {
    return this.change(viewer, code, async (tx) => {
      const { name, description, filter } = { ...(await find(tx, viewer, code)), ...given(edit) };
      await tx.query(
        `UPDATE session.device_groups SET name = $3, description = $4, filter = $5, updated_at = now()
         WHERE tenant_id = $1 AND code = $2`,
        [viewer.tenantId, code, name, description, filter],
      );
    });
  }

  async remove(viewer: Viewer, code: string): Promise<void> {
    if (viewer.within != null) throw new BeyondDataScope({ what: GROUPS });
    const sql = 'DELETE FROM session.device_groups WHERE tenant_id = $1 AND code = $2';
    const { count } = await this.database.query(forTenant(viewer.tenantId), sql, [viewer.tenantId, code]);
    if (count === 0) throw new DeviceGroupNotFound({ group: code });
  }

  async members(
    viewer: Viewer,
    code: string,
    add: readonly DeviceId[],
    remove: readonly DeviceId[],
  ): Promise<MembersChanged & { readonly group: DeviceGroupRecord }> {
    let changed: MembersChanged = { added: 0, removed: 0, unknown: [] };
    const group = await this.change(viewer, code, async (tx) => {
      await find(tx, viewer, code);
      const known = await tx.query<{ device_id: DeviceId }>(
        'SELECT device_id FROM session.devices WHERE tenant_id = $1 AND device_id = ANY ($2)',
        [viewer.tenantId, add],
      );
      const ids = new Set(known.rows.map((row) => row.device_id));
      const inserted = await tx.query(
        `INSERT INTO session.device_group_members (tenant_id, group_code, device_id)
         SELECT $1, $2, id FROM unnest($3::text[]) id ON CONFLICT DO NOTHING`,
        [viewer.tenantId, code, [...ids]],
      );
      const deleted = await tx.query(
        'DELETE FROM session.device_group_members WHERE tenant_id = $1 AND group_code = $2 AND device_id = ANY ($3)',
        [viewer.tenantId, code, remove],
      );
      const unknown = add.filter((id) => !ids.has(id));
      changed = { added: inserted.count, removed: deleted.count, unknown };
    });
    return { ...changed, group };
  }

  async get(viewer: Viewer, code: string): Promise<DeviceGroupRecord> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => find(tx, viewer, code));
  }

  async list(viewer: Viewer, text: string | null, request: PageRequest): Promise<PageResult<DeviceGroupRecord>> {
    const where = visible(viewer);
    where.add((n) => `(strpos(lower(g.code), ${n}) > 0 OR strpos(lower(g.name), ${n}) > 0)`, text?.toLowerCase());
    return this.database.transaction(forTenant(viewer.tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.device_groups g',
        select: SELECT,
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: SORTS.code,
        tieBreak: 'g.code',
        read: (row: DeviceGroupRecord) => row,
      }),
    );
  }

  /** The group as it is afterwards. Throws DEVICE_GROUP_NOT_FOUND, BEYOND_DATA_SCOPE. */
  private change(viewer: Viewer, code: string, work: (tx: Transaction) => Promise<void>): Promise<DeviceGroupRecord> {
    if (viewer.within != null) throw new BeyondDataScope({ what: GROUPS });
    return this.database.transaction(forTenant(viewer.tenantId), async (tx) => {
      await work(tx);
      return find(tx, viewer, code);
    });
  }
}

async function find(tx: Transaction, viewer: Viewer, code: string): Promise<DeviceGroupRecord> {
  const where = visible(viewer);
  where.add((n) => `g.code = ${n}`, code);
  const { rows } = await tx.query<DeviceGroupRecord>(
    `SELECT ${SELECT} FROM session.device_groups g WHERE ${where.sql}`,
    where.params,
  );
  if (rows[0] === undefined) throw new DeviceGroupNotFound({ group: code });
  return rows[0];
}

const given = (edit: DeviceGroupEdit): DeviceGroupEdit =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
