import type { MigrationInterface } from 'typeorm';
import { IdempotencyKeys1763730000300 } from './1763730000300-idempotency-keys.migration';
import { ScopeBundles1763730000400 } from './1763730000400-scope-bundles.migration';
import { Iam1763700000000 } from './iam.migration';

/** Schema `iam`, oldest first. */
export const iamMigrations: readonly (new () => MigrationInterface)[] = [
  Iam1763700000000,
  IdempotencyKeys1763730000300,
  ScopeBundles1763730000400,
];
