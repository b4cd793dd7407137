import type { MigrationInterface } from 'typeorm';

/** Schema `iam`, oldest first. */
export const iamMigrations: readonly (new () => MigrationInterface)[] = [];
