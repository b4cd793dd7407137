import type { DeviceId, OrderRef, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant } from '../scope';

/** How charges are called on wires that leave that to us. */
export class ChargeNameRepository {
  constructor(private readonly database: Database) {}

  /** A number of its own for every start of every device, counted from 1; the same for the same start. */
  async numberOf(tenantId: TenantId, deviceId: DeviceId, startKey: string): Promise<number> {
    const { rows } = await this.database.query<{ number: string }>(
      forTenant(tenantId),
      `INSERT INTO session.transaction_numbers (device_id, start_key, tenant_id) VALUES ($1, $2, $3)
       ON CONFLICT (device_id, start_key) DO UPDATE SET start_key = excluded.start_key RETURNING number`,
      [deviceId, startKey, tenantId],
    );
    return Number(rows[0]?.number);
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
