export { iamMigrations } from './migrations';
export { TenantRepository } from './tenant.repository';
export type { Tenant } from './tenant.repository';
export { ClientRepository } from './client.repository';
export type { Client, ClientChanges, ClientCredentials, NewClient } from './client.repository';
export { IdempotencyRepository } from './idempotency.repository';
export type { IdempotencyClaim, IdempotencyRef } from './idempotency.repository';
export { RequestLogRepository } from './request-log.repository';
export type { RequestLogRow } from './request-log.repository';
