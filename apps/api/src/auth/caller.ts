import type { ApiScope } from '@chargebus/api-contract';
import type { ClientId, DataScope, TenantId } from '@chargebus/domain';

/** Who calls: the one principal of a request. Its tenant is the only one that the request can see. */
export interface Caller {
  readonly clientId: ClientId;
  readonly tenantId: TenantId;
  readonly within: DataScope | null; // the part of the tenant that it may touch; null: all of it
  readonly scopes: ReadonlySet<ApiScope>;
  readonly rateLimitPerMin: number | null; // null: the installation's default
}
