import { BeyondDataScope, CodeTaken, RegionNotFound, StationNotFound, StillInUse } from '@chargebus/errors';
import type { Database, Transaction } from '../database';
import { forTenant } from '../scope';
import { Where } from './device-where';
import type { Viewer } from './device-where';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';

export type StationState = 'planned' | 'open' | 'maintenance' | 'closed';
interface StationFields {
  readonly name: string;
  readonly region: string | null;
  readonly state: StationState;
  readonly address: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly contact: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  } | null;
  readonly openingHours: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}
export interface StationRecord extends StationFields {
  readonly code: string;
  readonly deviceCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
/** Absent: as it is. Attributes are merged: null takes one away. */
export type StationEdit = { readonly [K in keyof StationFields]?: StationFields[K] | undefined };

const COLUMN: Readonly<Record<keyof StationFields, string>> = {
  name: 'name',
  region: 'region',
  state: 'state',
  address: 'address',
  longitude: 'longitude',
  latitude: 'latitude',
  contact: 'contact',
  openingHours: 'opening_hours',
  attributes: 'attributes',
};
const SELECT = `s.code, ${Object.entries(COLUMN)
  .map(([property, column]) => `s.${column} AS "${property}"`)
  .join(', ')}, s.created_at AS "createdAt", s.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM session.device_profiles p WHERE p.tenant_id = s.tenant_id AND p.station = s.code) AS "deviceCount"`;
const SORTS = {
  code: 's.code',
  name: 's.name',
  state: 's.state',
  region: 's.region',
  created_at: 's.created_at',
} as const;
const FOREIGN_KEY_VIOLATION = '23503';
const violatesKey = (error: unknown): boolean => (error as { code?: unknown }).code === FOREIGN_KEY_VIOLATION;

const inRegions = (codes: string): string =>
  `s.region IN (SELECT r.code FROM session.regions r WHERE r.tenant_id = $1 AND r.path && ${codes}::text[])`;

/** Stations that the viewer sees, as `s`: those of its data scope, or in a region of it. $1 is the tenant. */
function visible({ tenantId, within }: Viewer): Where {
  const where = new Where([tenantId]);
  where.conditions.push('s.tenant_id = $1');
  if (within != null)
    where.conditions.push(
      `(${inRegions(where.bind(within.regions))} OR s.code = ANY (${where.bind(within.stations)}::text[]))`,
    );
  return where;
}

/** Places with devices. The devices of a station are in the station's region: one statement moves them with it. */
export class StationRepository {
  constructor(private readonly database: Database) {}

  async create(viewer: Viewer, code: string, edit: StationEdit): Promise<StationRecord> {
    const row = { state: 'planned', attributes: {}, ...given(edit), name: edit.name ?? code };
    const columns = Object.keys(row).map((property) => COLUMN[property as keyof StationFields]);
    return this.change(viewer, code, edit, async (tx) => {
      const { count } = await tx.query(
        `INSERT INTO session.stations (tenant_id, code, ${columns.join(', ')})
         VALUES ($1, $2, ${columns.map((_, at) => `$${(at + 3).toString()}`).join(', ')})
         ON CONFLICT (tenant_id, code) DO NOTHING`,
        [viewer.tenantId, code, ...Object.values(row)],
      );
      if (count === 0) throw new CodeTaken({ kind: 'station', code });
    });
  }

  async update(viewer: Viewer, code: string, edit: StationEdit): Promise<StationRecord> {
    await this.get(viewer, code);
    const { attributes, ...plain } = given(edit);
    return this.change(viewer, code, edit, async (tx) => {
      const where = new Where([viewer.tenantId, code]);
      const assignments = Object.entries(plain).map(
        ([property, value]) => `${COLUMN[property as keyof StationFields]} = ${where.bind(value)}`,
      );
      if (attributes !== undefined) {
        const gone = Object.keys(attributes).filter((key) => attributes[key] === null);
        assignments.push(`attributes = (attributes || ${where.bind(attributes)}::jsonb) - ${where.bind(gone)}::text[]`);
      }
      await tx.query(
        `UPDATE session.stations SET ${[...assignments, 'updated_at = now()'].join(', ')}
         WHERE tenant_id = $1 AND code = $2`,
        where.params,
      );
      if (plain.region !== undefined)
        await tx.query(
          `UPDATE session.device_profiles SET region = $3, updated_at = now()
           WHERE tenant_id = $1 AND station = $2 AND region IS DISTINCT FROM $3`,
          [viewer.tenantId, code, plain.region],
        );
    });
  }

  async remove(viewer: Viewer, code: string): Promise<void> {
    await this.get(viewer, code);
    const sql = 'DELETE FROM session.stations WHERE tenant_id = $1 AND code = $2';
    await this.database.query(forTenant(viewer.tenantId), sql, [viewer.tenantId, code]).catch((error: unknown) => {
      throw violatesKey(error) ? new StillInUse({ kind: 'station', code, users: 'devices' }) : error;
    });
  }

  async get(viewer: Viewer, code: string): Promise<StationRecord> {
    return this.database.transaction(forTenant(viewer.tenantId), (tx) => find(tx, viewer, code));
  }

  async list(
    viewer: Viewer,
    filter: {
      readonly regions: readonly string[] | null;
      readonly states: readonly StationState[] | null;
      readonly text: string | null;
    },
    request: PageRequest,
  ): Promise<PageResult<StationRecord>> {
    const where = visible(viewer);
    where.add(inRegions, filter.regions);
    where.add((n) => `s.state = ANY (${n})`, filter.states);
    where.add(
      (n) => `strpos(lower(concat_ws(E'\\n', s.code, s.name, s.address)), ${n}) > 0`,
      filter.text?.toLowerCase(),
    );
    return this.database.transaction(forTenant(viewer.tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.stations s',
        select: SELECT,
        conditions: where.conditions,
        params: where.params,
        sorts: SORTS,
        defaultSort: SORTS.code,
        tieBreak: 's.code',
        read: (row: StationRecord) => row,
      }),
    );
  }

  /** Nobody leaves a station where it could not be seen any more. */
  private change(
    viewer: Viewer,
    code: string,
    { region }: StationEdit,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<StationRecord> {
    return this.database
      .transaction(forTenant(viewer.tenantId), async (tx) => {
        await work(tx);
        return find(tx, viewer, code).catch((error: unknown) => {
          throw error instanceof StationNotFound ? new BeyondDataScope({ what: `station ${code}` }) : error;
        });
      })
      .catch((error: unknown) => {
        throw violatesKey(error) ? new RegionNotFound({ region: region ?? '' }) : error;
      });
  }
}

async function find(tx: Transaction, viewer: Viewer, code: string): Promise<StationRecord> {
  const where = visible(viewer);
  where.add((n) => `s.code = ${n}`, code);
  const { rows } = await tx.query<StationRecord>(
    `SELECT ${SELECT} FROM session.stations s WHERE ${where.sql}`,
    where.params,
  );
  if (rows[0] === undefined) throw new StationNotFound({ station: code });
  return rows[0];
}

const given = (edit: StationEdit): StationEdit =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
