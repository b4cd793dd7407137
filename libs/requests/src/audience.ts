import { DataScope, TenantId } from '@chargebus/domain';
import { z } from 'zod';

/**
 * For whom something is asked, and which part of the tenant that principal may touch. A request that names a device or
 * lists devices begins with `...audience`; `api` fills it with `audienceOf(caller)`, and the app that owns the rows
 * enforces it in its statement, where a device outside of it is as unknown as another tenant's. `within` absent or null:
 * the whole tenant, which is right for work that no principal asked for (sweepers, jobs that were checked when they were
 * accepted).
 */
export const audience = { tenantId: TenantId, within: DataScope.nullish() };
export const Audience = z.object(audience);
export type Audience = z.infer<typeof Audience>;
