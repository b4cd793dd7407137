import { TenantContextMissing } from '@chargebus/errors';
import type { TenantId } from '@chargebus/domain';

/**
 * For whom a statement runs. Every query names it; there is no default. `system` is for work that belongs to no tenant
 * (sweepers, relays, routing a device to its tenant) and is written out at each place that uses it.
 */
export type Scope = { readonly tenants: readonly TenantId[] } | { readonly system: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const forTenant = (tenantId: TenantId): Scope => ({ tenants: [tenantId] });
export const forTenants = (tenantIds: readonly TenantId[]): Scope => ({ tenants: tenantIds });
/** `reason` is for the reader of the code. */
export const asSystem = (reason: string): Scope => ({ system: reason });

/** The value of the transaction's setting `tenancy.scope`. Throws TENANT_CONTEXT_MISSING for an empty scope (U02). */
export function scopeSetting(scope: Scope): string {
  if ('system' in scope) return '*';
  if (scope.tenants.length === 0 || !scope.tenants.every((id) => UUID.test(id))) throw new TenantContextMissing();
  return scope.tenants.join(',');
}
