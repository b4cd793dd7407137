import type { DeviceId, OrderRef, TenantId } from '@chargebus/domain';
import { Batcher } from '../batcher';
import type { Database } from '../database';
import { forTenant, forTenants } from '../scope';

interface Start {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly startKey: string;
}

const EVERY_MS = 10;

/** How charges are called on wires that leave that to us. */
export class ChargeNameRepository {
  private readonly numbers: Batcher<Start, number>;

  constructor(private readonly database: Database) {
    this.numbers = new Batcher((starts) => this.numberAll(starts), { everyMs: EVERY_MS });
  }

  /** A number of its own for every start of every device, counted from 1; the same for the same start. */
  numberOf(tenantId: TenantId, deviceId: DeviceId, startKey: string): Promise<number> {
    return this.numbers.push({ tenantId, deviceId, startKey });
  }

  private async numberAll(starts: readonly Start[]): Promise<readonly number[]> {
    const { rows } = await this.database.query<{ device_id: string; start_key: string; number: string }>(
      forTenants([...new Set(starts.map(({ tenantId }) => tenantId))]),
      `INSERT INTO session.transaction_numbers (device_id, start_key, tenant_id)
       SELECT DISTINCT device_id, start_key, tenant_id
       FROM unnest($1::text[], $2::text[], $3::uuid[]) AS s (device_id, start_key, tenant_id)
       ORDER BY device_id, start_key
       ON CONFLICT (device_id, start_key) DO UPDATE SET start_key = excluded.start_key
       RETURNING device_id, start_key, number`,
      [
        starts.map(({ deviceId }) => deviceId),
        starts.map(({ startKey }) => startKey),
        starts.map(({ tenantId }) => tenantId),
      ],
      'transaction-numbers',
    );
    const numbers = new Map(rows.map((row) => [keyOf(row.device_id, row.start_key), Number(row.number)]));
    return starts.map(({ deviceId, startKey }) => numbers.get(keyOf(deviceId, startKey)) ?? Number.NaN);
  }

  /** References of the orders of a device whose charges are not over. */
  async openOrders(tenantId: TenantId, deviceId: DeviceId): Promise<readonly OrderRef[]> {
    const { rows } = await this.database.query<{ order_ref: OrderRef }>(
      forTenant(tenantId),
      `SELECT order_ref FROM session.charging_sessions
       WHERE device_id = $1 AND status NOT IN ('settled', 'failed') AND order_ref IS NOT NULL`,
      [deviceId],
    );
    return rows.map((row) => row.order_ref);
  }
}

const keyOf = (deviceId: string, startKey: string): string => JSON.stringify([deviceId, startKey]);
