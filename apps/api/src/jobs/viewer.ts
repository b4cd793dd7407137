import type { ClientId, TenantId } from '@chargebus/domain';
import type { Caller } from '../auth/caller';

/** Whoever reaches a part of the devices sees the jobs of its own; null: all of the tenant's. */
export const viewerOf = ({
  tenantId,
  clientId,
  within,
}: Caller): { readonly tenantId: TenantId; readonly ownedBy: ClientId | null } => ({
  tenantId,
  ownedBy: within === null ? null : clientId,
});
