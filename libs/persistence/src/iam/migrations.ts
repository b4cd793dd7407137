import type { MigrationInterface } from 'typeorm';
import { Iam1763700000000 } from './iam.migration';

/** Schema `iam`, oldest first. */
export const iamMigrations: readonly (new () => MigrationInterface)[] = [Iam1763700000000];
