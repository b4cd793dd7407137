import type { TenantId } from '@chargebus/domain';
import { isTransient } from '@chargebus/messaging';
import { forTenants } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { DeliveryQueueRepository } from '@chargebus/persistence/webhook';

const RETRY_MS = 100;

/**
 * Cancels all that waits for these endpoints, in bounded steps, since a dead endpoint may have gathered very much. Steps
 * that meet results being written may be told to try again (deadlock); what a crash leaves over does no harm, since
 * nothing is sent to a disabled endpoint.
 */
export async function cancelAllWaiting(
  database: Database,
  queue: DeliveryQueueRepository,
  endpoints: readonly { readonly endpointId: string; readonly tenantId: TenantId }[],
): Promise<number> {
  const tenants = forTenants([...new Set(endpoints.map(({ tenantId }) => tenantId))]);
  const ids = endpoints.map(({ endpointId }) => endpointId);
  for (let total = 0; ;) {
    try {
      const cancelled = await database.transaction(tenants, (tx) => queue.cancelWaiting(tx, ids));
      if (cancelled === 0) return total;
      total += cancelled;
    } catch (error) {
      if (!isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
