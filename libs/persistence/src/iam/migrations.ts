import type { MigrationInterface } from 'typeorm';
import { ScopeBundles1763730000400 } from './1763730000400-scope-bundles.migration';
import { Iam1763700000000 } from './iam.migration';

/** Schema `iam`, oldest first. */
export const iamMigrations: readonly (new () => MigrationInterface)[] = [Iam1763700000000, ScopeBundles1763730000400];
