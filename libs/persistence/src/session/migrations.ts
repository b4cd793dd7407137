import type { MigrationInterface } from 'typeorm';

/** Schema `session`, oldest first. */
export const sessionMigrations: readonly (new () => MigrationInterface)[] = [];
