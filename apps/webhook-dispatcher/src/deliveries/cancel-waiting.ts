import type { TenantId } from '@chargebus/domain';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { DeliveryQueueRepository } from '@chargebus/persistence/webhook';

/**
 * Cancels all that waits for these endpoints, in bounded steps, since a dead endpoint may have gathered very much. What a
 * crash leaves over does no harm: nothing is sent to a disabled endpoint.
 */
export async function cancelAllWaiting(
  database: Database,
  queue: DeliveryQueueRepository,
  endpoints: readonly { readonly endpointId: string; readonly tenantId: TenantId }[],
): Promise<number> {
  const tenants = forTenants([...new Set(endpoints.map(({ tenantId }) => tenantId))]);
  const ids = endpoints.map(({ endpointId }) => endpointId);
  for (let total = 0; ;) {
    const cancelled = await database.transaction(tenants, (tx) => queue.cancelWaiting(tx, ids));
    if (cancelled === 0) return total;
    total += cancelled;
  }
}
