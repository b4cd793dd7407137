import type { ApiScope } from '@chargebus/api-contract';
import type { ClientId, DataScope, TenantId } from '@chargebus/domain';

/**
 * Who calls: the one principal of a request, a machine with a key or a person with a token (decision 32). Its tenant is
 * the only one that the request can see.
 */
export interface Caller {
  readonly clientId: ClientId; // of the principal, machine or person
  readonly kind: 'key' | 'person';
  /** The person behind the call; a key that is nobody's in particular stands for itself. */
  readonly hand: ClientId;
  readonly name: string;
  readonly tenantId: TenantId;
  readonly within: DataScope | null; // the part of the tenant that it may touch; null: all of it
  readonly scopes: ReadonlySet<ApiScope>;
  readonly rateLimitPerMin: number | null; // null: the tenant's or installation's default
  readonly expiresAtMs: number; // Infinity: never
}
