import type { ApiScope } from '@chargebus/api-contract';
import type { ClientId, TenantId } from '@chargebus/domain';

/** Who calls: the one principal of a request. Its tenant is the only one that the request can see. */
export interface Caller {
  readonly clientId: ClientId;
  readonly tenantId: TenantId;
  readonly scopes: ReadonlySet<ApiScope>;
  readonly rateLimitPerMin: number | null; // null: the installation's default
}
