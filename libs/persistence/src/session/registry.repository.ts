import type { DeviceId, DeviceRecord, Incapabilities, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { page } from './paging';
import type { PageRequest, PageResult } from './paging';
import { deviceRows } from './tables';

export interface DeviceFilter {
  readonly online: boolean | null;
  readonly type: 'AC' | 'DC' | null;
  readonly region: string | null;
  readonly protocol: string | null;
  readonly model: string | null;
  readonly text: string | null;
}
export type DeviceModel = Pick<DeviceRecord, 'tenantId' | 'protocol' | 'model' | 'firmwareVersion'>;
export type ListedDevice = DeviceRecord & { readonly openFaults: number };

const SORTS = { created_at: 'd.created_at', device_id: 'd.device_id', last_seen_at: 'd.last_frame_at' } as const;

/** The list of devices of a tenant: who is in it, and under which names. Written by `session` only. */
export class RegistryRepository {
  constructor(private readonly database: Database) {}

  /** By id or printed number; null: this tenant has no such device. */
  async resolve(tenantId: TenantId, idOrNumber: string): Promise<DeviceId | null> {
    const { rows } = await this.database.query<{ device_id: DeviceId }>(
      forTenant(tenantId),
      `SELECT device_id FROM session.devices WHERE tenant_id = $1 AND (device_id IN ($2, upper($2)) OR device_no = $2)
       ORDER BY (device_id = $2) DESC, (device_id = upper($2)) DESC, device_id LIMIT 1`,
      [tenantId, idOrNumber],
    );
    return rows[0]?.device_id ?? null;
  }

  /** What devices of this model and firmware turned out not to be able to do. */
  async incapabilitiesOfModel(kind: DeviceModel): Promise<readonly Incapabilities[]> {
    const { tenantId, protocol, model, firmwareVersion } = kind;
    const { rows } = await this.database.query<{ incapable: Incapabilities }>(
      forTenant(tenantId),
      `SELECT DISTINCT incapable FROM session.devices WHERE tenant_id = $1 AND protocol = $2 AND model = $3
       AND firmware_version IS NOT DISTINCT FROM $4 AND incapable <> '{}'`,
      [tenantId, protocol, model, firmwareVersion],
    );
    return rows.map(({ incapable }) => incapable);
  }

  /** False: somebody has a device of this id already. */
  async add(device: DeviceRecord): Promise<boolean> {
    return this.database.transaction(asSystem('device ids are unique across tenants'), async (tx) => {
      const rows = await deviceRows.insert(tx, [device], 'ON CONFLICT (device_id) DO NOTHING RETURNING device_id');
      return rows.length === 1;
    });
  }

  async list(tenantId: TenantId, filter: DeviceFilter, request: PageRequest): Promise<PageResult<ListedDevice>> {
    const conditions: string[] = ['d.tenant_id = $1'];
    const params: unknown[] = [tenantId];
    const where = (sql: (n: string) => string, value: unknown): void => {
      if (value === null) return;
      params.push(value);
      conditions.push(sql(`$${params.length.toString()}`));
    };
    where((n) => `d.online = ${n}`, filter.online);
    where((n) => `d.type = ${n}`, filter.type);
    where((n) => `d.region = ${n}`, filter.region);
    where((n) => `d.protocol = ${n}`, filter.protocol);
    where((n) => `d.model = ${n}`, filter.model);
    const pattern = filter.text === null ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    where((n) => `(d.device_id ILIKE ${n} OR d.device_no ILIKE ${n} OR d.name ILIKE ${n})`, pattern);
    return this.database.transaction(forTenant(tenantId), (tx) =>
      page(tx, {
        request,
        from: 'session.devices d',
        select: `${deviceRows.select('d')}, (SELECT count(*)::int FROM session.faults f
          WHERE f.device_id = d.device_id AND f.closed_at IS NULL) AS open_faults`,
        conditions,
        params,
        sorts: SORTS,
        defaultSort: 'd.created_at',
        tieBreak: 'd.device_id',
        read: (row) => ({ ...deviceRows.fromRow(row), openFaults: Number(row.open_faults) }),
      }),
    );
  }
}
