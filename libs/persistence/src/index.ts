export { Batcher } from './batcher';
export { APP_ROLE, Database } from './database';
export type { DatabaseOptions, Rows, Transaction } from './database';
export { keepDays, partitionByDay } from './daily-partitions';
export { migrate } from './migrate';
export { createOutbox, Outbox } from './outbox';
export { asSystem, forTenant, forTenants } from './scope';
export type { Scope } from './scope';
export { createAppSchema, isolateTenants } from './tenancy.migration';
